import type { ActorStatus } from './actor-status.ts';
import { type Condition, readyOf } from './condition.ts';
import { revisionsOf, type Survey } from './revisions.ts';
import type { ActorStatusDocument } from './status-document.ts';

/** What the actor's plan alone says when there is something to do; a controller knows more: what that waits for. */
const PLAIN: ReadonlySet<string> = new Set([
  'OutsideTolerance',
  'ObservationIncomplete',
  'ObservationFailed',
]);

/**
 * How an actor stands, from what is there now and from what a controller wrote down: its word on why something is not done yet counts
 * as long as it is about the same target and the actor is still not as it should be. What is there now wins otherwise.
 */
export function mergeStatus(
  found: ActorStatus,
  stored: ActorStatusDocument | undefined,
  survey?: Survey,
): ActorStatus {
  const live = { ...found, ...revisionsOf(stored, survey) };
  const now = readyOf(live.conditions);
  const then = readyOf(stored?.conditions ?? []);
  if (stored === undefined || now === undefined || then === undefined) return live;
  const sameTarget = stored.observedGeneration === now.observedGeneration;
  if (sameTarget && then.status !== 'True' && PLAIN.has(now.reason)) {
    const open = live.conditions.filter(({ reason }) => reason === 'RunOpen');
    const known = stored.conditions.filter(({ type }) => !open.some((other) => other.type === type));
    return { ...live, conditions: [...known, ...open] };
  }
  return { ...live, conditions: live.conditions.map((condition) => sinceThen(condition, stored.conditions)) };
}

function sinceThen(condition: Condition, before: readonly Condition[]): Condition {
  const earlier = before.find(({ type }) => type === condition.type);
  if (earlier?.status !== condition.status || earlier.lastTransitionTime === undefined) return condition;
  return { ...condition, lastTransitionTime: earlier.lastTransitionTime };
}
