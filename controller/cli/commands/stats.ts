import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { withWorkspace } from '../open.ts';
import { selectionOf, withSelection } from '../selection.ts';
import type { SelectionOptions } from '../settings.ts';

export const statsCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('stats')
    .helpGroup(GROUPS.look)
    .summary('figures over all actors')
    .description(
      'Totals, average, actors at, under and over target, a histogram, and the mix by actor type. Costs nothing, writes nothing.',
    )
    .action(bind(stats));
  withExamples(withSelection(command), {
    'callsheet stats': 'the whole library',
    'callsheet stats --type lead': 'actors of one type',
    'callsheet stats --json': 'for machines',
  });
};

async function stats(call: Call<SelectionOptions>): Promise<undefined> {
  const { options, output, palette, width, terminal } = call;
  const figures = await withWorkspace(call, 'stats', async (workspace) => {
    const { collectStats } = await import('../../usecases/collect-stats.ts');
    return await collectStats(workspace, selectionOf(options), terminal.signal);
  });
  const { renderStats } = await import('../../views/stats-view.ts');
  output.result({ type: 'stats', stats: figures }, () => renderStats(figures, { palette, width }));
  return undefined;
}
