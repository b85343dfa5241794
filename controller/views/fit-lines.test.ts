import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitLines } from './fit-lines.ts';

const more = (left: number) => `${left} more`;

test('takes all that fit', () => {
  expect(fitLines(['ab', 'cd'], (line) => line, 6, more)).toEqual(['ab', 'cd']);
  expect(fitLines([], String, 0, more)).toEqual([]);
});

test('counts what does not, within the room', () => {
  expect(fitLines(['abcdef', 'abcdef', 'abcdef'], (line) => line, 20, more)).toEqual(['abcdef', '2 more']);
  expect(fitLines(['abcdef'], (line) => line, 3, more)).toEqual([]);
});

test('renders nothing beyond the room', () => {
  let rendered = 0;
  const render = () => {
    rendered += 1;
    return 'line';
  };
  fitLines(Array(1000).fill(0), render, 50, more);
  expect(rendered).toBeLessThan(15);
});

test('never takes more room than there is, and loses count of nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 12 })), fc.nat(120), (items, room) => {
      const lines = fitLines(items, (item) => `:${item}`, room, more);
      expect(lines.reduce((sum, line) => sum + line.length + 1, 0)).toBeLessThanOrEqual(room);
      const last = lines.at(-1);
      if (last !== undefined && !last.startsWith(':'))
        expect(Number.parseInt(last, 10) + lines.length - 1).toBe(items.length);
    }),
  );
});
