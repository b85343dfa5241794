import type { Plan } from '../plan/plan.ts';
import type { RunRecord } from '../records/run-record.ts';

/** What one run of the controller deleted and spent, for guards that hold over a day rather than over one plan. */
export interface TallyEntry {
  /** RFC 3339: when it began. */
  readonly at: string;
  readonly plan: string;
  readonly run: string;
  readonly deletes: number;
  readonly costUsd: number;
  /** Guards that a person had lifted for its plan: what they let through does not count against them later. */
  readonly lifted: readonly string[];
  /** It has not ended, as far as is known: the numbers are what was planned. */
  readonly open?: true;
}

/** `rollouts/_tally.json`. */
export interface Tally {
  readonly formatVersion: '1.0';
  readonly entries: readonly TallyEntry[];
}

export const TALLY_PATH = 'rollouts/_tally.json';
export const EMPTY_TALLY: Tally = { formatVersion: '1.0', entries: [] };
const TALLY_WINDOW_MS = 24 * 3_600_000;
const DELETE_GUARDS = ['max-deletes', 'max-delete-share'];

/** Adds a run that is about to begin, and lets go of what is older than a day. */
export function beginEntry(
  tally: Tally,
  run: string,
  plan: Plan,
  lifted: readonly string[],
  nowMs: number,
): Tally {
  const { delete: deletes, cost } = plan.summary;
  const at = new Date(nowMs).toISOString();
  const entry: TallyEntry = {
    at,
    plan: plan.id,
    run,
    deletes,
    costUsd: cost.estimateUsd,
    lifted,
    open: true,
  };
  return { formatVersion: '1.0', entries: [...recent(tally, nowMs), entry] };
}

/** Without a run that could not begin. */
export function withoutEntry({ entries }: Tally, run: string): Tally {
  return { formatVersion: '1.0', entries: entries.filter((entry) => entry.run !== run) };
}

/** What a run did that has ended. */
export function endEntry(tally: Tally, { id, actors, costUsd }: RunRecord): Tally {
  const actions = actors.flatMap((actor) => actor.actions);
  const deletes = actions.filter(({ kind, outcome }) => kind === 'delete' && outcome === 'done').length;
  return closeEntry(tally, id, { deletes, costUsd });
}

/** Puts what a run did in place of what was planned. */
export function closeEntry(tally: Tally, run: string, facts: Pick<TallyEntry, 'deletes' | 'costUsd'>): Tally {
  const entries = tally.entries.map((entry) => {
    const { open: _planned, ...known } = entry;
    return entry.run === run ? { ...known, ...facts } : entry;
  });
  return { formatVersion: '1.0', entries };
}

/** Runs of which nobody knows how they ended. */
export function openEntries({ entries }: Tally): TallyEntry[] {
  return entries.filter(({ open }) => open === true);
}

/** What the last 24 hours have done that counts against the guards. A clock that was set back makes nothing count less. */
export function alreadyDone(tally: Tally, nowMs: number): { deletes: number; spentUsd: number } {
  const entries = recent(tally, nowMs);
  const under = (guards: readonly string[]) =>
    entries.filter(({ lifted }) => !lifted.some((guard) => guards.includes(guard)));
  return {
    deletes: under(DELETE_GUARDS).reduce((sum, { deletes }) => sum + deletes, 0),
    spentUsd: under(['budget']).reduce((sum, { costUsd }) => sum + costUsd, 0),
  };
}

/** When the oldest entry stops to count; undefined when nothing counts. Milliseconds since the epoch. */
export function tallyEasesMs(tally: Tally, nowMs: number): number | undefined {
  const times = recent(tally, nowMs).map(({ at }) => Date.parse(at) + TALLY_WINDOW_MS);
  return times.length === 0 ? undefined : Math.min(...times);
}

function recent({ entries }: Tally, nowMs: number): TallyEntry[] {
  return entries.filter(({ at }) => nowMs - Date.parse(at) < TALLY_WINDOW_MS);
}
