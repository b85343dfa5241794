import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { isCallsheetError } from '../diagnostics/errors.ts';
import { quotedText } from '../diagnostics/visible-text.ts';
import { problem } from '../spec/problems.ts';
import { cachedCommit, cacheFolder, fetchCommit, fetchObjects, forgetCommit } from './git-cache.ts';
import type { GitCall, GitEnvironment } from './git-command.ts';
import { isAncestor, parseRevision } from './git-history.ts';
import { type RemoteCommit, resolveRemote } from './git-remote.ts';
import { type SignaturePolicy, verifyCommit } from './git-signature.ts';
import { listTree, readTree, type TreeListing } from './git-tree.ts';
import { type GitLocation, parseGitUrl } from './git-url.ts';
import type { SpecFile, SpecSnapshot, SpecSource } from './spec-source.ts';

/** The folder that is looked at first when the URL names none. */
const USUAL_FOLDER = 'specs';

export interface GitSpecSourceOptions {
  /** `https://HOST/REPO.git#REF:FOLDER`; also `ssh://`, `file://` and `git@HOST:REPO.git`. */
  readonly url: string;
  /** Where relative `file:` URLs of the Library start: a repository that is only read has no place for data. */
  readonly root: string;
  /** For `PATH`, proxies and credentials (`CALLSHEET_GIT_TOKEN`, `CALLSHEET_GIT_SSH_KEY`, `SSH_AUTH_SOCK`). */
  readonly env: GitEnvironment;
  /** Where fetched commits are kept; the user's cache folder unless given. */
  readonly cache?: string;
  /** Take specs only from commits that are signed so. */
  readonly signatures?: SignaturePolicy;
  /** Milliseconds that one exchange with the server may take; two minutes unless given. */
  readonly timeoutMs?: number;
}

/**
 * Reads specs from a commit of a git repository, without a working tree: nothing of the repository is ever executed, checked out or
 * followed. Every `load` asks for the branch anew; a commit that is in the cache is not fetched again.
 *
 * @throws CallsheetError `invalid-input` for a URL that cannot be used.
 */
export function gitSpecSource(options: GitSpecSourceOptions): SpecSource {
  const location = parseGitUrl(options.url);
  return {
    load: (signal) => loadCommit(location, options, signal),
    descends: (newer, older, signal) => descends(location, options, newer, older, signal),
  };
}

async function descends(
  location: GitLocation,
  options: GitSpecSourceOptions,
  newerId: string,
  olderId: string,
  signal: AbortSignal | undefined,
): Promise<boolean | undefined> {
  const [newer, older] = [parseRevision(newerId), parseRevision(olderId)];
  // Another branch has another history, which is nothing to speak of.
  if (newer === undefined || older === undefined || newer.name !== older.name) return undefined;
  try {
    const { cache, remote } = await connectionTo(location, options, signal);
    return await isAncestor(cache, location, { older: older.commit, newer: newer.commit }, remote);
  } catch (error) {
    signal?.throwIfAborted();
    // It is a remark about a revision that is in force already: no reason for it to fail.
    if (isCallsheetError(error)) return undefined;
    throw error;
  }
}

/** Where commits are kept, and how the server is spoken to. */
async function connectionTo(
  location: GitLocation,
  { env, cache = cacheFolder(env), timeoutMs }: GitSpecSourceOptions,
  signal: AbortSignal | undefined,
): Promise<{ readonly cache: string; readonly remote: GitCall }> {
  await mkdir(cache, { recursive: true, mode: 0o700 });
  const timeout = timeoutMs === undefined ? {} : { timeoutMs };
  return { cache, remote: { cwd: cache, env, protocol: location.protocol, signal, ...timeout } };
}

async function loadCommit(
  location: GitLocation,
  options: GitSpecSourceOptions,
  signal: AbortSignal | undefined,
): Promise<SpecSnapshot> {
  const { cache, remote } = await connectionTo(location, options, signal);
  const at = await resolveRemote(location, remote);
  const fetch = () =>
    cachedCommit(cache, location, at.commit, location.path ?? '', (fresh) =>
      fill(fresh, location, at.commit, remote),
    );
  const repository = await fetch();
  try {
    return await readCommit(repository, at, location, options, signal);
  } catch (error) {
    if (!isCallsheetError(error, 'unavailable')) throw error;
    // What the cache holds is damaged, and would be for as long as the branch stays where it is.
    await forgetCommit(repository);
    return await readCommit(await fetch(), at, location, options, signal);
  }
}

async function readCommit(
  repository: string,
  at: RemoteCommit,
  location: GitLocation,
  { env, signatures, root }: GitSpecSourceOptions,
  signal: AbortSignal | undefined,
): Promise<SpecSnapshot> {
  const local: GitCall = { cwd: repository, env, signal };
  // Before the signature: a commit that is damaged is not one that nobody has signed.
  const listing = await listFolder(location, at.commit, local);
  if (signatures !== undefined) await verifyCommit(at.commit, signatures, local);
  if (listing === undefined) return snapshot(at, [], [noFolder(location, at)], root);
  const { files, diagnostics } = await readTree(listing.files, local);
  const all = [...listing.diagnostics, ...diagnostics];
  return snapshot(at, files, files.length === 0 && all.length === 0 ? [noFiles(location, at)] : all, root);
}

/** Fetches the commit, then the contents of the spec files alone. */
async function fill(
  repository: string,
  location: GitLocation,
  commit: string,
  remote: GitCall,
): Promise<void> {
  await fetchCommit(repository, location, commit, remote);
  const local: GitCall = { cwd: repository, env: remote.env, signal: remote.signal };
  const listing = await listFolder(location, commit, local);
  if (listing === undefined || listing.files.length === 0) return;
  const wanted = [...new Set(listing.files.map(({ blob }) => blob))];
  await fetchObjects(location, `${commit}^{tree}`, wanted, { ...remote, cwd: repository });
}

async function listFolder(
  { path: folder }: GitLocation,
  commit: string,
  call: GitCall,
): Promise<TreeListing | undefined> {
  if (folder !== undefined) return await listTree(commit, folder, call);
  const usual = await listTree(commit, USUAL_FOLDER, call);
  if (usual !== undefined) return usual;
  const whole = await listTree(commit, '', call);
  // Where the usual folder was taken away, examples and tests elsewhere in the repository do not take its place.
  const isElsewhere = whole?.files.length !== 0 && whole?.files.every(({ name }) => name.includes('/'));
  return isElsewhere ? undefined : whole;
}

function snapshot(
  { revision }: RemoteCommit,
  files: readonly SpecFile[],
  diagnostics: readonly Diagnostic[],
  root: string,
): SpecSnapshot {
  return { files, diagnostics, revision: { kind: 'git', id: revision }, root: path.resolve(root) };
}

function noFolder({ url, path: named }: GitLocation, { revision }: RemoteCommit): Diagnostic {
  const folder = quotedText(named ?? USUAL_FOLDER);
  return problem('no-specs', `${url} has no folder ${folder} at ${revision}.${howToName(named)}`);
}

function noFiles({ url, path: named }: GitLocation, { revision }: RemoteCommit): Diagnostic {
  const where = named === undefined ? '' : ` below ${quotedText(named)}`;
  return problem('no-specs', `${url} has no .yaml or .yml file${where} at ${revision}.${howToName(named)}`);
}

/** For those who have not named a folder. */
function howToName(named: string | undefined): string {
  return named === undefined ? ' Name the folder after a colon, as in #main:specs.' : '';
}
