import { describe, expect, test } from 'vitest';
import { manyActors } from '../../tests/support/large-plan.ts';
import { checkGuards, type GuardPolicy } from './guards.ts';
import type { ActorPlan } from './plan.ts';
import { unplannedActor } from './unplanned.ts';

/** Deletes 3 of 23 images each. */
const OVER = manyActors(4, [16, 4, 3]);
/** Generates 2 pictures each, at $0.041 an attempt. */
const UNDER = manyActors(5, [13, 2, 3]);

describe('guards', () => {
  test('that are not set do not appear', () => {
    expect(checkGuards(OVER, {})).toEqual([]);
  });

  test.each([
    ['max-deletes', { maxDeletes: 12 }, { maxDeletes: 11 }],
    ['max-delete-share', { maxDeleteSharePercent: 14 }, { maxDeleteSharePercent: 13 }],
    ['min-usable', { minUsable: 20 }, { minUsable: 21 }],
  ] as const)('%s passes at its bound and denies beyond it', (name, enough, tooFew) => {
    expect(result(OVER, enough, name)).toBe('pass');
    expect(result(OVER, tooFew, name)).toBe('deny');
  });

  test('budget: denied by the estimate, warned of by the maximum, whichever bound is lower', () => {
    expect(result(UNDER, { budgetPerRunUsd: 2 }, 'budget')).toBe('pass');
    expect(result(UNDER, { budgetPerRunUsd: 1 }, 'budget')).toBe('warn');
    expect(result(UNDER, { budgetPerRunUsd: 0.4 }, 'budget')).toBe('deny');
    expect(result(UNDER, { budgetPerRunUsd: 2, budgetLeftTodayUsd: -1 }, 'budget')).toBe('deny');
  });

  test('an unknown price denies, under a name of its own', () => {
    const unpriced = UNDER.map((actor): ActorPlan => ({ ...actor, cost: { ...actor.cost, known: false } }));
    expect(
      checkGuards(unpriced, { budgetPerRunUsd: 1000 }).map(({ name, result }) => [name, result]),
    ).toEqual([['price', 'deny']]);
  });

  test('a category that loses images to a target of 0 denies', () => {
    const emptied = OVER.map(
      (actor): ActorPlan => ({
        ...actor,
        categories: actor.categories.map((c, index) => (index === 2 ? { ...c, target: 0, after: 0 } : c)),
      }),
    );
    expect(checkGuards(emptied, {})).toMatchObject([
      { name: 'target-zero', result: 'deny', actors: emptied.map(({ actor }) => actor) },
    ]);
  });

  test('an actor that loses its distribution is warned of', () => {
    const stray = [
      unplannedActor(
        { actor: 'a', type: 'x' },
        'unmanaged',
        { code: 'unmanaged', message: 'No distribution selects this actor.' },
        9,
      ),
      unplannedActor(
        { actor: 'b', type: 'x' },
        'unmanaged',
        { code: 'unmanaged', message: 'No distribution selects this actor.' },
        9,
      ),
    ];
    expect(checkGuards(stray, { formerlyManaged: new Set(['b']) })).toMatchObject([
      { result: 'warn', actors: ['b'] },
    ]);
    expect(checkGuards(stray, { formerlyManaged: new Set() })).toMatchObject([{ result: 'pass' }]);
  });

  test('evaluating most of the library anew is warned of, with its price', () => {
    expect(result(OVER, { unevaluated: { images: 46, costUsd: 1 } }, 're-evaluation')).toBe('pass');
    const [guard] = checkGuards(OVER, { unevaluated: { images: 47, costUsd: 0.5 } });
    expect(guard).toMatchObject({
      result: 'warn',
      message: '47 of 92 images are to be evaluated, for about $0.50',
    });
  });

  test('do not count what a suspended actor would lose', () => {
    const suspended = OVER.map((actor): ActorPlan => ({ ...actor, status: 'suspended' }));
    expect(result(suspended, { maxDeletes: 0 }, 'max-deletes')).toBe('pass');
  });

  test('hold for an empty plan and for actors that could not be planned', () => {
    const policy = { maxDeletes: 0, maxDeleteSharePercent: 0, minUsable: 10, budgetPerRunUsd: 0 };
    for (const plans of [
      [],
      [unplannedActor({ actor: 'a', type: 'x' }, 'error', { code: 'x', message: 'x' })],
    ]) {
      expect(checkGuards(plans, policy).every(({ result }) => result === 'pass')).toBe(true);
    }
  });
});

function result(plans: readonly ActorPlan[], policy: GuardPolicy, name: string) {
  return checkGuards(plans, policy).find((guard) => guard.name === name)?.result;
}
