import { expect, it } from 'vitest';
import { memoryTerminal } from '../../../tests/support/memory-terminal.ts';
import { runProgram } from '../run.ts';

it.each([
  ['an empty reason', ['--reason', ' '], 'It must say why'],
  [
    'a day that there is not',
    ['--reason', 'holidays', '--until', '2027-02-30'],
    'There is no such day or time.',
  ],
  [
    'an hour that there is not',
    ['--reason', 'holidays', '--until', '2027-02-03T25:00Z'],
    'There is no such day or time.',
  ],
  ['what is no time', ['--reason', 'holidays', '--until', 'tomorrow'], 'It must be a time such as'],
])('callsheet suspend refuses %s', async (_name, options, expected) => {
  const terminal = memoryTerminal({ cwd: '/nowhere' });
  expect(await runProgram(['suspend', ...options], terminal)).toBe(1);
  expect(terminal.written.err).toContain(expected);
});
