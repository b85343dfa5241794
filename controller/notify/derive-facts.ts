import type { ControllerEvent } from '../reconcile/controller-ports.ts';
import { hasFailed } from '../records/run-record.ts';
import { type ActorReason, type Condition, type HoldReason, isFailure } from '../status/condition.ts';
import { changesText } from '../views/plan-outcome.ts';
import { DONE_WORDS } from '../views/run-view.ts';
import { countOf, formatUsd } from '../views/text.ts';
import { ACTORS_NAMED, type Fact, type NoticeKind } from './notice.ts';
import type { Failure, NoticeMemory } from './notice-memory.ts';

/** Failures of an apply: over once the actor is as it should be, not as soon as it is tried again. */
const OF_APPLY: ReadonlySet<string> = new Set<ActorReason | HoldReason>([
  'ApplyFailed',
  'VerificationFailed',
  'FlappingDetected',
  'ProviderUnavailable',
  'RolloutHalted',
]);

const BUDGET_SHARE = 0.8;
/** No actor's id has a slash in it. */
const SPECS_SUBJECT = '/specs';
const LIBRARY_SUBJECT = '/library';
/** What titles call them. */
export const SUBJECT_NAMES: Readonly<Record<string, string | undefined>> = {
  [SPECS_SUBJECT]: 'the specs',
  [LIBRARY_SUBJECT]: 'the library',
};

/** What an event has to tell that has not been told: edges only, one by one. The memory has it from then on. */
export function deriveFacts(memory: NoticeMemory, event: ControllerEvent): Fact[] {
  switch (event.type) {
    case 'condition-changed': {
      const { condition, actor, at, revision } = event;
      if (condition.type !== 'Ready') return [];
      return actor === undefined
        ? libraryChanged(memory, condition, at, revision)
        : readyChanged(memory, actor, condition, at, revision);
    }
    case 'actor-gone':
      return recovers(memory, {
        subject: event.actor,
        isActor: true,
        message: 'It is not in the library any more.',
        revision: undefined,
      });
    case 'source-failed': {
      const failure = {
        reason: event.reason,
        since: event.at,
        ...(event.revision === undefined ? {} : { generation: event.revision }),
      };
      return fails(
        memory,
        { subject: SPECS_SUBJECT, isActor: false, message: event.message, revision: event.revision },
        failure,
      );
    }
    case 'source-recovered':
      return recovers(memory, {
        subject: SPECS_SUBJECT,
        isActor: false,
        message: `Revision ${event.revision} is in force.`,
        revision: event.revision,
      });
    case 'revision-loaded':
      return revisionComes(memory, event.revision);
    case 'revision-applied':
      return revisionApplied(memory, event.revision);
    case 'plan-held':
      return planHeld(memory, event);
    case 'budget':
      return budget(memory, event);
    case 'run-finished':
      return runFinished(memory, event);
    default:
      return [];
  }
}

/** How the library stands. */
export interface Standing {
  readonly actors: readonly { readonly actor: string; readonly conditions: readonly Condition[] }[];
  readonly lastAppliedRevision: string | undefined;
}

/** What the statuses as they are now have to tell: after a restart, the events of which nobody heard. */
export function deriveStanding(memory: NoticeMemory, standing: Standing, at: string): Fact[] {
  const { actors, lastAppliedRevision } = standing;
  const facts = actors.flatMap(({ actor, conditions }) => {
    const ready = conditions.find(({ type }) => type === 'Ready');
    return ready === undefined ? [] : readyChanged(memory, actor, ready, at, undefined);
  });
  return memory.revision === undefined || memory.revision.id !== lastAppliedRevision
    ? facts
    : [...facts, ...revisionApplied(memory, lastAppliedRevision)];
}

interface Subject {
  readonly subject: string;
  readonly isActor: boolean;
  readonly message: string;
  readonly revision: string | undefined;
}

