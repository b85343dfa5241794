import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { withWorkspace } from '../open.ts';
import { readPlanFile } from '../plan-file.ts';
import { markdownOptions, showPlan } from '../plan-output.ts';

export const showCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('show <plan>')
    .helpGroup(GROUPS.look)
    .summary('a plan that was made before')
    .description('PLAN is a plan file, the id of a plan, or "latest".')
    .option('--markdown', 'as Markdown, for a comment on a pull request')
    .action(bind(show));
  withExamples(command, {
    'callsheet show latest': 'the newest plan',
    'callsheet show plan.json': 'a plan file',
    'callsheet show latest --markdown': 'for a comment on a pull request',
  });
};

async function show(call: Call<{ readonly markdown?: boolean }>): Promise<undefined> {
  const { args, output, options, terminal } = call;
  const name = args[0]!;
  const plan = (await readPlanFile(terminal.cwd, name)) ?? (await loadKept(call, name));
  if (options.markdown !== true) return await showPlan(call, plan, undefined).then(() => undefined);
  const { renderPlanMarkdown } = await import('../../views/plan-markdown.ts');
  output.result({ type: 'plan', plan }, () => renderPlanMarkdown(plan, markdownOptions(plan)));
  return undefined;
}

async function loadKept<Options>(call: Call<Options>, id: string) {
  return await withWorkspace(call, 'show', async (workspace) => {
    const { loadPlan } = await import('../../usecases/plan-files.ts');
    return await loadPlan(workspace, id, call.terminal.signal);
  });
}
