import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { memoryTerminal } from '../../../tests/support/memory-terminal.ts';
import { runProgram } from '../run.ts';

const folder = mkdtempSync(join(tmpdir(), 'callsheet-validate-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FILM = `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec: { selector: { types: [film] }, total: 2, categories: { photorealistic: { share: 100 } } }
`;

/** Writes a library with these actor manifests, by id, and validates it. */
async function validate(name: string, manifests: Readonly<Record<string, string>>, ...args: string[]) {
  const cwd = join(folder, name);
  mkdirSync(join(cwd, 'specs'), { recursive: true });
  mkdirSync(join(cwd, 'data/actor_manifests'), { recursive: true });
  writeFileSync(join(cwd, 'specs/film.yaml'), FILM);
  for (const [id, text] of Object.entries(manifests))
    writeFileSync(join(cwd, `data/actor_manifests/${id}.json`), text);
  const terminal = memoryTerminal({ cwd });
  const exitCode = await runProgram(['validate', ...args], terminal);
  return { exitCode, stdout: terminal.written.out, stderr: terminal.written.err };
}

describe('callsheet validate', () => {
  it('names the manifests that it could not read, and is valid all the same', async () => {
    const manifests = { '0001': '{"actor_id": "0001", "type": "film"}', '0002': '{"actor_id": ' };

    const { exitCode, stdout, stderr } = await validate('one', manifests);

    expect(exitCode).toBe(0);
    expect(stdout).toBe('The specs are valid: 1 file, checked against 1 actor.\n');
    expect(stderr).toContain(
      'not checked against 1 actor, whose manifest cannot be read:\n  data/actor_manifests/0002.json:1:',
    );
  });

  it('counts those beyond ten, and names all of them as JSON', async () => {
    const manifests = Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`a${index}`, '[]']));

    const text = await validate('many', manifests);
    const json = await validate('many', manifests, '--json');

    expect(text.stdout).toBe('The specs are valid: 1 file.\n');
    expect(text.stderr).toContain('against 13 actors, whose manifests cannot be read:');
    expect(text.stderr).toContain('  and 3 more actors; --json names them all');
    const event = JSON.parse(json.stdout.trim().split('\n').at(-1)!) as { unread: unknown[] };
    expect(event.unread).toHaveLength(13);
  });
});
