import { createHash } from 'node:crypto';
import type { ActorReason, HoldReason, SourceReason } from '../status/condition.ts';
import { countOf } from '../views/text.ts';
import { SUBJECT_NAMES } from './derive-facts.ts';
import { ACTORS_NAMED, type Fact, type Notice } from './notice.ts';
import type { NoticeMemory } from './notice-memory.ts';

export interface Grouping {
  readonly at: string;
  readonly library: string;
  /** Where people reach the dashboard. */
  readonly publicUrl: string | undefined;
}

/** Causes that lie outside the actors: one notice when they begin, one when the last actor is over it. */
const SHARED: ReadonlySet<string> = new Set<ActorReason | HoldReason | SourceReason>([
  'EvaluatorUnavailable',
  'ProviderUnavailable',
]);

/** Makes notices of the facts that came together: one for each cause, none for what was over before it was told. */
export function groupFacts(memory: NoticeMemory, facts: readonly Fact[], grouping: Grouping): Notice[] {
  return [...Map.groupBy(withoutBlips(facts), causeOf).values()].flatMap((group) => {
    const { kind, reason } = group[0]!;
    const isShared = SHARED.has(reason) && (kind === 'failed' || kind === 'recovered');
    return isShared ? tellOutage(memory, group, grouping) : [noticeOf(group, memory, grouping)];
  });
}

/** Of each subject, how it stands now against what was told of it before: what came and went meanwhile has not been. */
function withoutBlips(facts: readonly Fact[]): Fact[] {
  const turns = (fact: Fact) =>
    fact.kind === 'failed' || fact.kind === 'recovered' ? `turns\n${fact.subject}` : fact.key;
  return [...Map.groupBy(facts, turns).values()].flatMap(netOf);
}

function netOf(group: readonly Fact[]): Fact[] {
  const [first, last] = [group[0]!, group.at(-1)!];
  if (last.kind === 'recovered') {
    const reason = first.kind === 'recovered' ? first.reason : first.insteadOf;
    return reason === undefined ? [] : [{ ...last, reason }];
  }
  if (first.kind !== 'recovered') return [last];
  return first.reason === last.reason ? [] : [first, last];
}

/** A newer plan that waits makes the older one uninteresting, and that a revision is applied that it was being applied: both are one cause. */
function causeOf({ kind, reason, isActor, subject, revision }: Fact): string {
  if (kind === 'applying' || kind === 'applied') return `applied\n${subject}`;
  if (kind === 'awaiting-approval' || kind === 'guard-denied') return kind;
  return [kind, reason, revision ?? '', isActor ? '' : subject].join('\n');
}

function tellOutage(memory: NoticeMemory, group: readonly Fact[], grouping: Grouping): Notice[] {
  const { kind, reason } = group[0]!;
  const outage = memory.outages.get(reason);
  if (kind === 'failed') {
    const actors = (outage?.actors ?? 0) + group.length;
    memory.outages.set(reason, { since: outage?.since ?? grouping.at, actors });
    return outage === undefined ? [noticeOf(group, memory, grouping)] : [];
  }
  if (outage === undefined || memory.hasFailing(reason)) return [];
  memory.outages.delete(reason);
  return [noticeOf(group, memory, grouping, outage.actors)];
}

/** @param count actors that it concerned in all, when more than those of the group. */
function noticeOf(
  group: readonly Fact[],
  { failing, revision: newest }: NoticeMemory,
  { at, library, publicUrl }: Grouping,
  count?: number,
): Notice {
  const fact = group.at(-1)!;
  const actors = group
    .filter(({ isActor }) => isActor)
    .map(({ subject }) => subject)
    .sort();
  const total = Math.max(count ?? 0, actors.length);
  const { kind, reason, message, revision, plan, run, costUsd, planned } = fact;
  const failingActors = [...failing.keys()].filter((subject) => SUBJECT_NAMES[subject] === undefined).length;
  const keys = group.map(({ key }) => key).sort();
  const path =
    plan !== undefined
      ? `/plans/${plan}`
      : actors.length === 1
        ? `/actors/${encodeURIComponent(actors[0]!)}`
        : '/';
  return {
    id: `msg_${createHash('sha256')
      .update(JSON.stringify([library, keys]))
      .digest('hex')
      .slice(0, 32)}`,
    kind,
    at,
    library,
    reason,
    title: titleOf(fact, actors, total),
    message: total > 1 ? `${message} (actor ${fact.subject}, for one)` : message,
    ...(failingActors === 0 ? {} : { failing: failingActors }),
    actors: fact.actors ?? { count: total, some: actors.slice(0, ACTORS_NAMED) },
    ...(revision === undefined ? {} : { revision }),
    ...(revision === undefined || revision !== newest?.id ? {} : { applied: newest.applied }),
    ...(plan === undefined ? {} : { plan }),
    ...(run === undefined ? {} : { run }),
    ...(costUsd === undefined ? {} : { costUsd }),
    ...(planned === undefined ? {} : { planned }),
    ...(publicUrl === undefined ? {} : { url: `${publicUrl}${path}` }),
  };
}

function titleOf({ kind, reason, subject }: Fact, actors: readonly string[], total: number): string {
  const who =
    total > 1
      ? countOf(total, 'actor')
      : actors.length === 1
        ? `actor ${actors[0]}`
        : (SUBJECT_NAMES[subject] ?? subject);
  switch (kind) {
    case 'failed':
      return `${who}: ${reason}`;
    case 'recovered':
      return `${who}: recovered from ${reason}`;
    case 'awaiting-approval':
      return `plan ${subject} waits for approval`;
    case 'guard-denied':
      return `plan ${subject} is denied by a guard`;
    case 'budget':
      return reason === 'BudgetExhausted'
        ? `the budget of ${subject} is spent`
        : `the budget of ${subject} is nearly spent`;
    case 'run-summary':
      return `run ${subject}: ${reason}`;
    case 'applying':
      return reason === 'Progressing'
        ? `revision ${subject} is being applied`
        : `revision ${subject} waits: ${reason}`;
    case 'applied':
      return `revision ${subject} is applied`;
  }
}
