import { pendingCost } from './cost.ts';
import { type ActorPlan, type CostEstimate, type GuardResult, pendingActions } from './plan.ts';

/** Bounds on what one plan may do. Absent: no bound. */
export interface GuardPolicy {
  /** Deletes in one plan. */
  readonly maxDeletes?: number;
  /** Deletes as a percentage of the images seen. */
  readonly maxDeleteSharePercent?: number;
  /** What earlier plans of the same day or change have done: counted as if it were part of this one. */
  readonly already?: { readonly deletes: number; readonly spentUsd: number };
  /** Images of a known category that an actor must keep. */
  readonly minUsable?: number;
  /** US dollars a run may spend. */
  readonly budgetPerRunUsd?: number;
  /** US dollars left for today. */
  readonly budgetLeftTodayUsd?: number;
  /** Actors that a distribution matched before this change of the specs. */
  readonly formerlyManaged?: ReadonlySet<string>;
  /** What evaluating the images that this evaluator has not seen would take; it is spent by planning, not by the plan. */
  readonly unevaluated?: { readonly images: number; readonly costUsd: number | undefined };
}

type Guard = (plans: readonly ActorPlan[], policy: GuardPolicy) => GuardResult | undefined;

const GUARDS: readonly Guard[] = [
  maxDeletes,
  maxDeleteShare,
  minUsable,
  targetZero,
  distributionRemoved,
  reEvaluation,
  price,
  budget,
];

/** Checks a whole plan against its guards. Every guard that is set appears in the result, passed or not, in a fixed order. */
export function checkGuards(plans: readonly ActorPlan[], policy: GuardPolicy): GuardResult[] {
  return GUARDS.map((guard) => guard(plans, policy)).filter((result) => result !== undefined);
}

function maxDeletes(
  plans: readonly ActorPlan[],
  { maxDeletes: limit, already }: GuardPolicy,
): GuardResult | undefined {
  if (limit === undefined) return undefined;
  const deletes = countDeletes(plans);
  const earlier = already?.deletes ?? 0;
  const message =
    earlier === 0
      ? `${count(deletes, 'delete')}, at most ${limit} allowed in one plan`
      : `${count(deletes, 'delete')} after ${earlier} in the last 24 hours, at most ${limit} allowed together`;
  return judge('max-deletes', deletes === 0 || deletes + earlier <= limit, message);
}

function maxDeleteShare(
  plans: readonly ActorPlan[],
  { maxDeleteSharePercent: limit, already }: GuardPolicy,
): GuardResult | undefined {
  if (limit === undefined) return undefined;
  const earlier = already?.deletes ?? 0;
  const images = plans.reduce((sum, plan) => sum + plan.total.before, 0) + earlier;
  const deletes = countDeletes(plans);
  const share = images === 0 ? 0 : (100 * (deletes + earlier)) / images;
  const counted = earlier === 0 ? '' : `, ${earlier} deleted in the last 24 hours included`;
  const message = `${deletes} of ${count(images, 'image')} would be deleted (${share.toFixed(1)} %${counted}), at most ${limit} % allowed`;
  return judge('max-delete-share', deletes === 0 || share <= limit, message);
}

function minUsable(plans: readonly ActorPlan[], { minUsable: limit }: GuardPolicy): GuardResult | undefined {
  if (limit === undefined) return undefined;
  const usable = (plan: ActorPlan) => plan.categories.reduce((sum, { after }) => sum + after, 0);
  const actors = plans
    .filter((plan) => countDeletes([plan]) > 0 && usable(plan) < limit)
    .map(({ actor }) => actor);
  const message =
    actors.length === 0
      ? `every actor that loses an image keeps at least ${limit}`
      : `actors that would lose images and keep fewer than ${limit}: ${actors.length}`;
  return judge('min-usable', actors.length === 0, message, actors);
}

/** A category that loses all its images is more often a slip in a spec than a wish. */
function targetZero(plans: readonly ActorPlan[]): GuardResult | undefined {
  const emptied = (plan: ActorPlan) =>
    plan.categories.some(({ before, target, after }) => target === 0 && after < before);
  const actors = plans.filter((plan) => countDeletes([plan]) > 0 && emptied(plan)).map(({ actor }) => actor);
  if (actors.length === 0) return undefined;
  return judge(
    'target-zero',
    false,
    `actors that lose images of a category whose target is 0: ${actors.length}`,
    actors,
  );
}

/** Nothing is deleted for want of a distribution, but somebody may not have meant it. */
function distributionRemoved(
  plans: readonly ActorPlan[],
  { formerlyManaged }: GuardPolicy,
): GuardResult | undefined {
  if (formerlyManaged === undefined) return undefined;
  const actors = plans
    .filter(({ status, actor }) => status === 'unmanaged' && formerlyManaged.has(actor))
    .map(({ actor }) => actor);
  if (actors.length === 0)
    return { name: 'distribution-removed', result: 'pass', message: 'no actor loses its distribution' };
  const message = `actors that no distribution matches any more: ${actors.length}; they are left as they are`;
  return { name: 'distribution-removed', result: 'warn', message, actors };
}

/** A change of taxonomy or evaluator makes every evaluation out of date: worth a look before it is paid for. */
function reEvaluation(plans: readonly ActorPlan[], { unevaluated }: GuardPolicy): GuardResult | undefined {
  if (unevaluated === undefined) return undefined;
  const images = plans.reduce((sum, plan) => sum + plan.total.before, 0);
  const cost =
    unevaluated.costUsd === undefined ? 'at an unknown price' : `for about ${usd(unevaluated.costUsd)}`;
  const message = `${unevaluated.images} of ${count(images, 'image')} ${unevaluated.images === 1 ? 'is' : 'are'} to be evaluated, ${cost}`;
  return { name: 're-evaluation', result: unevaluated.images * 2 > images ? 'warn' : 'pass', message };
}

/** Apart from `budget`: a person may lift a budget, but nobody can lift not knowing what is spent. */
function price(plans: readonly ActorPlan[]): GuardResult | undefined {
  if (pendingCost(plans).known) return undefined;
  return judge(
    'price',
    false,
    'the price of a picture is not known: write spec.generator.priceUsd in the Library',
  );
}

function budget(plans: readonly ActorPlan[], policy: GuardPolicy): GuardResult | undefined {
  const { budgetPerRunUsd: perRun, budgetLeftTodayUsd, already } = policy;
  const leftOfRun = perRun === undefined ? undefined : perRun - (already?.spentUsd ?? 0);
  const limits = [leftOfRun, budgetLeftTodayUsd].filter((limit) => limit !== undefined);
  const cost: CostEstimate = pendingCost(plans);
  if (limits.length === 0 || !cost.known) return undefined;
  const limit = Math.max(0, Math.min(...limits));
  const message = `${usd(cost.estimateUsd)} estimated (${usd(cost.maximumUsd)} at most), ${usd(limit)} allowed`;
  if (cost.estimateUsd > limit) return judge('budget', false, message);
  return { name: 'budget', result: cost.maximumUsd > limit ? 'warn' : 'pass', message };
}

function judge(name: string, passed: boolean, message: string, actors: readonly string[] = []): GuardResult {
  return { name, result: passed ? 'pass' : 'deny', message, ...(actors.length === 0 ? {} : { actors }) };
}

function countDeletes(plans: readonly ActorPlan[]): number {
  return plans.flatMap(pendingActions).filter(({ kind }) => kind === 'delete').length;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function usd(amount: number): string {
  return `$${amount.toFixed(2)}`;
}
