import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Observation } from '../../controller/observation/observation.ts';
import { allocate, type Share } from '../../controller/plan/allocate.ts';
import { isBalanced } from '../../controller/plan/decide-counts.ts';
import type { ActorPlan } from '../../controller/plan/plan.ts';
import { planActor } from '../../controller/plan/planner.ts';
import { openStandings, type Standing } from '../../controller/plan/standing.ts';
import type { Target } from '../../controller/spec/target.ts';
import { anyWorld, POLICY } from '../support/plan-arbitraries.ts';

const RUNS = { numRuns: Number(process.env.FC_RUNS ?? 250) };

describe('allocate', () => {
  test('agrees with trying every vector of counts', () => {
    const share = fc
      .record({ low: fc.nat(4), room: fc.nat(5), target: fc.nat(8), free: fc.nat(8), order: fc.boolean() })
      .map(
        ({ low, room, target, free, order }): Share => ({
          low,
          high: low + room,
          cost: (n) => {
            const [distance, paid] = [(n - target) ** 2, Math.max(0, n - free)];
            return order ? [distance, paid] : [paid, distance];
          },
        }),
      );
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 4 }), fc.nat(24), (shares, sum) => {
        const best = cheapest(
          vectors(shares).filter((counts) => total(counts) === sum),
          (counts) => addUp(counts.map((count, index) => shares[index]!.cost(count))),
        );
        const found = allocate(shares, sum);
        expect(found === undefined).toBe(best === undefined);
        if (found === undefined) return;
        expect(total(found)).toBe(sum);
        expect(addUp(found.map((count, index) => shares[index]!.cost(count)))).toEqual(best);
      }),
      RUNS,
    );
  });

  test('has no answer for bounds that contradict each other', () => {
    const cost = () => [0];
    expect(
      allocate(
        [
          { low: 2, high: 1, cost },
          { low: 0, high: 9, cost },
        ],
        4,
      ),
    ).toBeUndefined();
    expect(allocate([{ low: 2, high: 3, cost }], 1)).toBeUndefined();
    expect(allocate([{ low: 2, high: 3, cost }], 4)).toBeUndefined();
  });
});

describe('a plan out of balance', () => {
  test('`minimal` is the cheapest of all that end inside the tolerance: paid, then deletes, then nearness', () => {
    fc.assert(
      fc.property(anyWorld(), ({ observation, target }) => {
        compareWithAll({ ...target, rebalance: 'minimal' }, observation, (paid, deleted, distance) => [
          paid,
          deleted,
          distance,
        ]);
      }),
      RUNS,
    );
  });

  test('`exact` is the nearest to the exact counts of all that end inside the tolerance', () => {
    fc.assert(
      fc.property(anyWorld(), ({ observation, target }) => {
        compareWithAll({ ...target, rebalance: 'exact' }, observation, (paid, deleted, distance) => [
          distance,
          paid,
          deleted,
        ]);
      }),
      RUNS,
    );
  });
});

/** Tries every count of every category that pins, doubts, prompts and the tolerance allow, and prices each by what it would take. */
function compareWithAll(
  target: Target,
  observation: Observation,
  order: (paid: number, deleted: number, distance: number) => readonly number[],
): void {
  const plan = planActor(target, observation, POLICY);
  const standings = openStandings(target, observation);
  const foreign = plan.total.before - plan.unknown - total(standings.map(({ members }) => members));
  fc.pre(plan.unknown === 0 && !isBalanced(target, standings, { unknown: 0, foreign }));
  const shares = standings.map(
    (standing): Pick<Share, 'low' | 'high'> => ({
      low: Math.max(standing.band.low, standing.kept - standing.deletable.length),
      high: Math.min(
        standing.band.high,
        standing.target.prompts.length > 0 ? 99 : standing.kept + standing.admissible.length,
      ),
    }),
  );
  const best = cheapest(
    vectors(shares).filter((counts) => total(counts) + foreign === target.total),
    (counts) => priceOf(counts, standings, order),
  );
  expect(best !== undefined).toBe(plan.status === 'changes' || plan.status === 'balanced');
  if (best !== undefined) expect(realPrice(plan, order)).toEqual(best);
}

function priceOf(
  counts: readonly number[],
  standings: readonly Standing[],
  order: (...parts: [number, number, number]) => readonly number[],
) {
  const parts = counts.map((count, index) => {
    const { kept, admissible, target } = standings[index]!;
    return [
      Math.max(0, count - kept - admissible.length),
      Math.max(0, kept - count),
      (count - target.count) ** 2,
    ];
  });
  const [paid, deleted, distance] = addUp(parts);
  return order(paid!, deleted!, distance!);
}

/** Counted from the actions themselves. */
function realPrice(
  { actions, categories }: ActorPlan,
  order: (...parts: [number, number, number]) => readonly number[],
) {
  const paid = actions.filter(({ kind }) => kind === 'generate').length;
  const deleted = actions.filter(({ kind, reason }) => kind === 'delete' && reason === 'over-target').length;
  return order(paid, deleted, total(categories.map(({ after, target }) => (after - target) ** 2)));
}

function vectors(shares: readonly Pick<Share, 'low' | 'high'>[]): number[][] {
  return shares.reduce<number[][]>(
    (heads, { low, high }) =>
      heads.flatMap((head) =>
        Array.from({ length: Math.max(0, high - low + 1) }, (_, index) => [...head, low + index]),
      ),
    [[]],
  );
}

function cheapest(
  candidates: readonly number[][],
  price: (counts: number[]) => readonly number[],
): readonly number[] | undefined {
  return candidates.map(price).reduce<readonly number[] | undefined>((best, candidate) => {
    if (best === undefined) return candidate;
    const at = best.findIndex((value, index) => value !== candidate[index]);
    return at >= 0 && candidate[at]! < best[at]! ? candidate : best;
  }, undefined);
}

function addUp(costs: readonly (readonly number[])[]): number[] {
  return costs.reduce<number[]>((sums, cost) => cost.map((value, index) => value + (sums[index] ?? 0)), []);
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
