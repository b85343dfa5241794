import { expect, test } from 'vitest';
import { planned, TARGET } from '../../tests/support/plan-actors.ts';
import { compareWithBase } from './base-effect.ts';
import type { ActorPlan } from './plan.ts';

const SOURCE = { revision: 'main@sha1:00', specDigest: 'b'.repeat(64) };
const wider = { ...TARGET, tolerance: { unit: 'points' as const, value: 60 } };
const smaller = {
  ...TARGET,
  total: 3,
  categories: TARGET.categories.map((category) => ({ ...category, count: category.count / 2 })),
};

function effectOf(head: ActorPlan, base: ActorPlan | undefined) {
  const { actors } = compareWithBase(SOURCE, [head], new Map([[head.actor, base]]));
  return actors.map(({ effect, without }) => [effect, without?.delete, without?.generate]);
}

test('the same is done without the change: drift, though the target is another', () => {
  expect(effectOf(planned('1', 6, 2), planned('1', 6, 2))).toEqual([['drift', 2, 0]]);
  expect(
    effectOf(planned('1', 6, 2, { target: { ...TARGET, distribution: 'renamed' } }), planned('1', 6, 2)),
  ).toEqual([['drift', 2, 0]]);
});

test('something else, or nothing, would be done without the change', () => {
  expect(effectOf(planned('1', 6, 2, { target: smaller }), planned('1', 6, 2))).toEqual([
    ['changed-by-this', 2, 0],
  ]);
  expect(effectOf(planned('1', 4, 2, { target: smaller }), planned('1', 4, 2))).toEqual([
    ['changed-by-this', 0, 0],
  ]);
});

test('the change settles what was out of balance', () => {
  const base = planned('1', 5, 1);
  const head = planned('1', 5, 1, { target: wider });
  expect(base.actions.length).toBeGreaterThan(0);
  expect(effectOf(head, base).map(([effect]) => effect)).toEqual(['settled']);
});

test('without a plan to compare with, what is done counts as done by the change', () => {
  expect(effectOf(planned('1', 6, 2), undefined)).toEqual([['changed-by-this', undefined, undefined]]);
  expect(effectOf(planned('1', 4, 2), undefined)).toEqual([]);
});

test('nothing to do before and after is not mentioned; suspended actors do nothing', () => {
  expect(effectOf(planned('1', 4, 2), planned('1', 4, 2))).toEqual([]);
  const suspended = { ...TARGET, suspended: { reason: 'training' } };
  expect(
    effectOf(planned('1', 6, 2, { target: suspended }), planned('1', 6, 2, { target: suspended })),
  ).toEqual([]);
});
