import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildLibrary } from '../../../tests/support/build-library.ts';
import { memoryTerminal } from '../../../tests/support/memory-terminal.ts';
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

it('callsheet reconcile says without a controller what it does, and only how it ended with --quiet', async () => {
  const root = await mkdtemp(join(tmpdir(), 'callsheet-reconcile-'));
  try {
    await buildLibrary(root, [{ id: '0001', images: [] }], { 'library.yaml': LIBRARY, 'film.yaml': FILM });
    const reconcile = async (...options: string[]) => {
      const terminal = Object.assign(memoryTerminal({ cwd: root, env: { HOME: root } }), {
        nowMs: Date.now(),
      });
      expect(await runProgram(['reconcile', ...options], terminal)).toBe(0);
      return terminal.written;
    };
    const told = await reconcile();
    const quiet = await reconcile('--quiet');

    expect(told.err).toContain('plan-held');
    expect(quiet.err).toBe('');
    expect(quiet.out).toMatch(/^AwaitingApproval: Plan plan-\S+ waits for a person/);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
});
