import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type DirectorySpecSourceOptions, directorySpecSource } from './spec-source/directory-spec-source.ts';
import { isGitUrl } from './spec-source/git-url.ts';
import type { SpecSource } from './spec-source/spec-source.ts';

export interface SpecSourceOptions {
  /** Where relative `file:` URLs of the Library start, instead of what the source says. Absolute. */
  readonly root?: string;
  /** `ssh:FILE` or `gpg:FILE`: take specs from git only where a commit is signed with one of these keys. */
  readonly verifySignatures?: string;
  /** Unless given, the environment of this process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** What relative paths are relative to; the working directory unless given. */
  readonly cwd?: string;
}

/**
 * The source that `--specs` names: a git URL or a folder. Apart from `wire.ts`, so that checking specs loads nothing else.
 *
 * @throws CallsheetError `invalid-input` (when it is loaded) for a URL that cannot be used.
 */
export function openSpecSource(specs: string, options: SpecSourceOptions = {}): SpecSource {
  const { root, cwd = process.cwd() } = options;
  if (isGitUrl(specs)) {
    return {
      load: async (signal) => await (await openGit(specs, options)).load(signal),
      descends: async (newer, older, signal) =>
        await (await openGit(specs, options)).descends?.(newer, older, signal),
    };
  }
  const folder: DirectorySpecSourceOptions = {
    directory: resolve(cwd, specs),
    ...(root === undefined ? {} : { root }),
  };
  const source = directorySpecSource(folder);
  if (options.verifySignatures === undefined) return source;
  return { load: (signal) => loadSigned(source, folder.directory, options, signal) };
}

async function openGit(
  url: string,
  { root, env = process.env, verifySignatures, cwd = process.cwd() }: SpecSourceOptions,
): Promise<SpecSource> {
  const { gitSpecSource } = await import('./spec-source/git-spec-source.ts');
  const { parseSignaturePolicy } = await import('./spec-source/git-signature.ts');
  return gitSpecSource({
    url,
    root: root ?? cwd,
    env,
    ...(verifySignatures === undefined ? {} : { signatures: parseSignaturePolicy(verifySignatures, cwd) }),
  });
}

async function loadSigned(
  source: SpecSource,
  directory: string,
  { env = process.env, verifySignatures = '', cwd = process.cwd() }: SpecSourceOptions,
  signal?: AbortSignal,
) {
  const { verifyWorktree } = await import('./spec-source/git-worktree.ts');
  const { parseSignaturePolicy } = await import('./spec-source/git-signature.ts');
  await verifyWorktree(directory, parseSignaturePolicy(verifySignatures, cwd), env, signal);
  return await source.load(signal);
}

/**
 * The specs that a change is compared with: a git URL, or the same folder at another revision of the repository that it lies in.
 *
 * @param base `origin/main`, an id, or a git URL.
 * @throws CallsheetError `invalid-input` when there is no such revision.
 */
export async function openBaseSource(
  specs: string,
  base: string,
  options: SpecSourceOptions & { readonly root: string },
): Promise<SpecSource> {
  const { env = process.env, cwd = process.cwd() } = options;
  if (isGitUrl(base)) return openSpecSource(base, options);
  if (isGitUrl(specs)) return openSpecSource(`${specs.split('#')[0]}#${base}${folderOf(specs)}`, options);
  const { worktreeSpecSource } = await import('./spec-source/git-worktree.ts');
  return worktreeSpecSource(resolve(cwd, specs), base, options.root, env);
}

/** `:specs` of `https://host/a.git#main:specs`. */
function folderOf(specs: string): string {
  const fragment = specs.split('#')[1] ?? '';
  return fragment.includes(':') ? fragment.slice(fragment.indexOf(':')) : '';
}

/** Whether it is worth while to ask git: to load what runs it takes longer than many a command. */
function isInRepository(folder: string, env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.GIT_DIR !== undefined) return true;
  if (!existsSync(folder)) return false;
  for (let place = realpathSync(folder); ; place = dirname(place)) {
    if (existsSync(join(place, '.git'))) return true;
    if (dirname(place) === place) return false;
  }
}

/** How a folder of specs stands to its git repository; undefined where there is none. */
export async function describeSpecs(
  specs: string,
  env: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<{ commit: string; dirty: boolean } | undefined> {
  if (isGitUrl(specs) || !isInRepository(resolve(specs), env)) return undefined;
  const { describeWorktree } = await import('./spec-source/git-worktree.ts');
  const found = await describeWorktree(resolve(specs), env, signal);
  return found === undefined ? undefined : { commit: found.commit, dirty: found.dirty };
}
