import { digestOf } from '../spec/canonical.ts';
import type { Action, ActionCounts, ActorPlan, BaseEffect, PlanBase } from './plan.ts';
import { pendingActions } from './plan.ts';
import { compareText } from './select.ts';

/** What would be done about an actor with the earlier specs; undefined when nobody can say. */
export type PlanWithoutChange = ActorPlan | undefined;

/**
 * Tells what a change of the specs does from what was out of balance before: two plans from one observation of each actor, one for
 * either revision of the specs, are compared by what they would do.
 *
 * @param without by actor.
 */
export function compareWithBase(
  source: Pick<PlanBase, 'revision' | 'specDigest'>,
  actors: readonly ActorPlan[],
  without: ReadonlyMap<string, PlanWithoutChange>,
): PlanBase {
  const effects = actors
    .toSorted((a, b) => compareText(a.actor, b.actor))
    .map((actor) => effectOn(actor, without.get(actor.actor)))
    .filter((effect) => effect !== undefined);
  return { ...source, actors: effects };
}

function effectOn(head: ActorPlan, base: PlanWithoutChange): BaseEffect | undefined {
  const now = pendingActions(head);
  if (base === undefined) {
    return now.length === 0 ? undefined : { actor: head.actor, effect: 'changed-by-this' };
  }
  const before = pendingActions(base);
  if (now.length === 0 && before.length === 0) return undefined;
  const effect = now.length === 0 ? 'settled' : sameActions(now, before) ? 'drift' : 'changed-by-this';
  return { actor: head.actor, effect, without: countActions(before) };
}

/** Ids and prices apart: an id follows from the target too, and a price changes nothing about a picture. */
function sameActions(a: readonly Action[], b: readonly Action[]): boolean {
  return a.length === b.length && digestOf(a.map(essence)) === digestOf(b.map(essence));
}

function essence(action: Action): object {
  const { id: _id, ...rest } = action;
  if (rest.kind !== 'generate') return rest;
  const { priceUsd: _price, ...order } = rest;
  return order;
}

function countActions(actions: readonly Action[]): ActionCounts {
  const counts = { adopt: 0, forget: 0, restore: 0, generate: 0, delete: 0 };
  for (const action of actions) counts[action.kind] += 1;
  return counts;
}
