import { expect, test } from 'vitest';
import { compareForAdmission, compareForDeletion, isDeletable, type JudgedImage } from './select.ts';

const BASE: JudgedImage = {
  image: 'm.jpg',
  state: 'usable',
  digest: 'd',
  category: 'photorealistic',
  quality: 6,
  confidence: 0.9,
  pinned: false,
  generated: false,
};

test('the order in which images go: quality, copies, generated ones, doubtful ones, then by name', () => {
  const order: JudgedImage[] = [
    { ...BASE, image: 'worst.jpg', quality: 5.5 },
    { ...BASE, image: 'copy.jpg', duplicateOf: 'a.jpg' },
    { ...BASE, image: 'made.jpg', generated: true },
    { ...BASE, image: 'doubtful.jpg', confidence: 0.7 },
    { ...BASE, image: 'a.jpg' },
    { ...BASE, image: 'b.jpg' },
    { ...BASE, image: 'best.jpg', quality: 9, duplicateOf: 'a.jpg', generated: true, confidence: 0.1 },
  ];
  expect(order.toReversed().sort(compareForDeletion)).toEqual(order);
});

test('the order in which images come: the best first, then by name', () => {
  const order = [
    { image: 'c', quality: 9 },
    { image: 'a', quality: 4 },
    { image: 'b', quality: 4 },
    { image: 'd' },
  ];
  expect(order.toReversed().sort(compareForAdmission)).toEqual(order);
});

test('only what is surely known and not pinned may go', () => {
  expect(isDeletable(BASE)).toBe(true);
  expect(isDeletable({ ...BASE, pinned: true })).toBe(false);
  for (const state of ['uncertain', 'unknown', 'unreadable'] as const)
    expect(isDeletable({ ...BASE, state })).toBe(false);
  const { digest: _, ...unread } = BASE;
  expect(isDeletable(unread)).toBe(false);
});
