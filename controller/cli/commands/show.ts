import { CallsheetError } from '../../diagnostics/errors.ts';
import type { Plan } from '../../plan/plan.ts';
import type { Workspace } from '../../workspace.ts';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { withWorkspaceInForce } from '../open.ts';
import { readPlanFile } from '../plan-file.ts';
import { markdownOptions, showPlan } from '../plan-output.ts';
import { htmlOption, type ReportOptions, writeReports } from '../plan-reports.ts';

interface ShowOptions extends ReportOptions {
  readonly check?: boolean;
}

export const showCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('show <plan>')
    .helpGroup(GROUPS.look)
    .summary('a plan that was made before')
    .description(
      'PLAN is a plan file, the id of a plan, or "latest". Says too what has become of it: approved, used up, superseded, out of date.',
    )
    .option('--markdown [file]', 'as Markdown, for a comment on a pull request')
    .addOption(htmlOption())
    .option('--check', 'look at the actors: which are no longer what the plan saw')
    .action(bind(show));
  withExamples(command, {
    'callsheet show latest': 'the newest plan',
    'callsheet show plan.json': 'a plan file',
    'callsheet show latest --markdown': 'for a comment on a pull request',
    'callsheet show latest --html report.html': 'with pictures of what will be deleted',
  });
};

async function show(call: Call<ShowOptions>): Promise<undefined> {
  const { args, terminal } = call;
  const name = args[0]!;
  const file = await readPlanFile(terminal.cwd, name);
  if (file === undefined)
    await withWorkspaceInForce(call, 'show', (workspace) => showKept(call, workspace, name));
  else await showFile(call, file);
  return undefined;
}

async function showKept(call: Call<ShowOptions>, workspace: Workspace, id: string): Promise<void> {
  const { loadPlan } = await import('../../usecases/plan-files.ts');
  await showIn(call, workspace, await loadPlan(workspace, id, call.terminal.signal));
}

/** A plan file can be looked at anywhere; what has become of it is only known where its library is. */
async function showFile(call: Call<ShowOptions>, plan: Plan): Promise<void> {
  const quiet = { ...call, output: { ...call.output, note() {}, event() {} } };
  let opened = false;
  try {
    await withWorkspaceInForce(quiet, 'show', async (workspace) => {
      opened = true;
      await showIn(call, workspace, plan);
    });
  } catch (error) {
    if (opened || !(error instanceof CallsheetError)) throw error;
    await showIn(call, undefined, plan);
  }
}

async function showIn(call: Call<ShowOptions>, workspace: Workspace | undefined, plan: Plan): Promise<void> {
  const { output, options } = call;
  const standing = workspace === undefined ? undefined : await standingOf(call, workspace, plan);
  if (options.markdown === true) {
    const { renderPlanMarkdown } = await import('../../views/plan-markdown.ts');
    output.result({ type: 'plan', plan }, () => renderPlanMarkdown(plan, markdownOptions(plan)));
  } else {
    await showPlan(call, plan, undefined);
    const { renderStanding } = await import('../../views/plan-standing-view.ts');
    const said = standing === undefined ? '' : renderStanding(standing);
    if (standing !== undefined) output.event({ type: 'plan-standing', plan: plan.id, standing });
    if (said !== '') output.text(`\n${said}`);
  }
  await writeReports(call, workspace, plan);
}

async function standingOf({ options, terminal }: Call<ShowOptions>, workspace: Workspace, plan: Plan) {
  const { planStanding, staleActors } = await import('../../usecases/plan-standing.ts');
  const standing = await planStanding(workspace, plan, terminal.signal);
  if (options.check !== true || standing.used !== undefined) return standing;
  return { ...standing, stale: await staleActors(workspace, plan, terminal.signal) };
}
