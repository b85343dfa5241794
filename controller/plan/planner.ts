import { fingerprint as fingerprintOf } from '../observation/fingerprint.ts';
import type { Observation, ObservedImage } from '../observation/observation.ts';
import { digestOf } from '../spec/canonical.ts';
import type { CategoryTarget, Target } from '../spec/target.ts';
import { allocate, type Share } from './allocate.ts';
import { costOf } from './cost.ts';
import type { Action, ActorPlan, ActorPlanStatus, GenerateAttempt, PlanNote } from './plan.ts';
import { choosePrompts } from './prompts.ts';
import { compareForAdmission, compareForDeletion, isDeletable, isJudged, type JudgedImage } from './select.ts';
import { type Band, toleranceBand } from './tolerance.ts';

/** What a plan depends on besides desired and observed state. */
export interface PlanPolicy {
  /** US dollars a generated picture; undefined when nobody has written it down. */
  readonly generationUsd: number | undefined;
  /** US dollars to evaluate one new picture; undefined when unknown. */
  readonly evaluationUsd: number | undefined;
  /** Attempts for each generated picture. */
  readonly maxAttempts: number;
}

/** An action before it has an id. */
type Draft = Action extends infer A ? (A extends Action ? Omit<A, 'id'> : never) : never;

/** One category of one actor on its way to a decision. */
interface Standing {
  readonly target: CategoryTarget;
  readonly band: Band;
  /** Everything in the set that counts for it, bad or good. */
  readonly members: readonly JudgedImage[];
  /** Members that go whatever the counts say. */
  readonly condemned: readonly JudgedImage[];
  /** Members that remain candidates, in the order in which they would go. */
  readonly deletable: readonly JudgedImage[];
  /** Free ways to have one more, best first. */
  readonly admissible: readonly Draft[];
  /** Members that stay unless chosen for deletion. */
  readonly kept: number;
}

/**
 * Decides what to change for one actor. Same inputs give the same plan, byte for byte, whatever order images were listed in; performs
 * no IO and reads no clock.
 *
 * An actor is balanced when its total equals the target and every category is inside its tolerance; then nothing but the manifest's
 * dead entries is touched. Otherwise `exact` goes to the exact counts and `minimal` to the cheapest counts inside the tolerance.
 */
export function planActor(target: Target, observation: Observation, policy: PlanPolicy): ActorPlan {
  const seen = fingerprintOf(observation);
  const standings = target.categories.map((category) => openStanding(target, category, observation));
  const unknown = observation.images.filter((image) => !isJudged(image) && image.state !== 'unreadable').length;
  const unreadable = observation.images.filter((image) => image.state === 'unreadable').length;
  const foreign = observation.images.filter((image) => isJudged(image) && !target.categories.some((c) => c.name === image.category));
  const held = unknown + foreign.length;
  const decided = isBalanced(target, standings, held) ? standings.map((l) => l.kept) : decide(target, standings, held);

  const drafts: Draft[] = [
    ...observation.dangling.map(forget),
    ...standings.flatMap((standing, index) => admissions(standing, decided[index]!)),
    ...standings.flatMap((standing, index) => generations(standing, decided[index]!, observation, policy, seen)),
    ...standings.flatMap((standing, index) => deletions(standing, decided[index]!)),
  ];
  const actions = drafts.sort(byPhase).map((draft, index) => ({ id: actionId(seen, draft, index), ...draft }) as Action);
  const categories = standings.map((standing, index) => ({
    category: standing.target.name,
    title: standing.target.title,
    before: standing.members.length,
    target: standing.target.count,
    after: decided[index]!,
  }));
  const total = {
    before: sum(standings.map((l) => l.members.length)) + held,
    target: target.total,
    after: sum(decided) + held,
  };
  const notes = [...observation.problems.map(asNote), ...reachNotes(target, standings, decided, held, foreign)];
  return {
    actor: observation.actor,
    ...(observation.name === undefined ? {} : { name: observation.name }),
    type: observation.type,
    status: statusOf(target, standings, decided, total, unknown, actions),
    distribution: target.distribution,
    fingerprint: seen,
    targetDigest: digestOf(target),
    total,
    categories,
    unknown,
    unreadable,
    actions,
    notes,
    cost: costOf(actions, policy),
  };
}

