import { InvalidArgumentError } from 'commander';
import { CallsheetError } from '../../diagnostics/errors.ts';
import { hasChanges, type Plan } from '../../plan/plan.ts';
import { parseDuration } from '../../spec/duration.ts';
import { planExitCode } from '../../views/plan-outcome.ts';
import type { Workspace } from '../../workspace.ts';
import { applyAndShow, approved } from '../applying.ts';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { withWorkspace } from '../open.ts';
import { readPlanFile } from '../plan-file.ts';
import { savePlan, showPlan } from '../plan-output.ts';
import { selectionOf, withSelection } from '../selection.ts';
import type { SelectionOptions } from '../settings.ts';

interface ApplyCommandOptions extends SelectionOptions {
  readonly autoApprove?: boolean;
  /** Milliseconds. */
  readonly lockTimeout: number;
}

export const applyCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('apply [plan]')
    .helpGroup(GROUPS.change)
    .summary('do what a plan says')
    .description(
      'With PLAN (a file, an id, or "latest"): applies exactly that plan, but for actors that have changed since. Without: makes a plan, shows it, and asks. ' +
        'Missing images are made before excess ones are deleted, and what is deleted waits in the trash.',
    )
    .option('--auto-approve', 'do not ask')
    .option(
      '--lock-timeout <duration>',
      'how long to wait for another apply to end, such as 10m',
      duration,
      0,
    )
    .action(bind(apply));
  withExamples(withSelection(command), {
    'callsheet apply': 'plan every actor, show the plan, ask, apply',
    'callsheet apply --actor 0000': 'one actor',
    'callsheet apply plan.json': 'a plan that was reviewed',
    'callsheet apply --auto-approve --lock-timeout 10m': 'in a pipeline',
  });
};

async function apply(call: Call<ApplyCommandOptions>): Promise<number> {
  const { args, terminal } = call;
  const name = args[0];
  if (name !== undefined) refuseSelection(call.options);
  const file = name === undefined ? undefined : await readPlanFile(terminal.cwd, name);
  return await withWorkspace(call, 'apply', async (workspace) => {
    const { requireUsableState } = await import('../../usecases/require-usable.ts');
    await requireUsableState(workspace, terminal.signal);
    return name === undefined
      ? await planAndApply(call, workspace)
      : await applyGiven(call, workspace, name, file);
  });
}

/** A plan says itself which actors it is about. */
function refuseSelection({ actor, type, random }: SelectionOptions): void {
  if (actor === undefined && type === undefined && random === undefined) return;
  throw new CallsheetError(
    'invalid-input',
    'a plan is applied whole: --actor, --type and --random do not go with it',
    {
      hint: 'Make a plan for these actors: callsheet plan --actor ID --out FILE.',
    },
  );
}

async function applyGiven(
  call: Call<ApplyCommandOptions>,
  workspace: Workspace,
  name: string,
  file: Plan | undefined,
): Promise<number> {
  const { loadPlan } = await import('../../usecases/plan-files.ts');
  const plan = file ?? (await loadPlan(workspace, name, call.terminal.signal));
  // A rollback looks it up later, wherever the file came from.
  if (file !== undefined) await savePlan(call, workspace, plan, undefined);
  if (!hasChanges(plan)) {
    await showPlan(call, plan, undefined);
    return planExitCode(plan, { detailed: false });
  }
  return await applyAndShow(call, workspace, plan, { lockTimeoutMs: call.options.lockTimeout });
}

async function planAndApply(call: Call<ApplyCommandOptions>, workspace: Workspace): Promise<number> {
  const { underRun } = await import('../../usecases/run-log.ts');
  return await underRun(workspace, () => planThenApply(call, workspace));
}

async function planThenApply(call: Call<ApplyCommandOptions>, workspace: Workspace): Promise<number> {
  const { options } = call;
  const plan = await settledPlan(call, workspace);
  const place = await savePlan(call, workspace, plan, undefined);
  await showPlan(call, plan, place);
  if (!hasChanges(plan)) return planExitCode(plan, { detailed: false });
  const { refuseDenied } = await import('../../usecases/apply-plan.ts');
  // Before anybody is asked: there is no point in saying yes to a plan that will be refused.
  refuseDenied(plan, []);
  if (!(await approved(call, plan))) return EXIT.error;
  const code = await applyAndShow(call, workspace, plan, { lockTimeoutMs: options.lockTimeout });
  return code === EXIT.ok ? planExitCode(plan, { detailed: false }) : code;
}

/** Plans; where runs were cut off, settles them first and plans those actors as they are then. */
async function settledPlan(
  { options, terminal: { signal } }: Call<ApplyCommandOptions>,
  workspace: Workspace,
): Promise<Plan> {
  const { planLibrary } = await import('../../usecases/plan-library.ts');
  const request = { ...selectionOf(options), refresh: true };
  const plan = await planLibrary(workspace, request, signal);
  const open = plan.actors
    .filter(({ notes }) => notes.some(({ code }) => code === 'run-open'))
    .map(({ actor }) => actor);
  if (open.length === 0) return plan;
  const { recoverActors } = await import('../../usecases/apply-plan.ts');
  const settled = await recoverActors(workspace, open, signal);
  if (settled.length === 0) return plan;
  // The same actors again: with --random, another call would pick another one.
  const { actors: _actors, random: _random, ...rest } = request;
  const named =
    options.random === true || options.actor !== undefined
      ? { actors: plan.actors.map(({ actor }) => actor) }
      : {};
  return await planLibrary(workspace, { ...rest, ...named }, signal);
}

function duration(value: string): number {
  const ms = parseDuration(value);
  if (ms === undefined) throw new InvalidArgumentError('It must be a duration such as 30s or 10m.');
  return ms;
}
