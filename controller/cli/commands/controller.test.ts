import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildLibrary } from '../../../tests/support/build-library.ts';
import { memoryTerminal } from '../../../tests/support/memory-terminal.ts';
import { quickFolder } from '../../../tests/support/quick-folder.ts';
import { runProgram } from '../run.ts';

const LIBRARY = `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: test }
spec: { apply: manual }
`;
const FILM = `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec: { total: 1, categories: { photorealistic: { share: 100 } } }
`;

let root: string;
beforeEach(async () => {
  root = await quickFolder('callsheet-controller-command-');
  await buildLibrary(root, [{ id: '0001', images: [] }], { 'library.yaml': LIBRARY, 'film.yaml': FILM });
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

it.each([
  ['no colours where it is no terminal', false, false, {}],
  ['colours at a terminal', true, true, {}],
  ['no colours at a terminal whose owner wants none', false, true, { NO_COLOR: '1' }],
  ['colours wherever they are asked for', true, false, { FORCE_COLOR: '1' }],
])('the log for people has %s', async (_name, expected, isTTY, env) => {
  const terminal = Object.assign(memoryTerminal({ isTTY, cwd: root, env: { HOME: root, ...env } }), {
    nowMs: Date.now(),
  });
  const pretty = ['controller', '--once', '--no-server', '--log-format', 'pretty'];
  expect(await runProgram(pretty, terminal)).toBe(0);

  expect(terminal.written.err).toContain('is in force');
  expect(terminal.written.err.includes('\x1b[')).toBe(expected);
});
