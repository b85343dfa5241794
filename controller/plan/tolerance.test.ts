import fc from 'fast-check';
import { expect, test } from 'vitest';
import { largestRemainder } from '../spec/largest-remainder.ts';
import type { Target, Tolerance } from '../spec/target.ts';
import { toleranceBand } from './tolerance.ts';

test.each([
  [
    '10 percentage points of 20 are two images',
    { unit: 'points', value: 10 },
    [
      [11, 15],
      [2, 6],
      [1, 5],
    ],
  ],
  [
    '10 percent of the share leave small categories no slack',
    { unit: 'percent', value: 10 },
    [
      [12, 14],
      [4, 4],
      [3, 3],
    ],
  ],
  [
    'images count from the exact count',
    { unit: 'images', value: 1 },
    [
      [12, 14],
      [3, 5],
      [2, 4],
    ],
  ],
  [
    'none',
    { unit: 'points', value: 0 },
    [
      [13, 13],
      [4, 4],
      [3, 3],
    ],
  ],
  [
    'all of it',
    { unit: 'points', value: 100 },
    [
      [0, 20],
      [0, 20],
      [0, 20],
    ],
  ],
] as const)('%s', (_, tolerance, bands) => {
  expect(bandsOf([65, 20, 15], 20, tolerance)).toEqual(bands.map(([low, high]) => ({ low, high })));
});

test('binary fractions push no count out: 15 % of 20 with 5 points are exactly 2 to 4', () => {
  expect(bandsOf([70, 15, 15], 20, { unit: 'points', value: 5 })[1]).toEqual({ low: 2, high: 4 });
  expect(bandsOf([33.3, 33.3, 33.4], 1000, { unit: 'points', value: 0.3 })[0]).toEqual({
    low: 330,
    high: 336,
  });
});

test('the exact counts are always inside, and no band leaves 0 to the total', () => {
  const unit = fc.constantFrom('points', 'percent', 'images');
  fc.assert(
    fc.property(
      fc.array(fc.nat(100), { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 200 }),
      unit,
      fc.nat(30),
      (weights, total, unit, value) => {
        fc.pre(weights.some((weight) => weight > 0));
        const counts = largestRemainder(weights, total);
        bandsOf(weights, total, { unit, value }).forEach(({ low, high }, index) => {
          expect(low).toBeGreaterThanOrEqual(0);
          expect(high).toBeLessThanOrEqual(total);
          expect(low).toBeLessThanOrEqual(counts[index]!);
          expect(high).toBeGreaterThanOrEqual(counts[index]!);
        });
      },
    ),
  );
});

function bandsOf(weights: readonly number[], total: number, tolerance: Tolerance) {
  const counts = largestRemainder(weights, total);
  const sum = weights.reduce((a, b) => a + b, 0);
  const categories = weights.map((weight, index) => {
    return {
      name: String(index),
      title: '',
      description: '',
      share: (100 * weight) / sum,
      count: counts[index]!,
      prompts: [],
    };
  });
  const target: Target = {
    distribution: 'd',
    taxonomy: 't',
    total,
    categories,
    tolerance,
    rebalance: 'exact',
    qualityMinimum: undefined,
    suspended: undefined,
  };
  return categories.map((category) => toleranceBand(target, category));
}
