import { type Condition, readyOf } from '../status/condition.ts';
import { revisionsOf, type Survey } from '../status/revisions.ts';
import type { ActorStatusDocument } from '../status/status-document.ts';

/** Which actors, in what order. Absent: any. */
export interface ActorFilter {
  readonly type?: readonly string[];
  readonly status?: Condition['status'];
  readonly reason?: readonly string[];
  readonly stalled?: boolean;
  readonly q?: string;
  readonly sort: 'actor' | 'name' | 'type' | 'reason' | 'images' | 'since';
  readonly order: 'asc' | 'desc';
}

/** The actors that fit, sorted; equal ones stay in the order of their ids. */
export function filterActors(
  actors: readonly ActorStatusDocument[],
  filter: ActorFilter,
): ActorStatusDocument[] {
  const fits = fitting(filter);
  const direction = filter.order === 'desc' ? -1 : 1;
  const key = SORT_KEYS[filter.sort];
  const found = actors.filter(fits);
  if (filter.sort === 'actor' && direction === 1) return found;
  return found.sort((a, b) => direction * compare(key(a), key(b)) || compare(a.actor, b.actor));
}

/** An actor as a line of a list. */
export function summarizeForList(document: ActorStatusDocument, survey: Survey | undefined): unknown {
  const { actor, name, actorType, distribution, total, conditions, history, observedGeneration } = document;
  const [lastRun] = history;
  return {
    actor,
    ...(name === undefined ? {} : { name }),
    actorType,
    ...(distribution === undefined ? {} : { distribution }),
    total,
    ready: readyIn(document),
    conditions: conditions.length === 0 ? [UNSEEN] : conditions,
    stalled: conditions.some(({ type }) => type === 'Stalled'),
    reconciling: conditions.some(({ type }) => type === 'Reconciling'),
    ...(observedGeneration === undefined ? {} : { observedGeneration }),
    ...revisionsOf(document, survey),
    ...(lastRun === undefined ? {} : { lastRun }),
  };
}

/** What stands in for the Ready condition before anybody has looked. */
const UNSEEN: Condition = {
  type: 'Ready',
  status: 'Unknown',
  reason: 'Progressing',
  message: 'Nobody has looked at it yet.',
};

function readyIn({ conditions }: Pick<ActorStatusDocument, 'conditions'>): Condition {
  return readyOf(conditions) ?? UNSEEN;
}

function fitting({
  type,
  status,
  reason,
  stalled,
  q,
}: ActorFilter): (document: ActorStatusDocument) => boolean {
  const text = q?.trim().toLowerCase() ?? '';
  return (document) => {
    if (type !== undefined && !type.includes(document.actorType)) return false;
    if (status !== undefined && readyIn(document).status !== status) return false;
    if (reason !== undefined && !reason.includes(readyIn(document).reason)) return false;
    if (
      stalled !== undefined &&
      document.conditions.some((condition) => condition.type === 'Stalled') !== stalled
    )
      return false;
    return (
      text === '' ||
      document.actor.toLowerCase().includes(text) ||
      (document.name ?? '').toLowerCase().includes(text)
    );
  };
}

const SORT_KEYS: Readonly<Record<ActorFilter['sort'], (document: ActorStatusDocument) => string | number>> = {
  actor: ({ actor }) => actor,
  name: ({ name, actor }) => name ?? actor,
  type: ({ actorType }) => actorType,
  reason: (document) => readyIn(document).reason,
  images: ({ total }) => total.before,
  since: (document) => readyIn(document).lastTransitionTime ?? '',
};

function compare(a: string | number, b: string | number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
