import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { describeWorktree } from '../../controller/spec-source/git-worktree.ts';
import { openBaseSource, openSpecSource } from '../../controller/wire-specs.ts';
import { createGitRepo } from '../support/git-repo.ts';

test('a folder knows its commit, and whether what it holds is committed', async () => {
  await using repo = await createGitRepo();
  const specs = path.join(repo.work, 'specs');
  const commit = await repo.commit({
    'specs/one.yaml': 'kind: One\n',
    'other/file.txt': 'x\n',
    '.gitignore': '*.tmp\n',
  });
  expect(await describeWorktree(specs, process.env)).toMatchObject({ commit, dirty: false });
  await writeFile(path.join(repo.work, 'other', 'file.txt'), 'changed\n');
  await writeFile(path.join(specs, 'ignored.tmp'), 'x\n');
  expect(await describeWorktree(specs, process.env)).toMatchObject({ dirty: false });
  await writeFile(path.join(specs, 'new.yaml'), 'kind: New\n');
  expect(await describeWorktree(specs, process.env)).toMatchObject({ commit, dirty: true });
  expect(await describeWorktree(repo.folder, process.env)).toBeUndefined();
  expect(await describeWorktree(path.join(repo.folder, 'nowhere'), process.env)).toBeUndefined();
});

test('the base of a change is where it left the other branch, not what others have merged there since', async () => {
  await using repo = await createGitRepo();
  const parted = await repo.commit({ 'specs/one.yaml': 'kind: Base\n' });
  await repo.git('checkout', '--quiet', '-b', 'feature');
  await repo.commit({ 'specs/one.yaml': 'kind: Head\n' });
  await repo.git('checkout', '--quiet', 'main');
  const tip = await repo.commit({ 'specs/two.yaml': 'kind: Others\n' });
  await repo.git('checkout', '--quiet', 'feature');
  const options = { root: repo.folder, cwd: repo.work, env: process.env };
  const base = await (await openBaseSource('specs', 'main', options)).load();
  expect(base.revision.id).toBe(`main@sha1:${parted}`);
  expect(base.files).toEqual([{ name: 'one.yaml', text: 'kind: Base\n' }]);
  const remote = await (
    await openBaseSource('specs', `${repo.originUrl}#main:specs`, {
      ...options,
      env: { ...process.env, CALLSHEET_CACHE: path.join(repo.folder, 'cache') },
    })
  ).load();
  expect(remote.revision.id).toBe(`main@sha1:${tip}`);
});

test.each(['--output=x', 'main..feature', 'main:specs', 'nowhere', '$(touch x)', 'a b'])(
  'the base %j is refused',
  async (ref) => {
    await using repo = await createGitRepo();
    await repo.commit({ 'specs/one.yaml': 'kind: Base\n' });
    const source = await openBaseSource('specs', ref, { root: repo.folder, cwd: repo.work });
    await expect(source.load()).rejects.toMatchObject({ code: 'invalid-input' });
  },
);

test('a folder counts as signed only when it is exactly what a signed commit says', async () => {
  await using repo = await createGitRepo();
  await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path.join(repo.folder, 'key')]);
  const { stdout: key } = await execa('cat', [path.join(repo.folder, 'key.pub')]);
  await writeFile(path.join(repo.folder, 'signers'), `casting@example.com ${key}\n`);
  await repo.commit({ 'specs/one.yaml': 'kind: One\n' });
  const source = openSpecSource('specs', {
    cwd: repo.work,
    verifySignatures: `ssh:${path.join(repo.folder, 'signers')}`,
  });
  await expect(source.load()).rejects.toMatchObject({ code: 'auth' });
  await repo.git(
    '-c',
    'gpg.format=ssh',
    '-c',
    `user.signingKey=${path.join(repo.folder, 'key')}`,
    'commit',
    '--quiet',
    '--allow-empty',
    '-S',
    '-m',
    'Signed',
  );
  expect((await source.load()).files).toHaveLength(1);
  await writeFile(path.join(repo.work, 'specs', 'two.yaml'), 'kind: Slipped in\n');
  await expect(source.load()).rejects.toMatchObject({ code: 'auth' });
});
