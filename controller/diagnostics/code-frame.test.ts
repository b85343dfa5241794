import { expect, test } from 'vitest';
import { codeFrame } from './code-frame.ts';

const LINES = ['one', '\ttwo: 2', 'three', 'four', 'five'];

test('shows two lines before and one after, with carets below the place', () => {
  expect(codeFrame(LINES, { file: 'x', line: 3, column: 2, endLine: 3, endColumn: 5 })).toBe(
    ['  1 | one', '  2 |   two: 2', '> 3 | three', '    |  ^^^', '  4 | four'].join('\n'),
  );
});

test('a tab is two blanks, also below', () => {
  expect(
    codeFrame(LINES, { file: 'x', line: 2, column: 2, endLine: 2, endColumn: 5 }).split('\n').slice(1, 3),
  ).toEqual(['> 2 |   two: 2', '    |   ^^^']);
});

test('a place over several lines is marked to the end of the first', () => {
  expect(codeFrame(LINES, { file: 'x', line: 3, column: 1, endLine: 5, endColumn: 2 })).toContain(
    '    | ^^^^^\n',
  );
});

test('a long line is cut around the place', () => {
  const frame = codeFrame([`${'x'.repeat(5000)}HERE${'y'.repeat(5000)}`], {
    file: 'x',
    line: 1,
    column: 5001,
    endLine: 1,
    endColumn: 5005,
  });
  const [line = '', marks = ''] = frame.split('\n');

  expect(line.length).toBeLessThan(120);
  expect(line.slice(marks.indexOf('^'), marks.lastIndexOf('^') + 1)).toBe('HERE');
});

test('what could act on a terminal or hide is shown, secrets are not', () => {
  const frame = codeFrame(['a: \u001b[31m\u202ered', 'b: postgres://me:hunter2@db/x'], {
    file: 'x',
    line: 1,
    column: 1,
  });

  for (const hidden of ['\u001b', '\u202e', 'hunter2']) expect(frame).not.toContain(hidden);
  expect(frame).toContain('<U+001B>[31m<U+202E>red');
  expect(frame).toContain('postgres://me:*******@db/x');
});
