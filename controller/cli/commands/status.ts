import type { ActorSelection } from '../../usecases/select-actors.ts';
import type { Workspace } from '../../workspace.ts';
import type { AskedStatus } from '../ask-status.ts';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { withWorkspaceInForce } from '../open.ts';
import { selectionOf, withSelection } from '../selection.ts';
import type { SelectionOptions } from '../settings.ts';

export const statusCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('status [actor]')
    .helpGroup(GROUPS.look)
    .summary('which actors are as they should be')
    .description(
      'Conditions of the library, once a controller has run, and of every actor; with ACTOR, all of its conditions and its last ten runs. Costs nothing, writes nothing.',
    )
    .action(bind(status));
  withExamples(withSelection(command), {
    'callsheet status': 'every actor, one a line',
    'callsheet status 0042': 'one actor: conditions and its last ten runs',
  });
};

async function status(call: Call<SelectionOptions>): Promise<undefined> {
  const { args, options, output, palette, width, terminal } = call;
  const actor = args[0];
  const { renderStatus, renderStory } = await import('../../views/status-view.ts');
  const { renderLibraryStatus } = await import('../../views/library-status-view.ts');
  const view = { palette, width };
  await withWorkspaceInForce(call, 'status', async (workspace) => {
    const { askStatus } = await import('../ask-status.ts');
    const selection = selectionOf(options);
    const asked = await askStatus(workspace, terminal.env, actor, selection, terminal.signal);
    const told = asked ?? (await readAsLeft(workspace, actor, selection, terminal.signal));
    const { runs, actors, library } = told;
    output.result({ type: 'status', ...told }, () => {
      if (runs !== undefined) return renderStory({ status: actors[0]!, runs }, view);
      const standing = asked === undefined;
      const head = library === undefined ? '' : `${renderLibraryStatus(library, { ...view, standing })}\n`;
      return `${head}${renderStatus(actors, view)}`;
    });
  });
  return undefined;
}

/** What is known where no controller runs. */
async function readAsLeft(
  workspace: Workspace,
  actor: string | undefined,
  selection: ActorSelection,
  signal: AbortSignal | undefined,
): Promise<Omit<AskedStatus, 'controller'>> {
  const { readLibraryStatus, readStatus, tellStatus } = await import('../../usecases/read-status.ts');
  const stored = await readLibraryStatus(workspace, signal);
  const library = stored === undefined ? {} : { library: stored };
  if (actor === undefined) return { ...library, actors: await readStatus(workspace, selection, signal) };
  const { status: found, runs } = await tellStatus(workspace, actor, signal);
  return { ...library, actors: [found], runs };
}
