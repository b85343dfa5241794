import type { BaseEffect, Plan } from '../plan/plan.ts';
import { countOf } from './text.ts';

/** Actors to which the change of the specs does this, when the plan was compared with an earlier revision. */
export function actorsWithEffect({ base }: Plan, effect: BaseEffect['effect']): string[] {
  return (base?.actors ?? []).filter((entry) => entry.effect === effect).map(({ actor }) => actor);
}

/** What the change of the specs comes to, in a phrase. */
export function baseEffectText(plan: Plan): string {
  const count = (effect: BaseEffect['effect']) => actorsWithEffect(plan, effect).length;
  return `${countOf(count('changed-by-this'), 'actor')} changed by this, ${count('drift')} out of balance before, ${count('settled')} settled by it`;
}
