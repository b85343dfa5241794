import { expect, it } from 'vitest';
import { messageWithHint, sentence } from './sentence.ts';

it.each([
  ['it is full', 'it is full.'],
  ['It is full.', 'It is full.'],
  ['git says "gone"', 'git says "gone".'],
  ['He said "It is full."', 'He said "It is full."'],
  ['Really?', 'Really?'],
])('ends %s once', (text, said) => {
  expect(sentence(text)).toBe(said);
});

it('puts a hint behind the message', () => {
  expect(messageWithHint({ message: 'no key', hint: 'Set one.' })).toBe('no key. Set one.');
  expect(messageWithHint({ message: 'There is no key.', hint: 'Set one.' })).toBe(
    'There is no key. Set one.',
  );
  expect(messageWithHint({ message: 'no key', hint: undefined })).toBe('no key');
});
