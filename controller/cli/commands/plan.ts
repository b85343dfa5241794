import { InvalidArgumentError, Option } from 'commander';
import { CallsheetError, isCallsheetError } from '../../diagnostics/errors.ts';
import type { Plan } from '../../plan/plan.ts';
import type { ResolvedSpecs } from '../../spec/resolved-specs.ts';
import type { Workspace } from '../../workspace.ts';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { specsOf, withWorkspace } from '../open.ts';
import { nextStep, savePlan, showPlan } from '../plan-output.ts';
import { type ReportOptions, withReports, writeReports } from '../plan-reports.ts';
import { selectionOf, withSelection } from '../selection.ts';
import type { SelectionOptions } from '../settings.ts';

interface PlanOptions extends SelectionOptions, ReportOptions {
  readonly out?: string;
  readonly detailedExitcode?: boolean;
  readonly refresh: boolean;
  readonly base?: string;
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
    .option(
      '--base <ref|git-url>',
      'tell what this change of the specs does from what was out of balance before it',
    )
    .addOption(refreshOption())
    .action(bind(plan));
  withExamples(withSelection(withReports(command)), {
    'callsheet plan': 'every actor',
    'callsheet plan --random': 'one actor, to get a feeling for it',
    'callsheet plan --actor 0000': 'one actor',
    'callsheet plan --detailed-exitcode --out plan.json': 'for a pipeline',
    'callsheet plan --base origin/main --html report.html': 'what this branch changes, with pictures',
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
    if (options.refresh) await requireState(workspace, terminal.signal);
    const made: Plan = await planLibrary(
      workspace,
      { ...selectionOf(options), refresh: options.refresh, ...(await baseOf(call, workspace)) },
      terminal.signal,
    );
    // Without a refresh nothing is written but what was asked for, so that read-only credentials do.
    const place = options.refresh
      ? await savePlan(call, workspace, made, options.out)
      : await saveFile(call, made, options.out);
    await showPlan(call, made, place);
    if (place !== undefined) output.note(nextStep(call, made, place, options.out));
    await writeReports(call, workspace, made);
    const { planExitCode } = await import('../../views/plan-outcome.ts');
    return planExitCode(made, { detailed: options.detailedExitcode === true });
  });
}

async function requireState(workspace: Workspace, signal: AbortSignal): Promise<void> {
  const { requireUsableState } = await import('../../usecases/require-usable.ts');
  try {
    await requireUsableState(workspace, signal);
  } catch (error) {
    if (!isCallsheetError(error)) throw error;
    const hint = `${error.hint} "callsheet plan --refresh=false" writes nothing.`;
    throw new CallsheetError(error.code, error.message, { hint, cause: error });
  }
}

async function saveFile(
  { terminal }: Call<PlanOptions>,
  plan: Plan,
  out: string | undefined,
): Promise<string | undefined> {
  if (out === undefined) return undefined;
  const { writePlanFile } = await import('../plan-file.ts');
  return await writePlanFile(terminal.cwd, out, plan);
}

/** The specs to compare with. Where they cannot be used there is nothing to compare with, which is said, and no reason not to plan. */
async function baseOf(
  call: Call<PlanOptions>,
  { layout }: Workspace,
): Promise<{ base?: { specs: ResolvedSpecs; revision: string } }> {
  const { options, output, terminal } = call;
  if (options.base === undefined) return {};
  const { openBaseSource } = await import('../../wire-specs.ts');
  const { loadSpecs } = await import('../../spec/load-specs.ts');
  const { cwd, env, clock, signal } = terminal;
  const source = await openBaseSource(specsOf(options, terminal), options.base, {
    root: layout.root,
    cwd,
    env,
  });
  const { snapshot, specs } = await loadSpecs(source, { nowMs: clock.now() }, signal);
  const revision = snapshot.revision.id;
  if (specs !== undefined) return { base: { specs, revision } };
  output.note(`The specs at ${revision} cannot be used: nothing is told apart from drift.`, true);
  return {};
}
