import { expect, test } from 'vitest';
import { timeId } from './ids.ts';

test('ids sort by time, down to the millisecond', () => {
  const start = Date.UTC(2026, 10, 22, 18, 45, 10, 7);
  const ids = [0, 1, 9, 500, 992, 993, 60_000].map((ms) => timeId('run', start + ms, () => 0.999));

  expect(ids).toEqual(ids.toSorted());
  expect(ids[0]).toBe('run-20261122T184510Z-007ffbe');
  expect(new Set(ids).size).toBe(ids.length);
});
