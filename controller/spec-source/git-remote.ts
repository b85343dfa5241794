import { CallsheetError } from '../diagnostics/errors.ts';
import { quotedText } from '../diagnostics/visible-text.ts';
import { type GitCall, type GitResult, runGit } from './git-command.ts';
import { type GitLocation, isCommitId } from './git-url.ts';

/** Which commit a name stands for at the moment. */
export interface RemoteCommit {
  readonly commit: string;
  /** As plans show it: `main@sha1:<commit>`, `sha1:<commit>`. */
  readonly revision: string;
}

/**
 * Asks the repository what a branch or tag is now. A full commit id is taken as it is: whether it exists shows when it is fetched.
 *
 * @throws CallsheetError `not-found`, `invalid-input` (a branch and a tag of the same name), `unavailable`.
 */
export async function resolveRemote(location: GitLocation, call: GitCall): Promise<RemoteCommit> {
  const { url, ref } = location;
  if (ref !== undefined && isCommitId(ref)) return { commit: ref, revision: revisionOf(undefined, ref) };
  const names = ref === undefined ? ['HEAD'] : candidates(ref);
  const asked = await runGit(
    ['ls-remote', '--symref', '--exit-code', '--', url, ...names.flatMap((name) => [name, `${name}^{}`])],
    call,
  );
  // 2: the repository has answered, and none of the names is in it.
  if (asked.exitCode === 2) throw noSuchRef(location);
  if (asked.exitCode !== 0) throw unreachable(location, asked);
  const { commits, head } = readRefs(asked.stdout);
  const found = names.filter((name) => commits.has(name));
  if (found.length === 0) throw noSuchRef(location);
  if (found.length > 1) {
    throw new CallsheetError('invalid-input', `${quotedText(ref ?? '')} is both a branch and a tag`, {
      hint: `Write #${found[0]} or #${found[1]}.`,
    });
  }
  const name = found[0]!;
  const commit = commits.get(`${name}^{}`) ?? commits.get(name)!;
  return { commit, revision: revisionOf(shortName(name === 'HEAD' ? (head ?? name) : name), commit) };
}

export function revisionOf(name: string | undefined, commit: string): string {
  const id = `${commit.length === 64 ? 'sha256' : 'sha1'}:${commit}`;
  return name === undefined ? id : `${name}@${id}`;
}

export function unreachable({ url, protocol }: GitLocation, { said }: GitResult): CallsheetError {
  const token = 'If it is not public, give a token in CALLSHEET_GIT_TOKEN.';
  const credential = {
    https: token,
    http: token,
    ssh: 'Its host key must be in known_hosts, and a key that it accepts in an agent or in the file that CALLSHEET_GIT_SSH_KEY names.',
    file: 'Is it the folder of a git repository, and owned by you?',
  }[protocol];
  return new CallsheetError(
    'unavailable',
    `the specs cannot be fetched from ${url}${said === '' ? '' : `: git says "${said}"`}`,
    {
      hint: credential,
    },
  );
}

function candidates(ref: string): string[] {
  return ref === 'HEAD' || ref.startsWith('refs/') ? [ref] : [`refs/heads/${ref}`, `refs/tags/${ref}`];
}

/** Lines are `<id>\t<name>`, and `ref: <name>\tHEAD` for what HEAD points to. Patterns match the ends of names; callers look up whole ones. */
function readRefs(stdout: Uint8Array): { commits: Map<string, string>; head: string | undefined } {
  const commits = new Map<string, string>();
  let head: string | undefined;
  for (const line of new TextDecoder().decode(stdout).split('\n')) {
    const [value = '', name] = line.split('\t');
    if (name === undefined) continue;
    if (value.startsWith('ref: ')) head = name === 'HEAD' ? value.slice('ref: '.length) : head;
    else if (isCommitId(value)) commits.set(name, value);
  }
  return { commits, head };
}

function shortName(name: string): string {
  return name.replace(/^refs\/(?:heads|tags)\//, '');
}

function noSuchRef({ url, ref }: GitLocation): CallsheetError {
  return ref === undefined
    ? new CallsheetError('not-found', `the repository ${url} has no commits yet`, {
        hint: 'Commit the specs and push them.',
      })
    : new CallsheetError('not-found', `the repository ${url} has no branch or tag ${quotedText(ref)}`, {
        hint: 'Names are told apart by case; a commit is named by its full id.',
      });
}
