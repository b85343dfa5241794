import { countOf } from '../views/text.ts';
import type { Condition, ConditionReason, HoldReason, SourceReason } from './condition.ts';
import { isAsItShouldBe, readyOf, withTransitions } from './condition.ts';
import type { ActorStatusDocument, LibraryStatusDocument } from './status-document.ts';

export interface LibrarySummaryInput {
  readonly before: LibraryStatusDocument | undefined;
  readonly name: string;
  readonly revision: string;
  readonly generation: string;
  readonly actors: readonly ActorStatusDocument[];
  /** Actors that nobody has looked at under this generation yet, or that are being worked on. */
  readonly inProgress: number;
  /** Whether every actor has been looked at under this generation. */
  readonly isSurveyed: boolean;
  /** Why a newer revision is not in force. */
  readonly problem:
    | { readonly reason: SourceReason; readonly message: string; readonly revision?: string }
    | undefined;
  /** Why the library cannot be listed: what is known of it is what was. */
  readonly unlisted: string | undefined;
  readonly hold: { readonly plan: string; readonly reason: HoldReason; readonly message: string } | undefined;
  readonly rollout: LibraryStatusDocument['rollout'];
  /** Why everything is suspended. */
  readonly suspended: string | undefined;
  /** How the revision in force came about, when it did not come out of the one before. */
  readonly rewritten: string | undefined;
  /** RFC 3339. */
  readonly at: string;
}

/** Holds that only a person ends. */
const FOR_PEOPLE: ReadonlySet<string> = new Set(['GuardDenied', 'RolloutHalted']);
/** Problems of the source that do not go away by asking again. */
const LASTING: ReadonlySet<string> = new Set(['SpecsInvalid', 'SignatureInvalid', 'RevisionMissing']);

/** How the library as a whole stands. */
export function summarizeLibrary(input: LibrarySummaryInput): LibraryStatusDocument {
  const { before, name, revision, generation, problem, hold, rollout, at } = input;
  const ready = readyCondition(input);
  const conditions = [ready, ...reconciling(input, ready), ...stalled(input, ready), ...rewritten(input)];
  const isDone =
    ready.status === 'True' || (input.inProgress === 0 && hold === undefined && allBalanced(input.actors));
  const applied = isDone ? revision : before?.lastAppliedRevision;
  const surveyed = input.isSurveyed ? revision : before?.surveyedRevision;
  return {
    formatVersion: '1.0',
    name,
    conditions: withTransitions(conditions, before?.conditions ?? [], at),
    revision,
    generation,
    lastAttemptedRevision: problem?.revision ?? revision,
    ...(applied === undefined ? {} : { lastAppliedRevision: applied }),
    ...(surveyed === undefined ? {} : { surveyedRevision: surveyed }),
    actors: countReady(input.actors),
    ...(hold === undefined ? {} : { pending: hold }),
    ...(rollout === undefined ? {} : { rollout }),
  };
}

function readyCondition({
  problem,
  unlisted,
  hold,
  suspended,
  actors,
  generation,
  inProgress,
}: LibrarySummaryInput): Condition {
  const not = (reason: ConditionReason, message: string): Condition => ({
    type: 'Ready',
    status: 'False',
    reason,
    message,
    observedGeneration: generation,
  });
  if (problem !== undefined)
    return not(problem.reason, `The last good revision stays in force: ${problem.message}`);
  if (unlisted !== undefined) return not('LibraryUnavailable', unlisted);
  if (suspended !== undefined) return not('Suspended', suspended);
  if (hold !== undefined) return not(hold.reason, hold.message);
  const off = offOf(actors);
  if (off.length > 0)
    return not(
      commonReason(off) ?? 'OutsideTolerance',
      `${off.length} of ${countOf(actors.length, 'actor')} ${off.length === 1 ? 'is' : 'are'} not ready: ${reasonsOf(off)}.`,
    );
  if (inProgress > 0)
    return {
      ...not(
        'Progressing',
        `${countOf(inProgress, 'actor')} ${inProgress === 1 ? 'is' : 'are'} still to be looked at.`,
      ),
      status: 'Unknown',
    };
  return { ...not('Synced', asTheyShouldBe(actors)), status: 'True' };
}

function asTheyShouldBe(actors: readonly ActorStatusDocument[]): string {
  const unmanaged = actors.filter(({ conditions }) => readyOf(conditions)?.reason === 'Unmanaged').length;
  const managed = actors.length - unmanaged;
  const fine = `${countOf(managed, 'actor')} ${managed === 1 ? 'is as it' : 'are as they'} should be`;
  if (unmanaged === 0) return `${fine}.`;
  return `${fine}, ${unmanaged} ${unmanaged === 1 ? 'is' : 'are'} selected by no distribution.`;
}

function reconciling({ inProgress, hold }: LibrarySummaryInput, ready: Condition): Condition[] {
  if (inProgress === 0 || hold !== undefined) return [];
  return [
    {
      ...ready,
      type: 'Reconciling',
      status: 'True',
      reason: 'Progressing',
      message: `${countOf(inProgress, 'actor')} ${inProgress === 1 ? 'is' : 'are'} in work.`,
    },
  ];
}

function stalled(input: LibrarySummaryInput, ready: Condition): Condition[] {
  return isStalled(input) ? [{ ...ready, type: 'Stalled', status: 'True' }] : [];
}

function isStalled({ problem, unlisted, suspended, hold, actors, inProgress }: LibrarySummaryInput): boolean {
  if (problem !== undefined) return LASTING.has(problem.reason);
  if (hold !== undefined) return FOR_PEOPLE.has(hold.reason);
  if (unlisted !== undefined || suspended !== undefined || inProgress > 0) return false;
  const off = offOf(actors);
  return off.length > 0 && off.every(({ conditions }) => conditions.some(({ type }) => type === 'Stalled'));
}

function rewritten({ rewritten: message, generation }: LibrarySummaryInput): Condition[] {
  if (message === undefined) return [];
  return [
    {
      type: 'HistoryRewritten',
      status: 'True',
      reason: 'ForcedPush',
      message,
      observedGeneration: generation,
    },
  ];
}

function offOf(actors: readonly ActorStatusDocument[]): ActorStatusDocument[] {
  return actors.filter(({ conditions }) => !isAsItShouldBe(readyOf(conditions)));
}

/** What all of them wait for, or fail by, if that is the same. */
function commonReason(actors: readonly ActorStatusDocument[]): ConditionReason | undefined {
  const [reason, ...others] = new Set(actors.map(({ conditions }) => readyOf(conditions)?.reason));
  return others.length === 0 ? reason : undefined;
}

function allBalanced(actors: readonly ActorStatusDocument[]): boolean {
  return offOf(actors).length === 0;
}

function reasonsOf(actors: readonly ActorStatusDocument[]): string {
  return countReady(actors)
    .sort((a, b) => b.count - a.count)
    .map(({ reason, count }) => `${count} ${reason}`)
    .join(', ');
}

function countReady(actors: readonly ActorStatusDocument[]): LibraryStatusDocument['actors'][number][] {
  const groups = Map.groupBy(actors, ({ conditions }) => {
    const ready = readyOf(conditions);
    return `${ready?.status ?? 'Unknown'} ${ready?.reason ?? 'Progressing'}`;
  });
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, members]) => {
      const [status, reason] = key.split(' ') as [Condition['status'], string];
      return { status, reason, count: members.length };
    });
}