function openStanding(target: Target, category: CategoryTarget, observation: Observation): Standing {
  const members = observation.images.filter(isJudged).filter((image) => image.category === category.name);
  const condemned = members.filter((image) => isDeletable(image) && isBad(image, target.qualityMinimum)).sort(compareForDeletion);
  const rest = members.filter((image) => !condemned.includes(image));
  return {
    target: category,
    band: toleranceBand(target, category),
    members,
    condemned,
    deletable: rest.filter(isDeletable).sort(compareForDeletion),
    admissible: [...adoptable(target, category, observation), ...restorable(target, category, observation)],
    kept: rest.length,
  };
}

function isBad(image: { readonly quality?: number; readonly rejected?: string }, minimum: number | undefined): boolean {
  return image.rejected !== undefined || (minimum !== undefined && (image.quality ?? 0) < minimum);
}

function adoptable(target: Target, category: CategoryTarget, observation: Observation): Draft[] {
  const present = new Set(observation.images.map((image) => image.digest));
  return observation.orphans
    .filter(isJudged)
    .filter((image) => image.state === 'usable' && image.category === category.name && !isBad(image, target.qualityMinimum))
    .filter((image) => image.duplicateOf === undefined && !present.has(image.digest))
    .sort(compareForAdmission)
    .map((image) => ({ kind: 'adopt' as const, reason: 'under-target' as const, ...factsOf(image) }));
}

function restorable(target: Target, category: CategoryTarget, observation: Observation): Draft[] {
  const present = new Set([...observation.images, ...observation.orphans].map((image) => image.digest));
  const seen = new Set<string>();
  return observation.trash
    .filter((image) => image.restorable && image.category === category.name && image.quality !== undefined)
    .filter((image) => !isBad({ quality: image.quality! }, target.qualityMinimum) && !present.has(image.digest))
    .sort(compareForAdmission)
    .filter((image) => !seen.has(image.digest) && seen.add(image.digest))
    .map((image) => ({
      kind: 'restore' as const,
      reason: 'under-target' as const,
      trashId: image.id,
      image: image.image,
      digest: image.digest,
      category: category.name,
      quality: image.quality!,
    }));
}

/**
 * Balanced: the total is the target and every category is inside its band, when the images nobody knows are counted where they are
 * needed most. Images that have to go are not part of it.
 */
function isBalanced(target: Target, standings: readonly Standing[], held: number): boolean {
  if (standings.some((standing) => standing.condemned.length > 0)) return false;
  if (sum(standings.map((standing) => standing.kept)) + held !== target.total) return false;
  const short = sum(standings.map(({ kept, band }) => Math.max(0, band.low - kept)));
  return short <= held && standings.every(({ kept, band }) => kept <= band.high);
}

/** The counts to end at, category by category. */
function decide(target: Target, standings: readonly Standing[], held: number): number[] {
  const shares = standings.map((standing): Share => {
    const low = standing.kept - standing.deletable.length;
    const free = standing.kept + standing.admissible.length;
    const outside = (n: number) => Math.max(0, standing.band.low - n) + Math.max(0, n - standing.band.high);
    const deviation = (n: number) => (n - standing.target.count) ** 2;
    const paid = (n: number) => Math.max(0, n - free);
    const lost = (n: number) => Math.max(0, standing.kept - n);
    return {
      low,
      high: standing.target.prompts.length > 0 ? Number.POSITIVE_INFINITY : Math.max(low, free),
      cost:
        target.rebalance === 'minimal'
          ? (n) => [outside(n), paid(n), lost(n), deviation(n)]
          : (n) => [deviation(n), paid(n), lost(n)],
    };
  });
  const least = sum(shares.map((share) => share.low));
  const most = sum(shares.map((share) => share.high));
  return allocate(shares, Math.min(most, Math.max(least, target.total - held)))!;
}

function admissions(standing: Standing, count: number): Draft[] {
  return standing.admissible.slice(0, Math.max(0, count - standing.kept));
}

