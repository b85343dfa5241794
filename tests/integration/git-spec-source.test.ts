import { access, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { type CallsheetError, isCallsheetError } from '../../controller/diagnostics/errors.ts';
import { gitSpecSource } from '../../controller/spec-source/git-spec-source.ts';
import type { SpecSnapshot } from '../../controller/spec-source/spec-source.ts';
import { createGitRepo, type GitRepo } from '../support/git-repo.ts';

const FILES = {
  'specs/one.yaml': 'kind: One\n',
  'specs/deep/two.yml': 'kind: Two\n',
  'readme.md': 'x\n',
  'teams/three.yaml': 'kind: Three\n',
};

function sourceOf(repo: GitRepo, fragment = '', options: Partial<Parameters<typeof gitSpecSource>[0]> = {}) {
  return gitSpecSource({
    url: `${repo.originUrl}${fragment}`,
    root: repo.folder,
    env: process.env,
    cache: path.join(repo.folder, 'cache'),
    ...options,
  });
}

function names({ files }: SpecSnapshot): string[] {
  return files.map(({ name }) => name);
}

async function failure(work: Promise<unknown>): Promise<CallsheetError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isCallsheetError(error)) throw new Error(`expected a CallsheetError, got ${error}`);
  return error;
}

describe('which commit', () => {
  test('the default branch, its specs folder, and the branch again once it has moved', async () => {
    await using repo = await createGitRepo();
    const first = await repo.commit(FILES);
    const source = sourceOf(repo);
    const snapshot = await source.load();
    expect(names(snapshot)).toEqual(['deep/two.yml', 'one.yaml']);
    expect(snapshot).toMatchObject({
      diagnostics: [],
      revision: { kind: 'git', id: `main@sha1:${first}` },
      root: repo.folder,
    });
    const second = await repo.commit({ 'specs/one.yaml': 'kind: Changed\n', 'specs/deep/two.yml': null });
    const moved = await source.load();
    expect(moved.files).toEqual([{ name: 'one.yaml', text: 'kind: Changed\n' }]);
    expect(moved.revision.id).toBe(`main@sha1:${second}`);
  });

  test('a branch that was rewritten, a light and an annotated tag, a commit by its id, a folder', async () => {
    await using repo = await createGitRepo();
    const first = await repo.commit(FILES);
    await repo.git('tag', 'light');
    await repo.git('tag', '-a', 'v1.0', '-m', 'First');
    await repo.git('push', '--quiet', '--tags', 'origin');
    const rewritten = await repo.commit({ 'specs/one.yaml': 'kind: Rewritten\n' }, 'Rewritten', ['--amend']);
    expect((await sourceOf(repo, '#main').load()).revision.id).toBe(`main@sha1:${rewritten}`);
    expect((await sourceOf(repo, '#light').load()).revision.id).toBe(`light@sha1:${first}`);
    expect((await sourceOf(repo, '#v1.0').load()).revision.id).toBe(`v1.0@sha1:${first}`);
    const byId = await sourceOf(repo, `#${first}:teams`).load();
    expect(byId.revision.id).toBe(`sha1:${first}`);
    expect(byId.files).toEqual([{ name: 'three.yaml', text: 'kind: Three\n' }]);
  });

  test('a revision is told to have come out of an older one, of another history, or of what nobody knows', async () => {
    await using repo = await createGitRepo();
    const first = await repo.commit(FILES);
    for (let n = 0; n < 60; n += 1) await repo.git('commit', '--quiet', '--allow-empty', '-m', `${n}`);
    const last = await repo.commit({});
    const forced = await repo.commit({ 'specs/one.yaml': 'kind: Forced\n' }, 'Forced', ['--amend']);
    const source = sourceOf(repo, '#main');
    const descends = (newer: string, older: string) =>
      source.descends!(`main@sha1:${newer}`, `main@sha1:${older}`);

    expect(await descends(last, first)).toBe(true);
    expect(await descends(forced, first)).toBe(true);
    expect(await descends(forced, last)).toBe(false);
    expect(await source.descends!(`main@sha1:${forced}`, 'sha256:0123')).toBeUndefined();
    expect(await source.descends!(`main@sha1:${forced}`, `other@sha1:${last}`)).toBeUndefined();
    expect(await descends('0'.repeat(40), last)).toBeUndefined();
  });

  test('a branch and a tag of one name are told apart by their full names', async () => {
    await using repo = await createGitRepo();
    await repo.commit(FILES);
    await repo.git('tag', 'main');
    await repo.git('push', '--quiet', 'origin', 'refs/tags/main');
    expect(await failure(sourceOf(repo, '#main').load())).toMatchObject({
      code: 'invalid-input',
      hint: expect.stringContaining('refs/tags/main'),
    });
    expect((await sourceOf(repo, '#refs/tags/main').load()).revision.id).toMatch(/^main@sha1:/);
  });

  test('what is not there is said so: repository, commits, branch, commit, folder', async () => {
    await using repo = await createGitRepo();
    expect((await failure(sourceOf(repo).load())).code).toBe('not-found');
    await repo.commit(FILES);
    expect(await failure(sourceOf(repo, '#mian').load())).toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('"mian"'),
    });
    expect((await failure(sourceOf(repo, `#${'0123456789'.repeat(4)}`).load())).code).toBe('not-found');
    const gone = gitSpecSource({
      url: `${repo.originUrl}x`,
      root: repo.folder,
      env: process.env,
      cache: path.join(repo.folder, 'cache'),
    });
    expect((await failure(gone.load())).code).toBe('unavailable');
    const nowhere = await sourceOf(repo, '#main:nowhere').load();
    expect(nowhere.diagnostics).toMatchObject([{ code: 'no-specs', severity: 'error' }]);
    expect(nowhere.diagnostics[0]!.detail).toMatch(/has no folder "nowhere" at main@sha1:\w+\.$/);
  });
});