function readyChanged(
  memory: NoticeMemory,
  actor: string,
  condition: Condition,
  at: string,
  revision: string | undefined,
): Fact[] {
  const { status, reason, message, observedGeneration } = condition;
  const subject: Subject = {
    subject: actor,
    isActor: true,
    message,
    revision,
  };
  if (reason === 'BudgetExhausted') return moneyIsShort(memory, at, message);
  if (isFailure(condition)) {
    return fails(memory, subject, {
      reason,
      since: at,
      ...(observedGeneration === undefined ? {} : { generation: observedGeneration }),
    });
  }
  const before = memory.failing.get(actor);
  if (before === undefined || (status !== 'True' && OF_APPLY.has(before.reason))) return [];
  return recovers(memory, subject);
}

/**
 * That it cannot be listed. Whatever else there is to say of the library as a whole is told of the specs, of plans that wait, and of
 * actors.
 */
function libraryChanged(
  memory: NoticeMemory,
  { reason, message }: Condition,
  at: string,
  revision: string | undefined,
): Fact[] {
  const subject: Subject = { subject: LIBRARY_SUBJECT, isActor: false, message, revision };
  if (reason !== 'LibraryUnavailable') return recovers(memory, subject);
  const isToldAlready = memory.failing.get(SPECS_SUBJECT)?.reason === reason;
  return isToldAlready ? [] : fails(memory, subject, { reason, since: at });
}

/** A revision is in force: whether it asks for anything is not known yet. */
function revisionComes(memory: NoticeMemory, revision: string): Fact[] {
  if (memory.revision?.id === revision) return [];
  memory.revision = { id: revision, applied: false };
  return [revisionFact('applying', revision, 'Progressing', 'It is in force, and what it asks for is done.')];
}

function revisionApplied(memory: NoticeMemory, revision: string): Fact[] {
  if (memory.revision?.id === revision && memory.revision.applied) return [];
  memory.revision = { id: revision, applied: true };
  return [revisionFact('applied', revision, 'Synced', 'Every actor is as it should be.')];
}

function revisionFact(kind: 'applying' | 'applied', revision: string, reason: string, message: string): Fact {
  return { kind, subject: revision, isActor: false, reason, message, key: `${kind}\n${revision}`, revision };
}

function fails(memory: NoticeMemory, subject: Subject, failure: Failure): Fact[] {
  const before = memory.failing.get(subject.subject);
  if (before?.reason === failure.reason && before.generation === failure.generation) return [];
  memory.failing.set(subject.subject, failure);
  const fact = factOf('failed', subject, failure);
  return [before === undefined ? fact : { ...fact, insteadOf: before.reason }];
}

function recovers(memory: NoticeMemory, subject: Subject): Fact[] {
  const before = memory.failing.get(subject.subject);
  if (before === undefined) return [];
  memory.failing.delete(subject.subject);
  return [factOf('recovered', subject, before)];
}

function factOf(
  kind: 'failed' | 'recovered',
  { subject, isActor, message, revision }: Subject,
  { reason, generation, since }: Failure,
): Fact {
  // With its time: the next failure of the same kind is news to a receiver that drops what it has had.
  const key = [kind, subject, reason, generation ?? '', since].join('\n');
  return { kind, subject, isActor, reason, message, key, ...(revision === undefined ? {} : { revision }) };
}

type PlanHeld = Extract<ControllerEvent, { type: 'plan-held' }>;

/** What is over by itself soon, or is told of the actors. */
const PASSING: ReadonlySet<string> = new Set<HoldReason>(['ApplyBusy', 'ProviderUnavailable']);

/** What a plan that waits is told as. For the other reasons it waits for the clock, or for itself. */
const HELD_KINDS: Readonly<Record<string, NoticeKind | undefined>> = {
  AwaitingApproval: 'awaiting-approval',
  GuardDenied: 'guard-denied',
  RolloutHalted: 'failed',
};

function planHeld(memory: NoticeMemory, event: PlanHeld): Fact[] {
  const { plan, revision, reason, message, guards = [] } = event;
  const kind = heldKind(event);
  if (kind === undefined) {
    const money = reason === 'BudgetExhausted' ? moneyIsShort(memory, event.at, message) : [];
    return [...money, ...revisionWaits(memory, event)];
  }
  const key = [kind, plan, ...guards].join('\n');
  const fact: Fact = { kind, subject: plan, isActor: false, reason, message, key, plan, revision };
  const facts = once(memory, kind === 'failed' ? fact : withSize(fact, event));
  return memory.revision?.id === revision ? facts : [...facts, ...revisionWaits(memory, event)];
}

