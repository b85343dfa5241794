import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { withWorkspaceInForce } from '../open.ts';
import { readPlanFile } from '../plan-file.ts';
import { savePlan } from '../plan-output.ts';
import { collect } from '../settings.ts';

interface ApproveOptions {
  readonly guard?: readonly string[];
  readonly reason?: string;
  readonly by?: string;
}

export const approveCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('approve <plan>')
    .helpGroup(GROUPS.change)
    .summary('let a plan be applied')
    .description(
      'PLAN is a plan file, the id of a plan, or "latest". Records who approves exactly this plan; where spec.apply is manual, the controller waits for it. ' +
        'With --guard, a guard that denies the plan is lifted for it. Applies nothing.',
    )
    .option('--guard <name>', 'lift this guard for this plan (repeatable)', collect)
    .option('--reason <text>', 'why; needed with --guard')
    .option('--by <name>', 'the person behind it, when a pipeline runs this')
    .action(bind(approve));
  withExamples(command, {
    'callsheet approve latest': 'what the newest plan says may be done',
    'callsheet approve plan.json --guard max-deletes --reason "retired the 2024 set"':
      'although it deletes more than allowed',
  });
};

async function approve(call: Call<ApproveOptions>): Promise<undefined> {
  const { args, options, output, terminal, palette } = call;
  const name = args[0]!;
  const file = await readPlanFile(terminal.cwd, name);
  const { wakeController } = await import('../api-client.ts');
  await withWorkspaceInForce(call, 'approve', async (workspace) => {
    const { loadPlan } = await import('../../usecases/plan-files.ts');
    const { approvePlan } = await import('../../usecases/approve-plan.ts');
    const plan = file ?? (await loadPlan(workspace, name, terminal.signal));
    const { guard: guards = [], reason, by } = options;
    const request = {
      guards,
      ...(reason === undefined ? {} : { reason }),
      ...(by === undefined ? {} : { by }),
    };
    const run = await approvePlan(workspace, plan, request, terminal.signal);
    // An apply and the controller look it up by its id, wherever the file came from.
    if (file !== undefined) await savePlan(call, workspace, plan, undefined);
    await wakeController(workspace, terminal.env, terminal.signal);
    const still = plan.guards.filter(({ name, result }) => result === 'deny' && !guards.includes(name));
    output.result({ type: 'approval', plan: plan.id, run }, () => {
      const rest =
        still.length === 0 ? '' : `\nStill denied by: ${still.map(({ name }) => name).join(', ')}.`;
      return `${palette.green('Approved')} plan ${plan.id}.${rest}`;
    });
  });
  return undefined;
}
