import { digestOf } from '../spec/canonical.ts';
import { pendingCost } from './cost.ts';
import type {
  Action,
  ActionCounts,
  ActorPlan,
  ActorPlanStatus,
  CategoryCounts,
  GuardResult,
  Plan,
  PlanBase,
  PlanSelection,
  PlanSource,
  PlanSummary,
  TypeSummary,
} from './plan.ts';
import { pendingActions } from './plan.ts';
import { compareText } from './select.ts';

/** What a plan says besides its actors. */
export interface PlanHeader {
  readonly id: string;
  readonly createdAt: string;
  readonly source: PlanSource;
  readonly tool: string;
  readonly evaluator: string;
  readonly generator: string;
  readonly selection: PlanSelection;
  readonly base?: PlanBase;
}

/** Puts actor plans together into one plan with its sums and its digest. */
export function assemblePlan(
  header: PlanHeader,
  actorPlans: readonly ActorPlan[],
  guards: readonly GuardResult[],
): Plan {
  const actors = actorPlans.toSorted((a, b) => compareText(a.actor, b.actor));
  const { id, createdAt, ...rest } = header;
  const body = { ...rest, summary: summarize(actors), guards, types: typesOf(actors), actors };
  const plan = { formatVersion: '1.0' as const, id, createdAt, digest: '', ...body };
  return { ...plan, digest: planDigest(plan) };
}

/**
 * The digest that a plan should carry: SHA-256 over the canonical JSON of everything but `id`, `createdAt` and `digest`, where every
 * actor is represented by its own digest, so that a large plan never becomes one large string. Differs from `plan.digest` when somebody
 * has edited the file.
 */
export function planDigest(plan: Plan): string {
  const { id: _id, createdAt: _createdAt, digest: _digest, actors, ...body } = plan;
  return digestOf({ ...body, actors: actors.map(actorDigest) });
}

/** Of actor plans made in this process, which nobody can have edited. */
const knownDigests = new WeakMap<ActorPlan, string>();

/** The digest of one actor's part of a plan. */
export function actorDigest(actor: ActorPlan): string {
  return knownDigests.get(actor) ?? digestOf(actor);
}

/** Takes a digest for known, so that it is not computed again. */
export function noteDigest(actor: ActorPlan, digest: string): void {
  knownDigests.set(actor, digest);
}

function summarize(actors: readonly ActorPlan[]): PlanSummary {
  const byStatus: Record<ActorPlanStatus, number> = {
    balanced: 0,
    changes: 0,
    unreachable: 0,
    incomplete: 0,
    suspended: 0,
    unmanaged: 0,
    error: 0,
  };
  for (const actor of actors) byStatus[actor.status] += 1;
  return {
    actors: actors.length,
    images: actors.reduce((sum, actor) => sum + actor.total.before, 0),
    byStatus,
    ...countActions(actors.flatMap(pendingActions)),
    cost: pendingCost(actors),
  };
}

function countActions(actions: readonly Action[]): ActionCounts {
  const counts = { adopt: 0, forget: 0, restore: 0, generate: 0, delete: 0 };
  for (const action of actions) counts[action.kind] += 1;
  return counts;
}

function typesOf(actors: readonly ActorPlan[]): TypeSummary[] {
  const groups = Map.groupBy(
    actors.filter((actor) => actor.distribution !== undefined),
    (actor) => actor.type,
  );
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([type, members]) => ({
      type,
      actors: members.length,
      changed: members.filter((actor) => pendingActions(actor).length > 0).length,
      ...countActions(members.flatMap(pendingActions)),
      categories: addCategories(members),
      cost: pendingCost(members),
    }));
}

function addCategories(actors: readonly ActorPlan[]): CategoryCounts[] {
  const sums = new Map<string, CategoryCounts>();
  for (const counts of actors.flatMap((actor) => actor.categories)) {
    const { category, title } = counts;
    const so = sums.get(category);
    sums.set(category, {
      category,
      title,
      before: (so?.before ?? 0) + counts.before,
      target: (so?.target ?? 0) + counts.target,
      after: (so?.after ?? 0) + counts.after,
    });
  }
  return [...sums.values()];
}
