import type { ActorPlan } from '../plan/plan.ts';
import { readyCondition } from './actor-status.ts';
import { type ActorReason, type Condition, type HoldReason, withTransitions } from './condition.ts';
import { revisionsOf, type Survey } from './revisions.ts';
import type { ActorStatusDocument, StalledOn } from './status-document.ts';

/**
 * What came of looking at an actor: a closed set, told apart in one place.
 *
 * - `settled`: there is nothing to do.
 * - `proposed`: there is something to do, and it is about to be done.
 * - `held`: there is something to do, and it waits for the clock, for money or for a person.
 * - `failed`: it is tried again, with growing delays.
 * - `stalled`: trying again would change nothing; it waits until the desired state, the world or a person does.
 */
export type ActorOutcomeNow = { readonly plan: ActorPlan } & (
  | { readonly kind: 'settled' | 'proposed' }
  | { readonly kind: 'held'; readonly reason: HoldReason; readonly message: string }
  | { readonly kind: 'failed'; readonly reason: ActorReason; readonly message: string }
  | {
      readonly kind: 'stalled';
      readonly reason: ActorReason;
      readonly message: string;
      readonly on?: StalledOn;
    }
);

export interface SummaryContext {
  /** RFC 3339. */
  readonly at: string;
  /** Of the specs. */
  readonly revision: string;
  /** Under which revisions the actor was looked at without anything being written. */
  readonly survey?: Survey | undefined;
}

/** The conditions that an outcome means; the only place where conditions of actors are made. `Ready` comes first. */
export function conditionsOf(outcome: ActorOutcomeNow): Condition[] {
  const ready = readyCondition(outcome.plan);
  switch (outcome.kind) {
    case 'settled':
      return [ready];
    case 'proposed':
      return [ready, alongside(ready, 'Reconciling', 'Progressing', ready.message)];
    case 'held':
      return [{ ...ready, status: 'False', reason: outcome.reason, message: outcome.message }];
    case 'failed': {
      const { reason, message } = outcome;
      const failing: Condition = { ...ready, status: 'False', reason, message };
      return [failing, alongside(ready, 'Reconciling', 'Retrying', message)];
    }
    case 'stalled': {
      const { reason, message } = outcome;
      const status = ready.status === 'True' ? 'False' : ready.status;
      return [{ ...ready, status, reason, message }, alongside(ready, 'Stalled', reason, message)];
    }
  }
}

/** An actor's status after an outcome: the same object when nothing in it has changed, so that nothing is written. */
export function summarize(
  before: ActorStatusDocument,
  outcome: ActorOutcomeNow,
  { at, revision, survey }: SummaryContext,
): ActorStatusDocument {
  const { plan } = outcome;
  const {
    stalledOn: _gone,
    distribution: _d,
    name: _n,
    observedGeneration: _g,
    failedRuns: _f,
    ...rest
  } = before;
  const conditions = withTransitions(conditionsOf(outcome), before.conditions, at);
  const now: ActorStatusDocument = {
    ...rest,
    // A plan that failed knows neither type nor counts; what was known before is better than nothing.
    ...(plan.status === 'error' ? known(before) : facts(plan)),
    conditions,
    ...(plan.targetDigest === undefined ? {} : { observedGeneration: plan.targetDigest }),
    fruitless: isAnotherQuestion(outcome, before) ? 0 : before.fruitless,
    ...failedRuns(outcome, before),
    ...(outcome.kind === 'stalled' && outcome.on !== undefined ? { stalledOn: outcome.on } : {}),
  };
  if (sameContent(now, before)) return before;
  const applied = outcome.kind === 'settled' ? { lastAppliedRevision: revision } : {};
  return { ...now, ...revisionsOf(before, survey), lastAttemptedRevision: revision, ...applied };
}

/** The runs that paid and got nothing were about something else: the actor or its target is another by now. */
function isAnotherQuestion({ kind }: ActorOutcomeNow, { stalledOn }: ActorStatusDocument): boolean {
  return kind === 'settled' || (kind === 'proposed' && stalledOn?.reason === 'VerificationFailed');
}

/** Absent while it is none. What failed for another target says nothing of this one. */
function failedRuns(
  { kind, plan }: ActorOutcomeNow,
  { failedRuns: count = 0, observedGeneration }: ActorStatusDocument,
): Pick<ActorStatusDocument, 'failedRuns'> {
  const { targetDigest } = plan;
  const isSameTarget =
    [targetDigest, observedGeneration].includes(undefined) || targetDigest === observedGeneration;
  return count === 0 || kind === 'settled' || !isSameTarget ? {} : { failedRuns: count };
}

function facts({ name, type, distribution, total }: ActorPlan) {
  return {
    ...(name === undefined ? {} : { name }),
    ...(distribution === undefined ? {} : { distribution }),
    actorType: type,
    total: { before: total.before, target: total.target },
  };
}

function known({ name, distribution, actorType, total }: ActorStatusDocument) {
  return {
    ...(name === undefined ? {} : { name }),
    ...(distribution === undefined ? {} : { distribution }),
    actorType,
    total,
  };
}

function alongside(
  { observedGeneration }: Condition,
  type: 'Reconciling' | 'Stalled',
  reason: Condition['reason'],
  message: string,
): Condition {
  const generation = observedGeneration === undefined ? {} : { observedGeneration };
  return { type, status: 'True', reason, message, ...generation };
}

/** Both are plain JSON with their fields in an order of their own. */
function sameContent(a: ActorStatusDocument, b: ActorStatusDocument): boolean {
  return canonicalText(a) === canonicalText(b);
}

function canonicalText(document: ActorStatusDocument): string {
  const { lastAttemptedRevision: _attempted, lastAppliedRevision: _applied, ...content } = document;
  return JSON.stringify(content, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
      : value,
  );
}
