import { CallsheetError } from '../diagnostics/errors.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { Ledger, CostLine as LedgerLine } from '../state-backend/ledger.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import type { CostLine, CostSums } from '../views/history-view.ts';
import { runPath } from './run-log.ts';

export interface HistoryRequest {
  /** Only runs that touched one of these actors. */
  readonly actors?: readonly string[];
  /** At most so many, the newest first. */
  readonly limit: number;
}

/** Records that are read at the same time. */
const READS_AT_ONCE = 32;

/** Past runs, the newest first. Reads little more of them than it has to. */
export async function readHistory(
  { state }: { state: StateBackend },
  request: HistoryRequest,
  signal?: AbortSignal,
): Promise<RunRecord[]> {
  const wanted = new Set(request.actors);
  const runs: RunRecord[] = [];
  const paths = (await runPaths(state, signal)).reverse();
  const step = wanted.size === 0 ? Math.min(READS_AT_ONCE, request.limit) : READS_AT_ONCE;
  for (let from = 0; from < paths.length && runs.length < request.limit; from += step) {
    const some = paths.slice(from, from + step);
    const stored = await Promise.all(some.map((path) => state.read<RunRecord>(path, signal)));
    const found = stored.flatMap((document) => document?.value ?? []);
    runs.push(
      ...found.filter(({ actors }) => wanted.size === 0 || actors.some(({ actor }) => wanted.has(actor))),
    );
  }
  return runs.slice(0, request.limit);
}

/** @throws CallsheetError `not-found`, with the nearest id. */
export async function readRun(
  { state }: { state: StateBackend },
  id: string,
  signal?: AbortSignal,
): Promise<RunRecord> {
  const ids = (await runPaths(state, signal)).map((path) => path.slice('runs/'.length, -'.json'.length));
  const stored = ids.includes(id) ? await state.read<RunRecord>(runPath(id), signal) : undefined;
  if (stored !== undefined) return stored.value;
  const near = suggest(id, ids);
  throw new CallsheetError('not-found', `there is no run "${id}"`, {
    hint: near === undefined ? 'See "callsheet history" for the runs there are.' : `Did you mean "${near}"?`,
  });
}

/** Run ids begin with their time, so that the order of names is the order of time. */
async function runPaths(state: StateBackend, signal?: AbortSignal): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of state.list('runs/', signal)) if (path.endsWith('.json')) paths.push(path);
  return paths.sort();
}

/**
 * What was spent, by day, actor type and model: settled calls of the ledger.
 *
 * @param range days in UTC, `2026-11-22`, inclusive.
 */
export async function sumCosts(
  { ledger }: { ledger: Pick<Ledger, 'costs'> },
  range: { readonly fromDay?: string; readonly toDay?: string },
  signal?: AbortSignal,
): Promise<CostSums> {
  const lines = await ledger.costs(range, signal);
  return {
    totalUsd: lines.reduce((sum, { usd }) => sum + usd, 0),
    openUsd: lines.reduce((sum, { openUsd }) => sum + openUsd, 0),
    byDay: sumBy(lines, ({ day }) => day),
    byType: sumBy(lines, ({ actorType }) => actorType),
    byModel: sumBy(lines, ({ model }) => model),
  };
}

function sumBy(lines: readonly LedgerLine[], keyOf: (line: LedgerLine) => string): CostLine[] {
  const groups = Map.groupBy(lines, keyOf);
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, group]) => ({
      name,
      runs: new Set(group.map(({ run }) => run)).size,
      calls: group.reduce((sum, { calls }) => sum + calls, 0),
      costUsd: group.reduce((sum, { usd }) => sum + usd, 0),
    }));
}
