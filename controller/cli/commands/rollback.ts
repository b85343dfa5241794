import { hasChanges } from '../../plan/plan.ts';
import { escapeBlock } from '../../views/escape.ts';
import { applyAndShow, approved } from '../applying.ts';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { withWorkspace } from '../open.ts';
import { savePlan, showPlan } from '../plan-output.ts';

interface RollbackOptions {
  readonly autoApprove?: boolean;
}

export const rollbackCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('rollback <run>')
    .helpGroup(GROUPS.change)
    .summary('undo a run')
    .description(
      'Makes the plan that undoes RUN, shows it, asks, and applies it: deleted images come back from the trash, generated ones go there. ' +
        'A rollback is a run like any other and can be undone too.',
    )
    .option('--auto-approve', 'do not ask')
    .action(bind(rollback));
  withExamples(command, {
    'callsheet rollback run-20261122T184510Z-4f2a9c': 'undo a run that "callsheet history" lists',
  });
};

async function rollback(call: Call<RollbackOptions>): Promise<number> {
  const { args, output, terminal } = call;
  const run = args[0]!;
  return await withWorkspace(call, 'rollback', async (workspace) => {
    const { planRunRollback } = await import('../../usecases/plan-rollback.ts');
    const { requireUsableState } = await import('../../usecases/require-usable.ts');
    await requireUsableState(workspace, terminal.signal);
    const plan = await planRunRollback(workspace, run, terminal.signal);
    if (!hasChanges(plan)) {
      const why = [...new Set(plan.actors.flatMap(({ notes }) => notes.map(({ message }) => message)))];
      const lines = [`Nothing of run ${run} is left to undo.`, ...why.map((message) => `  ${message}`)];
      output.result({ type: 'plan', plan }, () => escapeBlock(lines.join('\n')));
      return EXIT.ok;
    }
    const place = await savePlan(call, workspace, plan, undefined);
    await showPlan(call, plan, place);
    if (!(await approved(call, plan))) return EXIT.error;
    return await applyAndShow(call, workspace, plan, { kind: 'rollback', undoes: run });
  });
}
