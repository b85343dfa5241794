import { assemblePlan, type PlanHeader } from '../../controller/plan/assemble.ts';
import { checkGuards } from '../../controller/plan/guards.ts';
import type { ActorPlan, Plan } from '../../controller/plan/plan.ts';

/** A header that is the same in every test. */
export const HEADER: PlanHeader = {
  id: 'plan-20261122-190000-abcd',
  createdAt: '2026-11-22T19:00:00.000Z',
  source: {
    kind: 'git',
    revision: 'main@sha1:0123456789abcdef0123456789abcdef01234567',
    specDigest: 'a'.repeat(64),
  },
  tool: '0.1.0',
  evaluator: 'local/1',
  generator: 'replicate/flux-kontext-pro',
  selection: { refresh: true },
};

/** A plan of these actors with the guards that a library has by default. */
export function planOf(actors: readonly ActorPlan[], header: Partial<PlanHeader> = {}): Plan {
  const guards = checkGuards(actors, {
    maxDeletes: 200,
    maxDeleteSharePercent: 50,
    minUsable: 10,
    budgetPerRunUsd: 25,
  });
  return assemblePlan({ ...HEADER, ...header }, actors, guards);
}