function heldKind({ reason, guards = [] }: PlanHeld): NoticeKind | undefined {
  // A run's budget is a guard: a person may lift it.
  if (reason === 'BudgetExhausted') return guards.length === 0 ? undefined : 'guard-denied';
  return HELD_KINDS[reason];
}

/** What somebody has to know who decides on a telephone. */
function withSize(fact: Fact, event: PlanHeld): Fact {
  const { actors, some, adopt, forget, restore, generate, delete: deletes, estimateUsd } = event;
  return {
    ...fact,
    message: `${changesText(event)} for ${countOf(actors, 'actor')}, ${formatUsd(estimateUsd)}. ${fact.message}`,
    actors: { count: actors, some: some.slice(0, ACTORS_NAMED) },
    planned: { adopt, forget, restore, generate, delete: deletes, estimateUsd },
  };
}

/** That the newest revision waits: for its window, say, or with the plan of an older one that means the same. */
function revisionWaits(memory: NoticeMemory, { reason, message }: PlanHeld): Fact[] {
  const newest = memory.revision;
  if (newest === undefined || newest.applied || PASSING.has(reason)) return [];
  const fact = revisionFact('applying', newest.id, reason, message);
  return once(memory, { ...fact, key: `${fact.key}\n${reason}\n${message}` });
}

/** What is to be paid next does not fit into the day's budget, of which not all need be spent. */
function moneyIsShort(memory: NoticeMemory, at: string, message: string): Fact[] {
  return once(memory, budgetFact(at.slice(0, 10), 'BudgetExhausted', message));
}

function budgetFact(day: string, reason: string, message: string): Fact {
  return { kind: 'budget', subject: day, isActor: false, reason, message, key: `budget\n${day}\n${reason}` };
}

function budget(
  memory: NoticeMemory,
  { day, spentUsd, limitUsd }: Extract<ControllerEvent, { type: 'budget' }>,
): Fact[] {
  if (!(limitUsd > 0) || spentUsd < limitUsd * BUDGET_SHARE) return [];
  const spent = spentUsd >= limitUsd;
  const percent = Math.floor((spentUsd / limitUsd) * 100);
  const message = `$${spentUsd.toFixed(2)} of $${limitUsd.toFixed(2)} for ${day} are spent or reserved (${percent} %).`;
  const reason = spent ? 'BudgetExhausted' : 'BudgetNearlyExhausted';
  return once(memory, { ...budgetFact(day, reason, message), costUsd: spentUsd });
}

function runFinished(
  memory: NoticeMemory,
  { run }: Extract<ControllerEvent, { type: 'run-finished' }>,
): Fact[] {
  const actions = run.actors.flatMap((actor) => actor.actions);
  const done = actions.filter(({ outcome }) => outcome === 'done');
  const failed = run.actors.filter(hasFailed).length;
  // A try in an outage, for one: that it fails still is told of the actors.
  if (done.length === 0 && run.costUsd === 0) return [];
  const kinds = Map.groupBy(done, ({ kind }) => kind);
  const counts = [...kinds].map(([kind, all]) => `${all.length} ${DONE_WORDS[kind]}`).join(', ');
  const whom = countOf(run.actors.length, 'actor');
  const trouble = failed === 0 ? '' : `; ${failed} of them with trouble`;
  const message = `${counts === '' ? 'Nothing was done' : counts} for ${whom}, ${formatUsd(run.costUsd)}${trouble}.`;
  const { id, status, revision, plan, costUsd } = run;
  return once(memory, {
    kind: 'run-summary',
    subject: id,
    isActor: false,
    reason: status,
    message,
    key: `run\n${id}`,
    run: id,
    costUsd,
    actors: {
      count: run.actors.length,
      some: run.actors.slice(0, ACTORS_NAMED).map(({ actor }) => actor),
    },
    ...(revision === undefined ? {} : { revision }),
    ...(plan === undefined ? {} : { plan }),
  });
}

function once(memory: NoticeMemory, fact: Fact): Fact[] {
  return memory.tellOnce(fact.key) ? [fact] : [];
}
