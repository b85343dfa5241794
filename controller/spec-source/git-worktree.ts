import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { CallsheetError } from '../diagnostics/errors.ts';
import { quotedText } from '../diagnostics/visible-text.ts';
import { problem } from '../spec/problems.ts';
import { type GitCall, type GitEnvironment, type GitResult, runGit } from './git-command.ts';
import { revisionOf } from './git-remote.ts';
import { type SignaturePolicy, verifyCommit } from './git-signature.ts';
import { listTree, readTree } from './git-tree.ts';
import type { SpecSource } from './spec-source.ts';

/** How a folder stands to the git repository that it lies in. */
export interface WorktreeState {
  /** Absolute path of the top of the working tree. */
  readonly top: string;
  /** Id of the commit that is checked out. */
  readonly commit: string;
  /** The folder holds what is not committed: changed, removed, or new files that are not ignored. */
  readonly dirty: boolean;
}

/** Undefined where there is no repository, no commit yet, no git, or a repository that git does not trust. */
export async function describeWorktree(
  directory: string,
  env: GitEnvironment,
  signal?: AbortSignal,
): Promise<WorktreeState | undefined> {
  const call: GitCall = { cwd: directory, env, signal };
  try {
    const found = await runGit(['rev-parse', '--show-toplevel', '--verify', 'HEAD^{commit}'], call);
    const [top, commit] = lines(found);
    if (found.exitCode !== 0 || top === undefined || commit === undefined) return undefined;
    const status = await runGit(
      ['status', '--porcelain=v1', '-z', '--untracked-files=all', '--ignore-submodules=all', '--', '.'],
      call,
    );
    return { top, commit, dirty: status.exitCode !== 0 || status.stdout.length > 0 };
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof CallsheetError) return undefined;
    // The folder itself is not there; whoever reads it says so better.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

/**
 * Makes sure that a folder is exactly what a signed commit says.
 *
 * @throws CallsheetError `auth` when it is in no repository, has uncommitted changes, or the commit has no good signature.
 */
export async function verifyWorktree(
  directory: string,
  policy: SignaturePolicy,
  env: GitEnvironment,
  signal?: AbortSignal,
): Promise<void> {
  const state = await describeWorktree(directory, env, signal);
  const why =
    state === undefined
      ? 'is in no git repository'
      : state.dirty
        ? 'holds changes that are not committed'
        : undefined;
  if (state === undefined || why !== undefined) {
    throw new CallsheetError(
      'auth',
      `the folder ${directory} ${why}, so that nobody has signed for what is in it`,
      {
        hint: 'Commit and sign the specs, or leave out --verify-signatures.',
      },
    );
  }
  await verifyCommit(state.commit, policy, { cwd: directory, env, signal });
}

/**
 * The specs of the same folder at another revision of the repository that it lies in: where that and what is checked out parted ways,
 * so that what others have merged in the meantime does not look like a change made here. Reads only what is in the repository already.
 *
 * @param ref whatever `git rev-parse` takes for a commit: `origin/main`, `HEAD~1`, an id.
 * @throws CallsheetError `invalid-input` (not in a repository, no such revision).
 */
export function worktreeSpecSource(
  directory: string,
  ref: string,
  root: string,
  env: GitEnvironment,
): SpecSource {
  return {
    async load(signal) {
      const call: GitCall = { cwd: directory, env, signal };
      const { commit, name } = await baseCommit(ref, call);
      const folder = await folderInRepository(directory, call);
      const listing = await listTree(commit, folder, call);
      const revision = { kind: 'git' as const, id: revisionOf(name, commit) };
      if (listing === undefined)
        return { files: [], diagnostics: [absent(folder, revision.id)], revision, root };
      const { files, diagnostics } = await readTree(listing.files, call);
      return { files, diagnostics: [...listing.diagnostics, ...diagnostics], revision, root };
    },
  };
}

async function baseCommit(ref: string, call: GitCall): Promise<{ commit: string; name: string }> {
  if (!/^[\p{L}\p{N}_][\p{L}\p{N}._/@{}~^+-]*$/u.test(ref) || ref.includes('..')) {
    throw new CallsheetError('invalid-input', `${quotedText(ref)} is no name of a revision`, {
      hint: 'Write a branch, a tag or a commit, for example origin/main.',
    });
  }
  const found = await runGit(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`],
    call,
  );
  const [tip] = lines(found);
  if (found.exitCode !== 0 || tip === undefined) {
    throw new CallsheetError(
      'invalid-input',
      `there is no revision ${quotedText(ref)} in the repository of the specs`,
      {
        hint: 'Fetch it first (git fetch origin), or check out with enough history (fetch-depth: 0).',
      },
    );
  }
  const parted = await runGit(['merge-base', tip, 'HEAD'], call);
  const [commit] = parted.exitCode === 0 ? lines(parted) : [];
  return { commit: commit ?? tip, name: ref };
}

/** Relative to the top of the working tree, with `/`. */
async function folderInRepository(directory: string, call: GitCall): Promise<string> {
  const [top] = lines(await runGit(['rev-parse', '--show-toplevel'], call));
  if (top === undefined)
    throw new CallsheetError('invalid-input', `${directory} is not in a git working tree`);
  return path
    .relative(await realpath(top), await realpath(directory))
    .split(path.sep)
    .join('/');
}

function absent(folder: string, revision: string): Diagnostic {
  return problem('no-specs', `There is no folder ${quotedText(folder)} at ${revision}.`);
}

function lines({ stdout }: GitResult): string[] {
  return new TextDecoder()
    .decode(stdout)
    .split('\n')
    .filter((line) => line !== '');
}
