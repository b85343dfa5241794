import type { SuspensionRecord } from '../records/actor-record.ts';
import type { Suspension } from '../spec/target.ts';

/**
 * `suspensions.json`: what people have suspended by command, beside what the specs suspend. Kept in state rather than in git, because
 * a person who must stop something now should not have to wait for a review.
 */
export interface Suspensions {
  readonly formatVersion: '1.0';
  readonly library?: SuspensionRecord;
  /** By name. */
  readonly distributions: Readonly<Record<string, SuspensionRecord>>;
  /** By id. */
  readonly actors: Readonly<Record<string, SuspensionRecord>>;
}

export const SUSPENSIONS_PATH = 'suspensions.json';
export const NO_SUSPENSIONS: Suspensions = { formatVersion: '1.0', distributions: {}, actors: {} };

/** The widest suspension that holds for an actor at a moment. */
export function suspensionOf(
  suspensions: Suspensions | undefined,
  actor: string,
  distribution: string,
  nowMs: number,
): Suspension | undefined {
  if (suspensions === undefined) return undefined;
  const { library, distributions, actors } = suspensions;
  return [library, own(distributions, distribution), own(actors, actor)]
    .map((record) => current(record, nowMs))
    .find((suspension) => suspension !== undefined);
}

/** An actor may be called `constructor`. */
function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

/** What suspends the library as a whole at a moment, by command or in the specs. */
export function suspensionOfLibrary(
  suspensions: Suspensions,
  inSpecs: Suspension | undefined,
  nowMs: number,
): Suspension | undefined {
  return current(suspensions.library, nowMs) ?? current(inSpecs, nowMs);
}

/** Those of them that hold at a moment: one that has ended by itself stays written down. */
export function suspensionsAt(
  { library, distributions, actors, ...rest }: Suspensions,
  nowMs: number,
): Suspensions {
  const holding = (records: Readonly<Record<string, SuspensionRecord>>) =>
    Object.fromEntries(Object.entries(records).filter(([, record]) => !hasEnded(record, nowMs)));
  return {
    ...rest,
    ...(library === undefined || hasEnded(library, nowMs) ? {} : { library }),
    distributions: holding(distributions),
    actors: holding(actors),
  };
}

/**
 * When the next of them ends by itself; undefined when none does. Milliseconds since the epoch.
 *
 * @param inSpecs what the specs suspend, the library and distributions.
 */
export function nextSuspensionEndMs(
  suspensions: Suspensions,
  inSpecs: readonly (Suspension | undefined)[],
  nowMs: number,
): number | undefined {
  const { library, distributions, actors } = suspensions;
  const ends = [library, ...Object.values(distributions), ...Object.values(actors), ...inSpecs]
    .flatMap((record) => (record?.until === undefined ? [] : [Date.parse(record.until)]))
    .filter((ms) => ms > nowMs);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

function current(record: SuspensionRecord | Suspension | undefined, nowMs: number): Suspension | undefined {
  if (record === undefined || hasEnded(record, nowMs)) return undefined;
  const { reason, until } = record;
  return until === undefined ? { reason } : { reason, until };
}

/** Whether it has ended by itself. */
export function hasEnded({ until }: SuspensionRecord | Suspension, nowMs: number): boolean {
  return until !== undefined && Date.parse(until) <= nowMs;
}