describe('what is fetched and read', () => {
  test('only the spec files where the server can leave out the rest', async () => {
    await using repo = await createGitRepo();
    await repo.gitInOrigin('config', 'uploadpack.allowFilter', 'true');
    await repo.commit({ 'huge.bin': new Uint8Array(3_000_000).map((_, index) => (index * 7919) % 251) });
    await repo.commit(FILES);
    expect(names(await sourceOf(repo).load())).toEqual(['deep/two.yml', 'one.yaml']);
    const shelf = path.join(repo.folder, 'cache', 'git');
    const sizes = await execa('du', ['-sk', shelf]);
    expect(Number.parseInt(sizes.stdout, 10)).toBeLessThan(1000);
    const [key] = await readdir(shelf);
    const [commit] = await readdir(path.join(shelf, key!));
    const { stdout } = await execa('git', ['rev-list', '--all', '--count', commit!], {
      cwd: path.join(shelf, key!, commit!),
    });
    expect(stdout).toBe('1');
  });

  test('a commit in the cache is read without the repository being asked for it again', async () => {
    await using repo = await createGitRepo();
    const commit = await repo.commit(FILES);
    await sourceOf(repo, `#${commit}`).load();
    const offline = sourceOf(repo, `#${commit}`, { env: { PATH: process.env.PATH } });
    await execa('mv', [repo.origin, `${repo.origin}.away`]);
    expect(names(await offline.load())).toEqual(['deep/two.yml', 'one.yaml']);
  });

  test.each([
    ['its objects', 'objects'],
    ['its head', 'HEAD'],
  ])('a commit in the cache that has lost %s is fetched anew', async (_what, lost) => {
    await using repo = await createGitRepo();
    await repo.commit(FILES);
    await sourceOf(repo).load();
    const cache = path.join(repo.folder, 'cache/git');
    for (const name of await readdir(cache, { recursive: true })) {
      if (path.basename(name) === lost) await rm(path.join(cache, name), { recursive: true });
    }
    const again = await sourceOf(repo).load();
    expect(again.diagnostics).toEqual([]);
    expect(names(again)).toEqual(['deep/two.yml', 'one.yaml']);
  });

  test('several at once fetch one and the same commit', async () => {
    await using repo = await createGitRepo();
    await repo.commit(FILES);
    const all = await Promise.all([1, 2, 3].map(() => sourceOf(repo).load()));
    expect(new Set(all.map((one) => JSON.stringify(one.files))).size).toBe(1);
  });

  test('links, submodules, LFS pointers, binary and oversized files are problems of their own; hidden files are passed over', async () => {
    await using repo = await createGitRepo();
    await mkdir(path.join(repo.work, 'specs'), { recursive: true });
    await symlink('/etc/passwd', path.join(repo.work, 'specs', 'link.yaml'));
    await symlink('../shared/leads', path.join(repo.work, 'specs', 'leads'));
    await symlink('../readme.md', path.join(repo.work, 'specs', 'readme.md'));
    await repo.commit({
      'specs/one.yaml': 'kind: One\n',
      'specs/lfs.yaml': 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
      'specs/nul.yaml': new Uint8Array([0x61, 0, 0x62]),
      'specs/big.yaml': `# ${'x'.repeat(1_100_000)}\n`,
      'specs/.hidden.yaml': 'kind: Hidden\n',
      'specs/.github/workflow.yaml': 'on: push\n',
      '.gitattributes': '*.yaml filter=evil\n',
    });
    const head = await repo.git('rev-parse', 'HEAD');
    await repo.git('update-index', '--add', '--cacheinfo', `160000,${head},specs/extras`);
    await repo.git('update-index', '--add', '--cacheinfo', `160000,${head},specs/.tools`);
    await repo.git('commit', '--quiet', '-m', 'Submodule');
    await repo.git('push', '--quiet', 'origin', 'HEAD');
    const { files, diagnostics } = await sourceOf(repo).load();
    expect(files).toEqual([{ name: 'one.yaml', text: 'kind: One\n' }]);
    expect(diagnostics.map(({ code, range }) => `${range?.file} ${code}`).sort()).toEqual([
      'big.yaml file-too-large',
      'extras unreadable-file',
      'leads unreadable-file',
      'lfs.yaml unreadable-file',
      'link.yaml unreadable-file',
      'nul.yaml binary-file',
    ]);
  });

  test('examples elsewhere do not take the place of the usual folder when it is gone; specs at the top do', async () => {
    await using repo = await createGitRepo();
    await repo.commit(FILES);
    expect(names(await sourceOf(repo).load())).toEqual(['deep/two.yml', 'one.yaml']);
    const gone = await repo.commit({ 'specs/one.yaml': null, 'specs/deep/two.yml': null });
    const without = await sourceOf(repo).load();
    expect(without.files).toEqual([]);
    expect(without.diagnostics).toMatchObject([{ code: 'no-specs', severity: 'error' }]);
    expect(without.diagnostics[0]!.detail).toContain(
      `no folder "specs" at main@sha1:${gone}. Name the folder after a colon, as in #main:specs.`,
    );
    await repo.commit({ 'four.yaml': 'kind: Four\n' });
    expect(names(await sourceOf(repo).load())).toEqual(['four.yaml', 'teams/three.yaml']);
  });

  test('names with blanks, quotes, tabs and letters of any script', async () => {
    await using repo = await createGitRepo();
    const odd = ['a b.yaml', 'quo"te.yaml', 'tab\there.yaml', '役者.yaml', "it's $(x).yaml"];
    await repo.commit(Object.fromEntries(odd.map((name) => [`specs/${name}`, `# ${name}\n`])));
    const { files } = await sourceOf(repo).load();
    expect(files.map(({ name, text }) => [name, text])).toEqual(
      odd.toSorted().map((name) => [name, `# ${name}\n`]),
    );
  });
});

