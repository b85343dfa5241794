import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, describe, expect, it } from 'vitest';

const bin = fileURLToPath(new URL('../../bin/callsheet.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'callsheet-process-'));
afterAll(() => rmSync(folder, { recursive: true }));

function callsheet(
  args: readonly string[],
  options: { readonly env?: Record<string, string>; readonly cwd?: string } = {},
) {
  return execa(process.execPath, [bin, ...args], { cwd: folder, reject: false, stdin: 'ignore', ...options });
}

/** A folder with specs and one actor who has a base image and no training images. */
function smallLibrary(name: string): string {
  const root = join(folder, name);
  mkdirSync(join(root, 'specs'), { recursive: true });
  mkdirSync(join(root, 'data/actor_manifests'), { recursive: true });
  writeFileSync(
    join(root, 'data/actor_manifests/0001.json'),
    '{"actor_id":"0001","type":"lead","base_image":"data/base.png"}',
  );
  const distribution =
    'apiVersion: callsheet.dev/v1\nkind: Distribution\nmetadata: { name: film }\nspec: { total: 2, categories: { photorealistic: { share: 100 } } }\n';
  writeFileSync(join(root, 'specs/film.yaml'), distribution);
  return root;
}

describe('the process', () => {
  it('exits with 0 for help and the version, also from another folder', async () => {
    const [help, version] = await Promise.all([
      callsheet(['--help']),
      callsheet(['--version'], { cwd: tmpdir() }),
    ]);
    expect([help.exitCode, version.exitCode]).toEqual([0, 0]);
    expect(help.stdout).toContain('Usage: callsheet');
    expect(version.stdout).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('exits with 1 for a wrong command line and for specs that are not there', async () => {
    const [usage, specs] = await Promise.all([callsheet(['historyy']), callsheet(['stats'])]);
    expect([usage.exitCode, specs.exitCode]).toEqual([1, 1]);
    expect(usage.stderr).toContain('Did you mean history?');
    expect(specs.stderr).toContain('callsheet init');
    expect(specs.stdout).toBe('');
  });

  it('exits with 2 for changes, but only when asked to', async () => {
    const cwd = smallLibrary('changes');
    const [detailed, plain] = [
      await callsheet(['plan', '--detailed-exitcode', '--quiet'], { cwd }),
      await callsheet(['plan', '--quiet'], { cwd }),
    ];
    expect([detailed.exitCode, plain.exitCode]).toEqual([2, 0]);
    expect(plain.stdout).toContain('2 to generate');
    expect(plain.stderr).toBe('');
  });

  it('asks nobody where there is no terminal, and changes nothing then', async () => {
    const cwd = smallLibrary('unasked');
    const apply = await callsheet(['apply', '--quiet'], { cwd });
    expect(apply.exitCode).toBe(1);
    expect(apply.stderr).toContain('--auto-approve');
    const history = await callsheet(['history'], { cwd });
    expect(history.stdout).toBe('No runs yet.');
  });

  it('writes nothing but JSON lines with --json, the version first and the result last', async () => {
    const { stdout, exitCode } = await callsheet(['plan', '--json'], { cwd: smallLibrary('json') });
    const events = stdout.split('\n').map((line) => JSON.parse(line) as { type: string });
    expect(events.map(({ type }) => type)).toEqual([
      'version',
      'phase-started',
      'actor-observed',
      'phase-finished',
      'plan',
    ]);
    expect(exitCode).toBe(0);
  });

  it('survives a reader that goes away', async () => {
    const { exitCode, stderr } = await execa({
      cwd: folder,
      reject: false,
      shell: '/bin/bash',
    })`set -o pipefail; ${process.execPath} ${bin} --help | head -1`;
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('ends what it is doing at %s and exits with %d', async (signal, code) => {
    // A plan file that is a pipe: the command is in the middle of reading it for as long as the test likes.
    const pipe = join(folder, `${signal}.json`);
    await execa('mkfifo', [pipe]);
    const child = execa(process.execPath, [bin, 'show', pipe], { cwd: folder, reject: false });
    const writing = await open(pipe, 'w');

    child.kill(signal);
    await once(child.stderr, 'data');
    await writing.writeFile('no plan');
    await writing.close();

    const { exitCode, stderr } = await child;
    expect(exitCode).toBe(code);
    expect(stderr).toContain('finishing what is in flight.');
    expect(stderr).not.toContain('    at ');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends at once at a second %s, though a read never returns',
    async (signal) => {
      const pipe = join(folder, `stuck-${signal}.json`);
      await execa('mkfifo', [pipe]);
      const child = execa(process.execPath, [bin, 'show', pipe], { cwd: folder, reject: false });
      const neverWriting = await open(pipe, 'w');

      child.kill(signal);
      await once(child.stderr, 'data');
      child.kill(signal);
      const ended = await child;
      await neverWriting.close();

      expect(ended.signal).toBe(signal);
    },
  );
});

describe('completion', () => {
  it('completes commands, options and values in a real bash', async () => {
    const complete = async (line: string) => {
      const words = line.split(' ');
      const script = `source <("$1" "$2" completion bash); COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _callsheet; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const { stdout } = await execa('/bin/bash', ['--norc', '-c', script, 'bash', process.execPath, bin]);
      return stdout.split('\n');
    };
    expect(await complete('callsheet pl')).toEqual(['plan']);
    expect(await complete('callsheet trash ')).toEqual(expect.arrayContaining(['list', 'restore', 'empty']));
    expect(await complete('callsheet plan --det')).toEqual(['--detailed-exitcode']);
    expect(await complete('callsheet completion ')).toEqual(expect.arrayContaining(['bash', 'zsh', 'fish']));
  });

  it.each(['zsh', 'fish'])('prints a script for %s', async (shell) => {
    const { stdout, exitCode } = await callsheet(['completion', shell]);
    expect(exitCode).toBe(0);
    for (const word of ['force-unlock', 'restore', 'detailed-exitcode']) expect(stdout).toContain(word);
  });
});
