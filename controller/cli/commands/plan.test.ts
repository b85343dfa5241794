import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { memoryTerminal } from '../../../tests/support/memory-terminal.ts';
import { runProgram } from '../run.ts';

const folder = mkdtempSync(join(tmpdir(), 'callsheet-plan-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FILM = `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec: { selector: { types: [film] }, total: 2, categories: { photorealistic: { share: 100 } } }
`;

async function run(...args: string[]) {
  const terminal = memoryTerminal({ cwd: folder });
  const exitCode = await runProgram(args, terminal);
  return { exitCode, stdout: terminal.written.out, stderr: terminal.written.err };
}

describe('callsheet plan', () => {
  it('says that state cannot be written before it looks at any actor', async () => {
    for (const name of ['specs', 'data/actor_manifests']) mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, 'specs/film.yaml'), FILM);
    writeFileSync(join(folder, 'data/actor_manifests/0001.json'), '{"actor_id": "0001", "type": "film"}');
    // Where the folder of state should be, as on a mount that takes no folder.
    writeFileSync(join(folder, 'state'), '');

    const [plan, apply] = [await run('plan'), await run('apply', '--auto-approve')];

    for (const { exitCode, stdout, stderr } of [plan, apply]) {
      expect(exitCode).toBe(1);
      expect(stdout).toBe('');
      expect(stderr).toContain('/state/ cannot be used. Cannot write');
      expect(stderr).toContain('Name a place that can be written in spec.state of the Library');
      expect(stderr).not.toContain('Looking at actors');
    }
    expect(plan.stderr).toContain('"callsheet plan --refresh=false" writes nothing');
  });
});