function generations(standing: Standing, count: number, observation: Observation, policy: PlanPolicy, salt: string): Draft[] {
  const missing = count - standing.kept - standing.admissible.length;
  if (missing <= 0) return [];
  const slots = choosePrompts({
    actor: observation.actor,
    category: standing.target.name,
    prompts: standing.target.prompts,
    used: usedPrompts(observation),
    count: missing,
    attempts: policy.maxAttempts,
    salt,
  });
  return slots.map((attempts: readonly GenerateAttempt[]) => ({
    kind: 'generate' as const,
    reason: 'under-target' as const,
    category: standing.target.name,
    attempts,
    ...(policy.generationUsd === undefined ? {} : { priceUsd: policy.generationUsd }),
  }));
}

function deletions(standing: Standing, count: number): Draft[] {
  const excess = standing.deletable.slice(0, Math.max(0, standing.kept - count));
  return [
    ...standing.condemned.map((image) => ({
      kind: 'delete' as const,
      reason: image.rejected === undefined ? ('below-quality-minimum' as const) : ('rejected' as const),
      ...factsOf(image),
    })),
    ...excess.map((image) => ({ kind: 'delete' as const, reason: 'over-target' as const, ...factsOf(image) })),
  ];
}

function forget(entry: { readonly image: string; readonly why: 'missing' | 'repeated' }): Draft {
  return { kind: 'forget', reason: entry.why === 'missing' ? 'object-missing' : 'entry-repeated', image: entry.image };
}

function usedPrompts(observation: Observation): Map<number, number> {
  const used = new Map<number, number>();
  for (const { promptNumber } of observation.images) {
    if (promptNumber !== undefined) used.set(promptNumber, (used.get(promptNumber) ?? 0) + 1);
  }
  return used;
}

function factsOf(image: JudgedImage) {
  return { image: image.image, digest: image.digest, category: image.category, quality: image.quality };
}

const PHASES: readonly Action['kind'][] = ['forget', 'adopt', 'restore', 'generate', 'delete'];

/** The order of an apply: first what is free and safe, deletes last. Stable within a phase. */
function byPhase(a: Draft, b: Draft): number {
  return PHASES.indexOf(a.kind) - PHASES.indexOf(b.kind);
}

function actionId(seen: string, draft: Draft, index: number): string {
  return `${draft.kind}-${digestOf([seen, draft, index]).slice(0, 12)}`;
}

function statusOf(
  target: Target,
  standings: readonly Standing[],
  decided: readonly number[],
  total: ActorPlan['total'],
  unknown: number,
  actions: readonly Action[],
): ActorPlanStatus {
  if (target.suspended !== undefined) return 'suspended';
  if (unknown > 0) return 'incomplete';
  const outside = standings.some(({ band }, index) => decided[index]! < band.low || decided[index]! > band.high);
  if (outside || total.after !== target.total) return 'unreachable';
  return actions.length > 0 ? 'changes' : 'balanced';
}

/** Says why a target stays out of reach. */
function reachNotes(
  target: Target,
  standings: readonly Standing[],
  decided: readonly number[],
  held: number,
  foreign: readonly ObservedImage[],
): PlanNote[] {
  const notes: PlanNote[] = foreign.map(({ image, category }) => ({
    code: 'foreign-category',
    image,
    message: `${image} is of category "${category}", which distribution "${target.distribution}" does not mention; it is kept and holds a slot.`,
  }));
  standings.forEach((standing, index) => {
    const { name, count, prompts } = standing.target;
    const fixed = standing.kept - standing.deletable.length;
    if (decided[index]! > standing.band.high && fixed > standing.band.high) {
      notes.push({
        code: 'protected-excess',
        message: `${fixed} images of "${name}" are pinned or uncertain, which is more than its target of ${count}. Unpin or relabel some, or raise the target.`,
      });
    }
    if (decided[index]! < standing.band.low && prompts.length === 0) {
      notes.push({
        code: 'no-prompts',
        message: `"${name}" needs ${count} images and has no prompt to generate them from. Add prompts of this category to the prompt library.`,
      });
    }
  });
  if (sum(decided) + held > target.total) {
    notes.push({
      code: 'total-unreachable',
      message: `${sum(decided) + held} images cannot be deleted (pinned, uncertain, unknown or of another category); the target is ${target.total}.`,
    });
  }
  return notes;
}

function asNote({ code, image, message }: { code: string; image?: string; message: string }): PlanNote {
  return image === undefined ? { code, message } : { code, message, image };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
