import { InvalidArgumentError, Option } from 'commander';
import type { Plan } from '../../plan/plan.ts';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { withWorkspace } from '../open.ts';
import { nextStep, savePlan, showPlan } from '../plan-output.ts';
import { selectionOf, withSelection } from '../selection.ts';
import type { SelectionOptions } from '../settings.ts';

interface PlanOptions extends SelectionOptions {
  readonly out?: string;
  readonly detailedExitcode?: boolean;
  readonly refresh: boolean;
}

export const planCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('plan')
    .helpGroup(GROUPS.look)
    .summary('what would be done, why, and what it would cost')
    .description(
      'Looks at the actors, evaluates images that are new, and writes a plan file. Changes nothing but state.',
    )
    .option('-o, --out <file>', 'write the plan file here as well')
    .option('--detailed-exitcode', 'exit with 2 when there is something to do')
    .addOption(refreshOption())
    .action(bind(plan));
  withExamples(withSelection(command), {
    'callsheet plan': 'every actor',
    'callsheet plan --random': 'one actor, to get a feeling for it',
    'callsheet plan --actor 0000': 'one actor',
    'callsheet plan --detailed-exitcode --out plan.json': 'for a pipeline',
    'callsheet plan --refresh=false': 'no paid call: what nobody has evaluated stays unknown',
  });
};

/** `--refresh=false`, as Terraform writes it. */
function refreshOption(): Option {
  const option = new Option(
    '--refresh <boolean>',
    'false: make no paid call and read no image; what is not known stays unknown',
  );
  return option.default(true).argParser((value) => {
    if (value !== 'true' && value !== 'false') throw new InvalidArgumentError('It must be true or false.');
    return value === 'true';
  });
}

async function plan(call: Call<PlanOptions>): Promise<number> {
  const { options, output, terminal } = call;
  return await withWorkspace(call, 'plan', async (workspace) => {
    const { planLibrary } = await import('../../usecases/plan-library.ts');
    const made: Plan = await planLibrary(
      workspace,
      { ...selectionOf(options), refresh: options.refresh },
      terminal.signal,
    );
    const place = await savePlan(call, workspace, made, options.out);
    await showPlan(call, made, place);
    output.note(nextStep(call, made, place, options.out));
    const { planExitCode } = await import('../../views/plan-outcome.ts');
    return planExitCode(made, { detailed: options.detailedExitcode === true });
  });
}
