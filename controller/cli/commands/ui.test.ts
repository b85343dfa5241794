import { globSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildLibrary } from '../../../tests/support/build-library.ts';
import { memoryTerminal } from '../../../tests/support/memory-terminal.ts';
import { runProgram } from '../run.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-ui-'));
  await buildLibrary(root, [{ id: '0001', images: [] }], {
    'library.yaml':
      'apiVersion: callsheet.dev/v1\nkind: Library\nmetadata: { name: test }\nspec: { state: "file:kept/" }\n',
  });
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

/** Until it ends by itself, or is stopped as soon as it listens. */
async function ui() {
  const terminal = memoryTerminal({ cwd: root, env: { HOME: root } });
  const stopping = setInterval(() => {
    if (terminal.written.out.includes('The dashboard is at')) terminal.abort.abort();
  }, 10);
  const exitCode = await runProgram(['ui', '--listen', '127.0.0.1:0'], terminal);
  clearInterval(stopping);
  return { exitCode, ...terminal.written };
}

it('callsheet ui listens where state can be used, and leaves nothing of the try there', async () => {
  const { exitCode, out } = await ui();

  expect(exitCode).toBe(0);
  expect(out).toContain('The dashboard is at http://127.0.0.1:');
  expect(globSync(join(root, 'kept/probes/*'))).toEqual([]);
});

it('callsheet ui says that state cannot be used, and what to do, instead of listening', async () => {
  await writeFile(join(root, 'kept'), 'a file where the folder should be');

  const { exitCode, out, err } = await ui();

  expect([exitCode, out]).toEqual([1, '']);
  expect(err).toContain('cannot be used');
  expect(err).toContain('spec.state');
});
