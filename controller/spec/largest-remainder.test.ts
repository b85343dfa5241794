import fc from 'fast-check';
import { expect, test } from 'vitest';
import { largestRemainder } from './largest-remainder.ts';

const shares = fc.array(
  fc.integer({ min: 0, max: 10_000 }).map((n) => n / 100),
  { minLength: 1, maxLength: 8 },
);
const positive = shares.filter((list) => list.some((share) => share > 0));
const total = fc.integer({ min: 0, max: 500 });

test.each([
  [[65, 20, 15], 20, [13, 4, 3]],
  [[50, 50], 3, [2, 1]],
  [[33.3, 33.3, 33.3], 20, [7, 7, 6]],
  [[0, 100], 5, [0, 5]],
  [[1e-7, 100], 3, [0, 3]],
  [[0.1, 0.2, 0.7], 10, [1, 2, 7]],
])('%j of %d is %j', (given, sum, expected) => {
  expect(largestRemainder(given, sum)).toEqual(expected);
});

test('counts sum to the total, and each is less than one from its quota', () => {
  fc.assert(
    fc.property(positive, total, (given, sum) => {
      const counts = largestRemainder(given, sum);
      const all = given.reduce((a, b) => a + b, 0);

      expect(counts.reduce((a, b) => a + b, 0)).toBe(sum);
      for (const [index, count] of counts.entries()) {
        expect(Math.abs(count - (given[index]! * sum) / all)).toBeLessThan(1 + 1e-9);
      }
    }),
  );
});

test('a larger share never gets fewer, and nothing gets nothing', () => {
  fc.assert(
    fc.property(positive, total, (given, sum) => {
      const counts = largestRemainder(given, sum);

      given.forEach((share, i) => {
        if (share === 0) expect(counts[i]).toBe(0);
        given.forEach((other, j) => {
          if (share > other) expect(counts[i]).toBeGreaterThanOrEqual(counts[j]!);
        });
      });
    }),
  );
});

test('only proportions count', () => {
  fc.assert(
    fc.property(positive, total, fc.integer({ min: 1, max: 9 }), (given, sum, factor) => {
      const scaled = given.map((share) => Math.round(share * 100 * factor));

      expect(largestRemainder(scaled, sum)).toEqual(largestRemainder(given, sum));
    }),
  );
});

test.each([[[]], [[0, 0]], [[-1, 2]], [[Number.NaN]], [[Number.POSITIVE_INFINITY]]])(
  'refuses %j',
  (given) => {
    expect(() => largestRemainder(given, 5)).toThrow(RangeError);
  },
);
