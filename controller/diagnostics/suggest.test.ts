import { expect, test } from 'vitest';
import { suggest, suggestionSentence } from './suggest.ts';

const WORDS = ['selector', 'total', 'categories', 'tolerance', 'share', 'count'];

test.each([
  ['shares', 'share'],
  ['catagories', 'categories'],
  ['tolerence', 'tolerance'],
  ['Total', 'total'],
  ['totla', 'total'],
  ['weight', undefined],
  ['x'.repeat(100_000), undefined],
])('%s', (word, expected) => {
  expect(suggest(word, WORDS)).toBe(expected);
});

test('without a near word it lists what there is', () => {
  expect(suggestionSentence('weight', ['share', 'count'], 'Fields')).toBe('Fields: "share", "count".');
  expect(suggestionSentence('shar', ['share', 'count'], 'Fields')).toBe('Did you mean "share"?');
  expect(suggestionSentence('x', [], 'Fields')).toBe('');
});