describe('hermetic', () => {
  test('neither hooks nor the configuration of a user take part', async () => {
    await using repo = await createGitRepo();
    await repo.commit(FILES);
    const home = path.join(repo.folder, 'home');
    const trap = path.join(repo.folder, 'sprung');
    await mkdir(path.join(home, 'hooks'), { recursive: true });
    for (const hook of ['reference-transaction', 'post-checkout', 'post-index-change']) {
      await writeFile(path.join(home, 'hooks', hook), `#!/bin/sh\ntouch '${trap}'\n`, { mode: 0o755 });
    }
    await writeFile(
      path.join(home, '.gitconfig'),
      `[core]\n\thooksPath = ${home}/hooks\n[url "file:///nowhere/"]\n\tinsteadOf = file://\n`,
    );
    const env = {
      ...process.env,
      HOME: home,
      GIT_CONFIG_GLOBAL: path.join(home, '.gitconfig'),
      GIT_DIR: '/nowhere',
      GIT_TRACE: trap,
    };
    expect(names(await sourceOf(repo, '', { env }).load())).toEqual(['deep/two.yml', 'one.yaml']);
    await expect(access(trap)).rejects.toThrow();
  });

  test('a server that never answers ends with the time-out, and at once when the caller gives up', async () => {
    await using repo = await createGitRepo();
    const sockets: Socket[] = [];
    const server = createServer((socket) => void sockets.push(socket.on('error', () => {})));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      const source = (timeoutMs: number) =>
        gitSpecSource({
          url: `https://127.0.0.1:${port}/a.git`,
          root: repo.folder,
          env: process.env,
          cache: path.join(repo.folder, 'cache'),
          timeoutMs,
        });
      expect((await failure(source(300).load())).code).toBe('unavailable');
      const abort = new AbortController();
      const waiting = source(60_000).load(abort.signal);
      setTimeout(() => abort.abort(new Error('given up')), 200);
      await expect(waiting).rejects.toThrow('given up');
    } finally {
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  });
});

