import { digestOf } from '../spec/canonical.ts';
import { addCosts, NO_COST } from './cost.ts';
import type {
  Action,
  ActionCounts,
  ActorPlan,
  ActorPlanStatus,
  CategoryCounts,
  GuardResult,
  Plan,
  PlanSelection,
  PlanSource,
  PlanSummary,
  TypeSummary,
} from './plan.ts';

/** What a plan says besides its actors. */
export interface PlanHeader {
  readonly id: string;
  readonly createdAt: string;
  readonly source: PlanSource;
  readonly tool: string;
  readonly evaluator: string;
  readonly generator: string;
  readonly selection: PlanSelection;
}

/** Puts actor plans together into one plan with its sums and its digest. */
export function assemblePlan(header: PlanHeader, actorPlans: readonly ActorPlan[], guards: readonly GuardResult[]): Plan {
  const actors = [...actorPlans].sort((a, b) => compareText(a.actor, b.actor));
  const { id, createdAt, ...rest } = header;
  const body = { formatVersion: '1.0' as const, ...rest, summary: summarize(actors), guards, types: typesOf(actors), actors };
  return { ...body, id, createdAt, digest: digestOf(body) };
}

/** The digest that a plan should carry. Differs from `plan.digest` when somebody has edited the file. */
export function planDigest(plan: Plan): string {
  const { id: _id, createdAt: _createdAt, digest: _digest, ...body } = plan;
  return digestOf(body);
}

/** Whether applying the plan would do anything. */
export function hasChanges(plan: Plan): boolean {
  return plan.actors.some((actor) => actor.actions.length > 0);
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
    ...countActions(actors.flatMap((actor) => actor.actions)),
    cost: actors.map((actor) => actor.cost).reduce(addCosts, NO_COST),
  };
}

export function countActions(actions: readonly Action[]): ActionCounts {
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
      changed: members.filter((actor) => actor.actions.length > 0).length,
      ...countActions(members.flatMap((actor) => actor.actions)),
      categories: addCategories(members),
      cost: members.map((actor) => actor.cost).reduce(addCosts, NO_COST),
    }));
}

function addCategories(actors: readonly ActorPlan[]): CategoryCounts[] {
  const sums = new Map<string, CategoryCounts>();
  for (const counts of actors.flatMap((actor) => actor.categories)) {
    const so = sums.get(counts.category);
    sums.set(counts.category, {
      ...counts,
      before: (so?.before ?? 0) + counts.before,
      target: (so?.target ?? 0) + counts.target,
      after: (so?.after ?? 0) + counts.after,
    });
  }
  return [...sums.values()];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
