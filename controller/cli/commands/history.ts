import { InvalidArgumentError } from 'commander';
import { type Call, type CommandDeclaration, GROUPS, withExamples } from '../command.ts';
import { withWorkspaceInForce } from '../open.ts';
import { collect, wholeNumber } from '../settings.ts';

interface HistoryOptions {
  readonly actor?: readonly string[];
  readonly limit: number;
  readonly cost?: boolean;
  readonly from?: string;
  readonly to?: string;
}

export const historyCommand: CommandDeclaration = (program, bind) => {
  const command = program
    .command('history [run]')
    .helpGroup(GROUPS.look)
    .summary('what was done, by whom, at what cost')
    .description(
      'Past runs, the newest first; with RUN, everything about one. --cost adds up what was spent.',
    )
    .option('-a, --actor <id>', 'only runs that touched this actor (repeatable)', collect)
    .option('--limit <number>', 'at most so many runs', wholeNumber(1), 20)
    .option('--cost', 'what was spent, by day, actor type and model')
    .option('--from <day>', 'with --cost: from this day on (UTC), such as 2026-11-01', day)
    .option('--to <day>', 'with --cost: up to and including this day (UTC)', day)
    .action(bind(history));
  withExamples(command, {
    'callsheet history': 'the last 20 runs',
    'callsheet history --actor 0042': 'the runs that touched one actor',
    'callsheet history --cost --from 2026-11-01': 'what was spent since then',
  });
};

async function history(call: Call<HistoryOptions>): Promise<undefined> {
  const { args, options, output, palette, width, terminal } = call;
  const run = args[0];
  const view = { palette, width, verbose: options.verbose === true };
  await withWorkspaceInForce(call, 'history', async (workspace) => {
    const { readHistory, readRun, sumCosts } = await import('../../usecases/read-history.ts');
    const { renderCosts, renderHistory } = await import('../../views/history-view.ts');
    const { renderRun } = await import('../../views/run-view.ts');
    if (options.cost === true) {
      const { from, to } = options;
      const range = {
        ...(from === undefined ? {} : { fromDay: from }),
        ...(to === undefined ? {} : { toDay: to }),
      };
      const costs = await sumCosts(workspace, range, terminal.signal);
      output.result({ type: 'cost', ...costs }, () => renderCosts(costs, view));
    } else if (run === undefined) {
      const request = {
        limit: options.limit,
        ...(options.actor === undefined ? {} : { actors: options.actor }),
      };
      const runs = await readHistory(workspace, request, terminal.signal);
      output.result({ type: 'history', runs }, () => renderHistory(runs, view));
    } else {
      const record = await readRun(workspace, run, terminal.signal);
      output.result({ type: 'run', run: record }, () => renderRun(record, view));
    }
  });
  return undefined;
}

function day(value: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || Number.isNaN(Date.parse(value))) {
    throw new InvalidArgumentError('It must be a day such as 2026-11-22.');
  }
  return value;
}
