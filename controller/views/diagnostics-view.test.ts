import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { createPalette } from '../cli/palette.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { formatDiagnostics, summaryLine } from './diagnostics-view.ts';

const COLOURS = createPalette(true);
const ERROR: Diagnostic = {
  severity: 'error',
  code: 'unknown-field',
  summary: 'Unknown field',
  detail: '"\u001b[31mshares" is not a field.',
  range: { file: 'a\u202e.yaml', line: 2, column: 3 },
  frame: '> 2 |   shares: 1\n    |   ^^^^^^',
};
const WARNING: Diagnostic = {
  severity: 'warning',
  code: 'no-slack',
  summary: 'No slack',
  detail: 'It has none.',
};

test('places come first, in reading order, with a summary at the end', () => {
  expect(formatDiagnostics([WARNING, ERROR])).toBe(
    [
      'error[unknown-field]: Unknown field',
      '  --> a<U+202E>.yaml:2:3',
      '  > 2 |   shares: 1',
      '      |   ^^^^^^',
      '  "<U+001B>[31mshares" is not a field.',
      '',
      'warning[no-slack]: No slack',
      '  It has none.',
      '',
      '1 error, 1 warning in 1 file',
      '',
    ].join('\n'),
  );
});

test('colour adds nothing but colour', () => {
  const colored = formatDiagnostics([WARNING, ERROR], COLOURS);

  expect(colored).not.toBe(stripVTControlCharacters(colored));
  expect(stripVTControlCharacters(colored)).toBe(formatDiagnostics([WARNING, ERROR]));
});

test('nothing to say is nothing', () => {
  expect(formatDiagnostics([], COLOURS)).toBe('');
  expect(summaryLine([ERROR, ERROR])).toBe('2 errors in 1 file');
});
