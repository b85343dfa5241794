import { mkdtemp, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runProgram } from '../../controller/cli/run.ts';
import { buildLibrary, FILM, some } from '../support/build-library.ts';
import { createGitRepo, type GitRepo } from '../support/git-repo.ts';
import { type MemoryTerminal, memoryTerminal } from '../support/memory-terminal.ts';
import { watchController } from '../support/watch-controller.ts';

const BALANCED = [...some('photorealistic', 13), ...some('bw_stylized', 4), ...some('color_stylized', 3)];

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-broken-'));
  await buildLibrary(root, [{ id: '0001', images: BALANCED }]);
  const watched = watchController(root);
  const stop = watched.start();
  await watched.idle();
  await stop();
  await writeFile(join(root, 'specs/film.yaml'), 'kind: [');
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function callsheet(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const terminal = memoryTerminal({ cwd: root, env: { CALLSHEET_CACHE: join(root, 'cache') } });
  terminal.nowMs = Date.now();
  const code = await runProgram(args, terminal);
  return { code, ...terminal.written };
}

describe('beside a controller that leads', () => {
  let repo: GitRepo;
  let terminals: MemoryTerminal[];
  let running: Promise<unknown>[];
  beforeEach(async () => {
    repo = await createGitRepo();
    terminals = [];
    running = [];
    const library = await readFile(join(root, 'specs/library.yaml'), 'utf8');
    await repo.commit({ 'specs/library.yaml': library, 'specs/film.yaml': FILM });
  });
  afterEach(async () => {
    for (const terminal of terminals) terminal.abort.abort();
    await Promise.all(running);
    await repo[Symbol.asyncDispose]();
  });

  function start(...args: string[]): { terminal: MemoryTerminal; code: Promise<number> } {
    const env = {
      PATH: process.env.PATH!,
      HOME: repo.folder,
      GIT_CONFIG_GLOBAL: '/dev/null',
      CALLSHEET_CACHE: join(root, 'cache'),
    };
    const terminal = memoryTerminal({ cwd: root, env });
    terminal.nowMs = Date.now();
    const code = runProgram([...args, '--specs', `${repo.originUrl}#main:specs`], terminal);
    terminals.push(terminal);
    running.push(code);
    return { terminal, code };
  }

  it('commands work under the specs that it works under, without asking where they come from', async () => {
    const controller = start('controller', '--no-server');
    await vi.waitFor(() => expect(controller.terminal.written.err).toContain('leads with'), 30_000);
    await rm(repo.origin, { recursive: true });

    for (const args of [
      ['status'],
      ['suspend', '--reason', 'stop'],
      ['resume'],
      ['reconcile', '--no-wait'],
    ]) {
      const { terminal, code } = start(...args);
      expect([args, await code, terminal.written.err]).toEqual([args, 0, '']);
    }

    controller.terminal.abort.abort();
    await controller.code;
    const alone = start('status');
    expect(await alone.code).toBe(0);
    expect(alone.terminal.written.err).toContain('the newest specs cannot be used');
  });
});

describe('while the newest specs are broken', () => {
  it('what a controller does can be seen and stopped, under the specs that are in force', async () => {
    const suspended = await callsheet('suspend', '--reason', 'something is wrong');
    expect(suspended.err).toMatch(
      /warning: the newest specs cannot be used: the specs have 1 error\. In force is/,
    );
    expect(suspended).toMatchObject({ code: 0, out: 'the library suspended: something is wrong\n' });

    const status = await callsheet('status', '--json');
    const told = status.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    expect(told.map(({ type }) => type)).toContain('warning');
    expect(told.at(-1)).toMatchObject({ actors: [{ actor: '0001', conditions: [{ reason: 'Suspended' }] }] });

    expect(await callsheet('resume')).toMatchObject({ code: 0 });
    expect(await callsheet('history')).toMatchObject({ code: 0, out: expect.stringContaining('suspend') });
  });

  it('state is found where it was when the specs could last be read, though the Library is broken too', async () => {
    const library = join(root, 'specs/library.yaml');
    await writeFile(join(root, 'specs/film.yaml'), FILM);
    await writeFile(library, (await readFile(library, 'utf8')).replace('file:state', 'file:elsewhere'));
    expect(await callsheet('controller', '--once', '--no-server')).toMatchObject({ code: 0 });

    await writeFile(library, 'oh dear: [');
    expect(await callsheet('suspend', '--reason', 'something is wrong')).toMatchObject({ code: 0 });
    expect(await readFile(join(root, 'elsewhere/suspensions.json'), 'utf8')).toContain('something is wrong');
    const again = await callsheet('controller', '--once', '--no-server');
    expect(again.err).toContain('is in force');
    expect(again.err).toContain('SpecsInvalid');
  });

  it('a controller goes on under the last good revision where the newest names places that cannot be used', async () => {
    const library = join(root, 'specs/library.yaml');
    const text = await readFile(library, 'utf8');
    await writeFile(join(root, 'specs/film.yaml'), FILM);
    expect(await callsheet('controller', '--once', '--no-server')).toMatchObject({ code: 0 });
    await writeFile(join(root, 'a-file'), '');
    const [gone] = await readdir(join(root, 'data/actors/0001/training_data/images'));
    await unlink(join(root, 'data/actors/0001/training_data/images', gone!));

    for (const place of ['file:a-file/state', 'postgres://127.0.0.1:1/nowhere']) {
      await writeFile(library, text.replace('file:state', place));
      const again = await callsheet('controller', '--once', '--no-server', '--log-format', 'pretty');
      expect(again.err).toContain('LibraryUnavailable');
      expect(again.err).toContain('AwaitingApproval');
    }
  });

  it('nothing is planned or applied', async () => {
    expect(await callsheet('plan')).toMatchObject({ code: 1, err: expect.stringContaining('film.yaml') });
    expect(await callsheet('apply', '--auto-approve')).toMatchObject({ code: 1 });
  });
});
