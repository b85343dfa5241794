import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { CallsheetError } from '../diagnostics/errors.ts';
import { type GitCall, type GitEnvironment, runGit } from './git-command.ts';
import { unreachable } from './git-remote.ts';
import type { GitLocation } from './git-url.ts';

/** Commits that are kept for each repository and path, whatever their age. */
const KEPT_COMMITS = 4;
/** Younger ones are kept too: somebody may be reading them. */
const KEPT_MS = 24 * 3_600_000;

/**
 * Where fetched commits wait for the next time: `CALLSHEET_CACHE`, else the user's cache folder.
 */
export function cacheFolder(env: GitEnvironment): string {
  const given = env.CALLSHEET_CACHE;
  if (given !== undefined && given !== '') return path.resolve(given);
  if (process.platform === 'darwin') return path.join(homedir(), 'Library', 'Caches', 'callsheet');
  if (process.platform === 'win32') return path.join(env.LOCALAPPDATA ?? homedir(), 'callsheet', 'cache');
  return path.join(env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'callsheet');
}

/**
 * The bare repository that holds one commit, fetched unless it is there. Each commit has a folder of its own that is moved into place
 * once it is whole: nothing has to be locked, and whoever is cut off leaves nothing that looks right.
 *
 * @param folderKey what of the commit is needed; part of the folder's name, since only that much is fetched.
 * @param fill fetches into a fresh bare repository.
 */
export async function cachedCommit(
  cache: string,
  location: GitLocation,
  commit: string,
  folderKey: string,
  fill: (repository: string) => Promise<void>,
): Promise<string> {
  const shelf = path.join(
    cache,
    'git',
    createHash('sha256').update(`${location.url}\0${folderKey}`).digest('hex').slice(0, 24),
  );
  const place = path.join(shelf, commit);
  if (await exists(path.join(place, 'HEAD'))) {
    const now = new Date();
    await utimes(place, now, now).catch(() => {});
    return place;
  }
  await mkdir(shelf, { recursive: true, mode: 0o700 });
  const fresh = await mkdtemp(path.join(shelf, 'new-'));
  try {
    await fill(fresh);
    await rename(fresh, place).catch(async () => {
      // Somebody else was faster, with the same commit.
      if (await exists(path.join(place, 'HEAD'))) return;
      // Or something has thinned out the cache.
      await forgetCommit(place);
      await rename(fresh, place);
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  await prune(shelf, commit);
  return place;
}

/** Takes a commit out of the cache. */
export async function forgetCommit(place: string): Promise<void> {
  await rm(place, { recursive: true, force: true });
}

const FETCH = ['fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--filter=blob:none'];

function originSettings({ url }: GitLocation): string[] {
  return [
    `remote.origin.url=${url}`,
    'remote.origin.promisor=true',
    'remote.origin.partialclonefilter=blob:none',
  ];
}

/** The same place, but nothing may be asked of a server. */
function localCall({ cwd, env, signal }: GitCall): GitCall {
  return { cwd, env, signal };
}

/** Fetches a commit and its ancestors, without any of their files where the server can do that. */
export async function fetchHistory(
  repository: string,
  location: GitLocation,
  commit: string,
  generations: number,
  call: GitCall,
): Promise<void> {
  const here = { ...call, cwd: repository };
  await initialise(commit, here);
  const settings = originSettings(location);
  const fetched = await runGit(
    [
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      '--filter=tree:0',
      `--depth=${generations}`,
      'origin',
      commit,
    ],
    { ...here, settings },
  );
  if (fetched.exitCode !== 0) throw unreachable(location, fetched);
}

async function initialise(commit: string, here: GitCall): Promise<void> {
  const format = commit.length === 64 ? ['--object-format=sha256'] : [];
  const made = await runGit(['init', '--bare', '--quiet', '--template=', ...format, '.'], here);
  if (made.exitCode !== 0)
    throw new CallsheetError('unavailable', `the cache folder cannot be used: git says "${made.said}"`);
}

/** Makes `repository` a bare one with one commit, as little of its history as the server allows, and no file contents if it can. */
export async function fetchCommit(
  repository: string,
  location: GitLocation,
  commit: string,
  call: GitCall,
): Promise<void> {
  const here = { ...call, cwd: repository };
  await initialise(commit, here);
  const asked: GitCall = { ...here, settings: originSettings(location) };
  const fetched = await runGit([...FETCH, '--depth=1', 'origin', commit], asked);
  if (fetched.exitCode === 0) return;
  // Servers need not hand out a commit by its id: then every branch and tag is fetched, and the commit is looked for.
  const refs = ['+refs/heads/*:refs/heads/*', '+refs/tags/*:refs/tags/*'];
  const all = await runGit([...FETCH, 'origin', ...refs], asked);
  if (all.exitCode !== 0) throw unreachable(location, fetched);
  const found = await runGit(['cat-file', '-e', `${commit}^{commit}`], localCall(here));
  if (found.exitCode === 0) return;
  throw new CallsheetError('not-found', `the repository ${location.url} has no commit ${commit}`, {
    hint: 'Has it been pushed, or has its branch been rewritten?',
  });
}

/** Fetches the objects that are not here, all in one go. */
export async function fetchObjects(
  location: GitLocation,
  tree: string,
  wanted: readonly string[],
  call: GitCall,
): Promise<void> {
  const listed = await runGit(
    ['rev-list', '--objects', '--missing=print', '--no-object-names', tree],
    localCall(call),
  );
  const missing = new Set(
    new TextDecoder()
      .decode(listed.stdout)
      .split('\n')
      .filter((line) => line.startsWith('?'))
      .map((line) => line.slice(1)),
  );
  const needed = wanted.filter((blob) => missing.has(blob));
  if (needed.length === 0) return;
  const settings = [...originSettings(location), 'fetch.negotiationAlgorithm=noop'];
  const input = `${needed.join('\n')}\n`;
  const fetched = await runGit([...FETCH, '--stdin', 'origin'], { ...call, settings, input });
  if (fetched.exitCode !== 0) throw unreachable(location, fetched);
}

/** Forgets old commits. Failing to is no reason to fail. */
async function prune(shelf: string, current: string): Promise<void> {
  const names = await readdir(shelf).catch(() => []);
  const aged: { name: string; ms: number }[] = [];
  for (const name of names) {
    const found = await stat(path.join(shelf, name)).catch(() => undefined);
    if (found !== undefined && name !== current) aged.push({ name, ms: found.mtimeMs });
  }
  aged.sort((a, b) => b.ms - a.ms);
  const newest = aged[0]?.ms ?? 0;
  for (const { name, ms } of aged.slice(KEPT_COMMITS)) {
    if (newest - ms > KEPT_MS)
      await rm(path.join(shelf, name), { recursive: true, force: true }).catch(() => {});
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