describe('signatures', () => {
  test('SSH: a listed signer is taken; an unlisted one, no signature and a GPG policy are refused', async () => {
    await using repo = await createGitRepo();
    await repo.commit(FILES, 'Unsigned');
    const signers = path.join(repo.folder, 'signers');
    for (const who of ['good', 'other']) {
      await execa('ssh-keygen', [
        '-q',
        '-t',
        'ed25519',
        '-N',
        '',
        '-C',
        who,
        '-f',
        path.join(repo.folder, who),
      ]);
    }
    const { stdout: key } = await execa('cat', [path.join(repo.folder, 'good.pub')]);
    await writeFile(signers, `casting@example.com namespaces="git" ${key}\n`);
    const source = sourceOf(repo, '', { signatures: { format: 'ssh', file: signers } });
    expect(await failure(source.load())).toMatchObject({
      code: 'auth',
      hint: expect.stringContaining('SSH'),
    });
    const sign = (who: string) =>
      repo.git(
        '-c',
        'gpg.format=ssh',
        '-c',
        `user.signingKey=${path.join(repo.folder, who)}`,
        'commit',
        '--quiet',
        '--allow-empty',
        '-S',
        '-m',
        who,
      );
    await sign('other');
    await repo.git('push', '--quiet', 'origin', 'HEAD');
    expect((await failure(source.load())).code).toBe('auth');
    await sign('good');
    await repo.git('push', '--quiet', 'origin', 'HEAD');
    expect(names(await source.load())).toEqual(['deep/two.yml', 'one.yaml']);
    const gpg = sourceOf(repo, '', { signatures: { format: 'gpg', file: signers } });
    expect((await failure(gpg.load())).code).toBe('auth');
  });

  test('GPG: a commit signed with an exported key is taken, one of another key is refused', async () => {
    await using repo = await createGitRepo();
    await repo.commit(FILES, 'Unsigned');
    const home = path.join(repo.folder, 'gnupg');
    await mkdir(home, { mode: 0o700 });
    const gpg = (...args: string[]) =>
      execa('gpg', ['--homedir', home, '--batch', '--quiet', '--passphrase', '', ...args]);
    try {
      for (const who of ['good@example.com', 'other@example.com'])
        await gpg('--quick-generate-key', who, 'ed25519', 'sign', 'never');
      const keyring = path.join(repo.folder, 'keys.gpg');
      await gpg('--output', keyring, '--export', 'good@example.com');
      const source = sourceOf(repo, '', { signatures: { format: 'gpg', file: keyring } });
      const program = path.join(repo.folder, 'gpg-here');
      await writeFile(program, `#!/bin/sh\nexec gpg --homedir '${home}' "$@"\n`, { mode: 0o755 });
      const sign = async (who: string) => {
        await repo.git(
          '-c',
          `gpg.program=${program}`,
          '-c',
          `user.signingKey=${who}`,
          'commit',
          '--quiet',
          '--allow-empty',
          '-S',
          '-m',
          who,
        );
        await repo.git('push', '--quiet', 'origin', 'HEAD');
      };
      await sign('other@example.com');
      expect((await failure(source.load())).code).toBe('auth');
      await sign('good@example.com');
      expect(names(await source.load())).toEqual(['deep/two.yml', 'one.yaml']);
    } finally {
      await execa('gpgconf', ['--homedir', home, '--kill', 'all'], { reject: false });
    }
  });
});
