import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { withWorkspace } from '../open.ts';
import { selectionOf, withSelection } from '../selection.ts';
import type { SelectionOptions } from '../settings.ts';

export const statusCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('status [actor]')
    .helpGroup(GROUPS.look)
    .summary('which actors are as they should be')
    .description(
      'Conditions of every actor; with ACTOR, all of its conditions and its last ten runs. Costs nothing, writes nothing.',
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
  const view = await import('../../views/status-view.ts');
  await withWorkspace(call, 'status', async (workspace) => {
    const { askStatus } = await import('../ask-status.ts');
    const asked = await askStatus(workspace, terminal.env, actor, selectionOf(options), terminal.signal);
    if (asked !== undefined) {
      const { controller, actors, runs, library } = asked;
      output.result(
        { type: 'status', controller, library, actors, ...(runs === undefined ? {} : { runs }) },
        () =>
          runs === undefined
            ? view.renderStatus(actors, { palette, width })
            : view.renderStory({ status: actors[0]!, runs }, { palette, width }),
      );
      return;
    }
    const { readStatus, tellStatus } = await import('../../usecases/read-status.ts');
    if (actor === undefined) {
      const actors = await readStatus(workspace, selectionOf(options), terminal.signal);
      output.result({ type: 'status', actors }, () => view.renderStatus(actors, { palette, width }));
    } else {
      const story = await tellStatus(workspace, actor, terminal.signal);
      output.result({ type: 'status', actors: [story.status], runs: story.runs }, () =>
        view.renderStory(story, { palette, width }),
      );
    }
  });
  return undefined;
}
