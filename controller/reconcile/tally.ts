import type { RunRecord } from '../records/run-record.ts';

/** What one run of the controller deleted and spent, for guards that hold over a day rather than over one plan. */
export interface TallyEntry {
  /** RFC 3339. */
  readonly at: string;
  readonly plan: string;
  readonly run: string;
  readonly deletes: number;
  readonly costUsd: number;
  /** Guards that a person had lifted for its plan: what they let through does not count against them later. */
  readonly lifted: readonly string[];
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

/** Adds a run, and lets go of what is older than a day. */
export function addToTally(tally: Tally, run: RunRecord, lifted: readonly string[], nowMs: number): Tally {
  const actions = run.actors.flatMap((actor) => actor.actions);
  const entry: TallyEntry = {
    at: new Date(nowMs).toISOString(),
    plan: run.plan ?? '',
    run: run.id,
    deletes: actions.filter(({ kind, outcome }) => kind === 'delete' && outcome === 'done').length,
    costUsd: run.costUsd,
    lifted,
  };
  const kept = recent(tally, nowMs).filter((other) => other.run !== run.id);
  return { formatVersion: '1.0', entries: [...kept, entry] };
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
