import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';

/** Away from the configuration of whoever runs the tests, with a fixed author. */
const ENV = {
  PATH: process.env.PATH ?? '',
  HOME: tmpdir(),
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Casting',
  GIT_AUTHOR_EMAIL: 'casting@example.com',
  GIT_COMMITTER_NAME: 'Casting',
  GIT_COMMITTER_EMAIL: 'casting@example.com',
};

/** A real repository with a bare origin, both in one temporary folder. */
export interface GitRepo extends AsyncDisposable {
  /** The temporary folder, for whatever else a test needs. */
  readonly folder: string;
  readonly origin: string;
  readonly originUrl: string;
  /** The working tree. */
  readonly work: string;
  git(...args: readonly string[]): Promise<string>;
  /** Runs git in the bare origin. */
  gitInOrigin(...args: readonly string[]): Promise<string>;
  /** Writes files (null removes one), commits all and pushes the branch that is checked out; gives the commit's id. */
  commit(
    files: Readonly<Record<string, string | Uint8Array | null>>,
    message?: string,
    options?: readonly string[],
  ): Promise<string>;
}

export async function createGitRepo(): Promise<GitRepo> {
  const folder = await mkdtemp(path.join(tmpdir(), 'callsheet-git-'));
  const origin = path.join(folder, 'origin.git');
  const work = path.join(folder, 'work');
  const run = async (cwd: string, args: readonly string[]) =>
    (await execa('git', [...args], { cwd, env: { ...ENV, HOME: folder }, extendEnv: false })).stdout;
  await run(folder, ['init', '--quiet', '--bare', '--initial-branch=main', origin]);
  await run(folder, ['init', '--quiet', '--initial-branch=main', work]);
  await run(work, ['remote', 'add', 'origin', origin]);
  return {
    folder,
    origin,
    originUrl: pathToFileURL(origin).href,
    work,
    git: (...args) => run(work, args),
    gitInOrigin: (...args) => run(origin, args),
    async commit(files, message = 'Change', options = []) {
      for (const [name, content] of Object.entries(files)) {
        const file = path.join(work, name);
        if (content === null) await rm(file);
        else {
          await mkdir(path.dirname(file), { recursive: true });
          await writeFile(file, content);
        }
      }
      await run(work, ['add', '--all']);
      await run(work, ['commit', '--quiet', '--allow-empty', '-m', message, ...options]);
      await run(work, ['push', '--quiet', '--force', 'origin', 'HEAD']);
      return await run(work, ['rev-parse', 'HEAD']);
    },
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}
