import { mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { fetchHistory } from './git-cache.ts';
import { type GitCall, runGit } from './git-command.ts';
import type { GitLocation } from './git-url.ts';

/** Generations that are fetched first: what has been pushed since somebody last looked is seldom more. */
const RECENT = 50;
/** And then. A commit that is further back counts as unknown. */
const FAR = 5_000;

/**
 * Whether a commit is in the history of another, as told by the ids of their ancestors alone. Undefined when it cannot be told: the
 * server does not answer, or it would be too far back.
 */
export async function isAncestor(
  cache: string,
  location: GitLocation,
  { older, newer }: { readonly older: string; readonly newer: string },
  call: GitCall,
): Promise<boolean | undefined> {
  const repository = await mkdtemp(path.join(cache, 'history-'));
  try {
    for (const generations of [RECENT, FAR]) {
      await fetchHistory(repository, location, newer, generations, call);
      const here: GitCall = { cwd: repository, env: call.env, signal: call.signal };
      // Nothing but what the newer one comes from has been fetched.
      const found = await runGit(['cat-file', '-e', older], here);
      if (found.exitCode === 0) return true;
      const shallow = await runGit(['rev-parse', '--is-shallow-repository'], here);
      if (new TextDecoder().decode(shallow.stdout).trim() === 'false') return false;
    }
    return undefined;
  } finally {
    await rm(repository, { recursive: true, force: true });
  }
}

/** The parts of a revision's id: `main@sha1:<commit>`, `sha1:<commit>`. Undefined for ids of other sources. */
export function parseRevision(
  id: string,
): { readonly name: string | undefined; readonly commit: string } | undefined {
  const match = /^(?:(.+)@)?sha(?:1:([0-9a-f]{40})|256:([0-9a-f]{64}))$/s.exec(id);
  const commit = match?.[2] ?? match?.[3];
  return commit === undefined ? undefined : { name: match?.[1], commit };
}
