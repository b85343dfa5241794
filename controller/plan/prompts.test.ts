import fc from 'fast-check';
import { expect, test } from 'vitest';
import { choosePrompts, type PromptRequest } from './prompts.ts';

const REQUEST: PromptRequest = {
  actor: '0042',
  category: 'bw_stylized',
  prompts: Array.from({ length: 11 }, (_, index) => ({ number: 16 + index, text: `ink ${index}` })),
  used: new Map(),
  count: 4,
  attempts: 3,
  salt: 'fingerprint',
};

test('the same request gives the same orders', () => {
  expect(choosePrompts(REQUEST)).toEqual(choosePrompts(REQUEST));
});

test('actors do not all begin with the same prompt', () => {
  const first = (actor: string) => choosePrompts({ ...REQUEST, actor })[0]![0]!.promptNumber;
  expect(new Set(Array.from({ length: 40 }, (_, index) => first(String(index)))).size).toBeGreaterThan(5);
});

test('prompts that the actor has already come last', () => {
  const used = new Map([16, 17, 18, 19, 20, 21, 22].map((number) => [number, 1]));
  const numbers = choosePrompts({ ...REQUEST, used }).map(([first]) => first!.promptNumber);
  expect(numbers.toSorted()).toEqual([23, 24, 25, 26]);
});

test('a second attempt changes the seed, a third the prompt as well', () => {
  for (const [first, second, third] of choosePrompts(REQUEST)) {
    expect(second!.promptNumber).toBe(first!.promptNumber);
    expect(third!.promptNumber).not.toBe(first!.promptNumber);
  }
});

test('all prompts are asked for before any repeats, and every seed is one that image models take', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 1, max: 5 }),
      fc.string(),
      (count, attempts, salt) => {
        const orders = choosePrompts({ ...REQUEST, count, attempts, salt });
        const uses = REQUEST.prompts.map(
          ({ number }) => orders.filter(([first]) => first!.promptNumber === number).length,
        );
        expect(Math.max(...uses) - Math.min(...uses)).toBeLessThanOrEqual(1);
        const seeds = orders.flat().map(({ seed }) => seed);
        expect(new Set(seeds).size).toBe(seeds.length);
        for (const seed of seeds) expect(seed > 0 && seed < 2 ** 31 && Number.isInteger(seed)).toBe(true);
      },
    ),
  );
});
