import { type GitCall, runGit } from '../spec-source/git-command.ts';
import type { CiContext } from './ci-context.ts';

/**
 * The commit to compare a pull request with, fetched when it is not here: a pipeline's checkout has no history. When what is checked out
 * is the merge that the forge made for the pull request, it is what that merged into. Undefined when it cannot be had.
 */
export async function fetchBaseCommit(
  directory: string,
  { baseCommit }: CiContext,
  env: GitCall['env'],
  signal?: AbortSignal,
): Promise<string | undefined> {
  const call: GitCall = { cwd: directory, env, signal };
  const merged = await firstParentOfMerge(call);
  const wanted = merged ?? baseCommit;
  if (wanted === undefined) return undefined;
  const there = await runGit(['cat-file', '-e', `${wanted}^{commit}`], call);
  if (there.exitCode === 0) return wanted;
  const remote = await runGit(['config', '--get', 'remote.origin.url'], call);
  const url = new TextDecoder().decode(remote.stdout).trim();
  const protocol = url.startsWith('https://') ? 'https' : /^(?:ssh:\/\/|[\w.-]+@)/.test(url) ? 'ssh' : 'file';
  const fetched = await runGit(['fetch', '--quiet', '--no-tags', '--depth=1', 'origin', wanted], {
    ...call,
    protocol,
  });
  return fetched.exitCode === 0 ? wanted : undefined;
}

/** Read from the commit itself: in a shallow checkout, git acts as if it had no parents. */
async function firstParentOfMerge(call: GitCall): Promise<string | undefined> {
  const { exitCode, stdout } = await runGit(['cat-file', 'commit', 'HEAD'], call);
  if (exitCode !== 0) return undefined;
  const header = new TextDecoder().decode(stdout).split('\n\n', 1)[0]!;
  const parents = [...header.matchAll(/^parent ([0-9a-f]{40,64})$/gm)].map(([, id]) => id!);
  return parents.length === 2 ? parents[0] : undefined;
}
