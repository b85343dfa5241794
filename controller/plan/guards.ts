import { addCosts } from './cost.ts';
import type { ActorPlan, GuardResult } from './plan.ts';
import { NO_COST } from './cost.ts';

/** Bounds on what one plan may do. Absent: no bound. */
export interface GuardPolicy {
  /** Deletes in one plan. */
  readonly maxDeletes?: number;
  /** Deletes as a percentage of the images seen. */
  readonly maxDeleteSharePercent?: number;
  /** Usable images that an actor must keep. */
  readonly minUsable?: number;
  /** US dollars a run may spend. */
  readonly budgetPerRunUsd?: number;
  /** US dollars left for today. */
  readonly budgetLeftTodayUsd?: number;
}

/** Checks a whole plan against its guards. Every guard that is set appears in the result, passed or not, in a fixed order. */
export function checkGuards(plans: readonly ActorPlan[], policy: GuardPolicy): GuardResult[] {
  return [
    maxDeletes(plans, policy.maxDeletes),
    maxDeleteShare(plans, policy.maxDeleteSharePercent),
    minUsable(plans, policy.minUsable),
    droppedToZero(plans),
    budget(plans, policy),
  ].filter((result) => result !== undefined);
}

function maxDeletes(plans: readonly ActorPlan[], limit: number | undefined): GuardResult | undefined {
  if (limit === undefined) return undefined;
  const deletes = countDeletes(plans);
  return judge('max-deletes', deletes <= limit, `${deletes} deletes, at most ${limit} allowed in one plan`);
}

function maxDeleteShare(plans: readonly ActorPlan[], limit: number | undefined): GuardResult | undefined {
  if (limit === undefined) return undefined;
  const images = plans.reduce((sum, plan) => sum + plan.total.before, 0);
  const deletes = countDeletes(plans);
  const share = images === 0 ? 0 : (100 * deletes) / images;
  const message = `${deletes} of ${images} images would be deleted (${share.toFixed(1)} %), at most ${limit} % allowed`;
  return judge('max-delete-share', share <= limit, message);
}

function minUsable(plans: readonly ActorPlan[], limit: number | undefined): GuardResult | undefined {
  if (limit === undefined) return undefined;
  const actors = plans.filter((plan) => countDeletes([plan]) > 0 && plan.total.after < limit).map((plan) => plan.actor);
  const message =
    actors.length === 0 ? `every actor keeps at least ${limit} images` : `${actors.length} actors would keep fewer than ${limit} images`;
  return judge('min-usable', actors.length === 0, message, actors);
}

/** A category or a whole set that loses all its images is more often a slip in a spec than a wish. */
function droppedToZero(plans: readonly ActorPlan[]): GuardResult | undefined {
  const actors = plans
    .filter((plan) => plan.categories.some((counts) => counts.before > 0 && counts.target === 0 && counts.after < counts.before))
    .map((plan) => plan.actor);
  if (actors.length === 0) return undefined;
  return judge('target-zero', false, `a category that has images drops to a target of 0 for ${actors.length} actors`, actors);
}

function budget(plans: readonly ActorPlan[], policy: GuardPolicy): GuardResult | undefined {
  const cost = plans.map((plan) => plan.cost).reduce(addCosts, NO_COST);
  if (!cost.known) {
    return judge('budget', false, 'the price of a picture is not known: write spec.generator.priceUsd in the Library');
  }
  const limits = [policy.budgetPerRunUsd, policy.budgetLeftTodayUsd].filter((limit) => limit !== undefined);
  if (limits.length === 0) return undefined;
  const limit = Math.min(...limits);
  const message = `$${cost.estimateUsd.toFixed(2)} estimated ($${cost.maximumUsd.toFixed(2)} at most), $${limit.toFixed(2)} allowed`;
  if (cost.estimateUsd > limit) return judge('budget', false, message);
  return { name: 'budget', result: cost.maximumUsd > limit ? 'warn' : 'pass', message };
}

function judge(name: string, passed: boolean, message: string, actors: readonly string[] = []): GuardResult {
  return { name, result: passed ? 'pass' : 'deny', message, ...(actors.length === 0 ? {} : { actors }) };
}

function countDeletes(plans: readonly ActorPlan[]): number {
  return plans.reduce((sum, plan) => sum + plan.actions.filter((action) => action.kind === 'delete').length, 0);
}
