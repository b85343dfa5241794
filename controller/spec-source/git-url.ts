import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { CallsheetError } from '../diagnostics/errors.ts';
import { quotedText } from '../diagnostics/visible-text.ts';
import { isLoopback } from '../runtime/loopback.ts';

export type GitProtocol = 'https' | 'http' | 'ssh' | 'file';

/** Specs in a git repository, as `--specs URL#REF:PATH` names them. */
export interface GitLocation {
  /** What git is given; never holds a password or a token. */
  readonly url: string;
  readonly protocol: GitProtocol;
  /** A branch, a tag, a full `refs/...` name or a full commit id. Undefined: the repository's default branch. */
  readonly ref: string | undefined;
  /** Folder of the specs, `/` between parts. Undefined: `specs` where there is one, else the whole repository. */
  readonly path: string | undefined;
}

const SCHEME = /^(?:git\+)?(https?|ssh|file):\/\//i;
/** `git@host:team/repo.git`, as hosts show it for copying. */
const SCP_FORM = /^([\w.-]+)@([\w.-]+):(?!\/\/)(.+)$/;
const FORM =
  'Write https://HOST/REPO.git#REF:FOLDER, ssh://git@HOST/REPO.git#REF:FOLDER or file:///FOLDER#REF:FOLDER.';

/** Whether `--specs` names a git repository rather than a folder. */
export function isGitUrl(text: string): boolean {
  return (
    SCHEME.test(text) ||
    SCP_FORM.test(text) ||
    /^(?:git|ext|ftps?|rsync)::?\/?\//i.test(text) ||
    text.includes('::')
  );
}

/**
 * Takes a git URL apart and refuses what is none: other protocols, credentials in the URL, names that git could take for an option or
 * for something else than a branch, a tag or a commit.
 *
 * @throws CallsheetError `invalid-input`.
 */
export function parseGitUrl(text: string): GitLocation {
  if (text.length > 2000 || /[\p{Cc}\p{Cf}\s]/u.test(text)) {
    throw refused('the git URL holds white space, an invisible character or more than 2,000 characters');
  }
  const hash = text.indexOf('#');
  const address = hash < 0 ? text : text.slice(0, hash);
  const fragment = hash < 0 ? '' : text.slice(hash + 1);
  const colon = fragment.indexOf(':');
  const ref = colon < 0 ? fragment : fragment.slice(0, colon);
  const folder = colon < 0 ? '' : fragment.slice(colon + 1);
  return {
    ...parseAddress(address),
    ref: ref === '' ? undefined : checkRef(ref),
    path: folder === '' ? undefined : checkFolder(folder),
  };
}

/**
 * A branch, tag or commit by the rules of `git check-ref-format`, without what git gives a meaning beyond a name (`^`, `~`, `@{`, `:`).
 *
 * @throws CallsheetError `invalid-input`.
 */
export function checkRef(ref: string): string {
  const odd =
    ref.length > 250 ||
    !/^[\p{L}\p{N}_][\p{L}\p{N}._/@+=,#-]*$/u.test(ref) ||
    /\.\.|\/\/|\/\.|@\{|\/$|\.$|\.lock(\/|$)/.test(ref);
  if (odd) {
    throw new CallsheetError(
      'invalid-input',
      `${quotedText(ref)} is no name of a branch, a tag or a commit`,
      {
        hint: 'Write a name like main, v1.2 or refs/tags/v1.2, or the full id of a commit.',
      },
    );
  }
  return ref;
}

/** A full commit id, in SHA-1 or SHA-256 repositories. */
export function isCommitId(ref: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(ref);
}

function parseAddress(address: string): Pick<GitLocation, 'url' | 'protocol'> {
  const scp = SCP_FORM.exec(address);
  if (scp !== null) return parseAddress(`ssh://${scp[1]}@${scp[2]}/${scp[3]!.replace(/^\/+/, '')}`);
  const scheme = SCHEME.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined) throw refused('the specs URL is of a kind that is not allowed');
  let url: URL;
  try {
    url = new URL(address.replace(/^git\+/i, ''));
  } catch {
    throw refused('the git URL cannot be read');
  }
  if (scheme === 'file') return { url: fileUrl(url), protocol: 'file' };
  if (scheme === 'http' && !isLoopback(url.hostname))
    throw refused('plain http would let anybody on the way change the specs');
  if (url.password !== '' || (scheme !== 'ssh' && url.username !== '')) {
    throw new CallsheetError(
      'invalid-input',
      'the git URL holds a credential, which would end up in logs and in plans',
      {
        hint: 'Take it out of the URL, and give it in the environment as CALLSHEET_GIT_TOKEN.',
      },
    );
  }
  // A host or user that begins with a dash would be an option of ssh.
  if (
    url.hostname === '' ||
    /^-/.test(url.hostname) ||
    /^-/.test(decodeURIComponent(url.username)) ||
    url.search !== ''
  ) {
    throw refused('the git URL cannot be used');
  }
  if (/^\/*$|^\/+-/.test(url.pathname)) throw refused('the git URL names no repository');
  return { url: url.href, protocol: scheme as GitProtocol };
}

function fileUrl(url: URL): string {
  if (url.hostname !== '' && url.hostname !== 'localhost')
    throw refused('a file URL with a host cannot be used');
  return pathToFileURL(path.resolve(decodeURIComponent(url.pathname))).href;
}

function checkFolder(folder: string): string {
  const parts = folder.replace(/^\/+|\/+$/g, '').split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..' || part === '.git')) {
    throw new CallsheetError('invalid-input', `${quotedText(folder)} is no folder inside a repository`, {
      hint: 'Write it from the root of the repository, for example #main:teams/casting/specs.',
    });
  }
  return parts.join('/');
}

function refused(why: string): CallsheetError {
  return new CallsheetError('invalid-input', why, { hint: FORM });
}
