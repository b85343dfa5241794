import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ActionKind, ActorPlanStatus, PlanSummary } from '../plan/plan.ts';
import { planExitCode, planOutcome, planSummaryLine } from './plan-outcome.ts';

const STATUSES: readonly ActorPlanStatus[] = [
  'balanced',
  'changes',
  'unreachable',
  'incomplete',
  'suspended',
  'unmanaged',
  'error',
];

test.each([
  [
    'changes',
    {
      generate: 12,
      restore: 2,
      adopt: 1,
      delete: 9,
      forget: 3,
      cost: cost(0.48, 1.44),
      changes: 4,
      balanced: 285,
    },
    'Plan: 12 to generate, 2 to restore, 1 to adopt, 9 to delete, 3 to forget. Cost: $0.48 (at most $1.44).',
    [0, 2],
  ],
  ['no-changes', { balanced: 289 }, 'No changes. 289 actors are balanced.', [0, 0]],
  ['no-changes', { balanced: 1 }, 'No changes. 1 actor is balanced.', [0, 0]],
  [
    'no-changes',
    { balanced: 3, suspended: 1, unmanaged: 2 },
    'No changes. 3 actors are balanced; 1 suspended, 2 unmanaged.',
    [0, 0],
  ],
  ['no-changes', {}, 'No changes. There are no actors.', [0, 0]],
  [
    'no-changes',
    { balanced: 3, unreachable: 1 },
    'Nothing to apply. Not in order: 1 unreachable. 3 actors are balanced.',
    [0, 0],
  ],
  [
    'undetermined',
    { balanced: 3, incomplete: 2 },
    'Nothing to apply. Not in order: 2 incomplete. 3 actors are balanced.',
    [0, 1],
  ],
  [
    'error',
    { balanced: 3, error: 1 },
    'Nothing to apply. Not in order: 1 error. 3 actors are balanced.',
    [1, 1],
  ],
  [
    'error',
    { delete: 2, changes: 1, error: 1 },
    'Plan: 0 to generate, 0 to restore, 0 to adopt, 2 to delete, 0 to forget. Cost: $0. Not in order: 1 error.',
    [1, 1],
  ],
  [
    'changes',
    { generate: 1, changes: 1, incomplete: 1, cost: { estimateUsd: 0, maximumUsd: 0, known: false } },
    'Plan: 1 to generate, 0 to restore, 0 to adopt, 0 to delete, 0 to forget. Cost: unknown. Not in order: 1 incomplete.',
    [0, 2],
  ],
] as const)('%s: %j', (outcome, wishes, line, [code, detailedCode]) => {
  const plan = { summary: summary(wishes) };
  expect(planOutcome(plan)).toBe(outcome);
  expect(planSummaryLine(plan)).toBe(line);
  expect(planExitCode(plan, { detailed: false })).toBe(code);
  expect(planExitCode(plan, { detailed: true })).toBe(detailedCode);
});

test('text and exit code never contradict each other', () => {
  const count = fc.constantFrom(0, 0, 1, 7);
  const wishes = fc.record({ generate: count, restore: count, adopt: count, delete: count, forget: count });
  const statuses = fc.record(Object.fromEntries(STATUSES.map((status) => [status, count])));
  fc.assert(
    fc.property(wishes, statuses, (actions, byStatus) => {
      const plan = { summary: summary({ ...actions, ...byStatus }) };
      const [line, code] = [planSummaryLine(plan), planExitCode(plan, { detailed: true })];
      if (line.startsWith('No changes')) expect(code).toBe(0);
      if (code === 2) expect(line).toMatch(/^Plan: /);
      if (code === 1) expect(line).toContain('Not in order');
      if (code === 0) expect(line).not.toMatch(/^Plan: /);
    }),
  );
});

type Wishes = { readonly [name in ActionKind | ActorPlanStatus]?: number } & {
  readonly cost?: PlanSummary['cost'];
};

function summary({ cost: price = cost(0, 0), ...counts }: Wishes): PlanSummary {
  const of = (name: ActionKind | ActorPlanStatus) => counts[name] ?? 0;
  const byStatus = Object.fromEntries(
    STATUSES.map((status) => [status, of(status)]),
  ) as PlanSummary['byStatus'];
  const actions = {
    adopt: of('adopt'),
    forget: of('forget'),
    restore: of('restore'),
    generate: of('generate'),
    delete: of('delete'),
  };
  return {
    ...actions,
    byStatus,
    actors: Object.values(byStatus).reduce((sum, n) => sum + n, 0),
    images: 0,
    cost: price,
  };
}

function cost(estimateUsd: number, maximumUsd: number): PlanSummary['cost'] {
  return { estimateUsd, maximumUsd, known: true };
}
