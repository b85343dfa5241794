import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { CallsheetError } from '../diagnostics/errors.ts';
import { type ProblemCode, problem } from '../spec/problems.ts';
import { decodeText, MAX_FILE_BYTES, tooLarge } from './decode-text.ts';
import { type GitCall, runGit } from './git-command.ts';
import type { SpecFile } from './spec-source.ts';

const MAX_FILES = 10_000;
/** All spec files together, as of a folder. */
const MAX_TOTAL_BYTES = 64 * 1_048_576;
/** The mode of a submodule; what begins with 100 is a file, anything else a link. */
const SUBMODULE = '160000';
const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

/** A YAML file in a commit. */
export interface TreeFile {
  /** Relative to the folder of the specs. */
  readonly name: string;
  /** Object id of its content. */
  readonly blob: string;
}

export interface TreeListing {
  readonly files: readonly TreeFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The YAML files below a folder of a commit, by the same rules as in a directory: names that begin with a dot and `node_modules` are
 * skipped. Links and submodules are never followed; where specs may be behind one, it is a problem. Undefined when the commit has no such folder.
 *
 * @throws CallsheetError `unavailable` when it has, and the folder cannot be read.
 */
export async function listTree(
  commit: string,
  folder: string,
  call: GitCall,
): Promise<TreeListing | undefined> {
  const { exitCode, stdout } = await runGit(
    ['ls-tree', '-r', '-z', '--full-tree', `${commit}:${folder}`],
    call,
  );
  if (exitCode !== 0) {
    if (await hasFolder(commit, folder, call)) throw incomplete();
    return undefined;
  }
  const files: TreeFile[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const line of new TextDecoder().decode(stdout).split('\0')) {
    const [, mode, blob, name] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (mode === undefined || blob === undefined || name === undefined || isHidden(name)) continue;
    if (mode.startsWith('100')) {
      if (isYaml(name)) files.push({ name, blob });
      continue;
    }
    // In a whole repository they are there for many reasons; below the specs whoever put it there means that it is read.
    if (isYaml(name) || (folder !== '' && mayBeFolder(mode, name))) diagnostics.push(notFollowed(mode, name));
  }
  if (files.length > MAX_FILES) {
    diagnostics.push(
      problem(
        'too-many-files',
        `There are more than ${MAX_FILES} YAML files in this folder of the repository. Is this the folder with the specs?`,
      ),
    );
    files.length = MAX_FILES;
  }
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { files, diagnostics };
}

/** Also where nothing can be said of it, because what leads there is damaged. */
async function hasFolder(commit: string, folder: string, call: GitCall): Promise<boolean> {
  const place = folder === '' ? [] : ['--', folder];
  const { exitCode, stdout } = await runGit(['ls-tree', '-z', '--full-tree', commit, ...place], call);
  return exitCode !== 0 || /^\d+ tree /.test(new TextDecoder().decode(stdout));
}

/** Reads files of a commit, whose objects must all be here; what cannot be used is a diagnostic. */
export async function readTree(
  files: readonly TreeFile[],
  call: GitCall,
): Promise<{ files: SpecFile[]; diagnostics: Diagnostic[] }> {
  const sizes = await sizesOf(files, call);
  const small = files.filter(({ blob }) => (sizes.get(blob) ?? 0) <= MAX_FILE_BYTES);
  const diagnostics = files
    .filter((file) => !small.includes(file))
    .map(({ name }) => at('file-too-large', name, tooLarge(name).detail));
  if (small.reduce((sum, { blob }) => sum + (sizes.get(blob) ?? 0), 0) > MAX_TOTAL_BYTES) {
    return {
      files: [],
      diagnostics: [
        problem(
          'file-too-large',
          'The YAML files in this folder of the repository have more than 64 MB together. Is this the folder with the specs?',
        ),
      ],
    };
  }
  const contents = await contentsOf(small, call);
  const read: SpecFile[] = [];
  for (const [index, { name }] of small.entries()) {
    const decoded = decodeText(name, contents[index]!);
    if (!('text' in decoded)) diagnostics.push(at(decoded.code, name, decoded.detail));
    else if (decoded.text.startsWith(LFS_POINTER))
      diagnostics.push(
        at(
          'unreadable-file',
          name,
          `${name} is kept in Git LFS, which is not read. Keep specs in git itself.`,
        ),
      );
    else read.push({ name, text: decoded.text });
  }
  return { files: read, diagnostics };
}

async function sizesOf(files: readonly TreeFile[], call: GitCall): Promise<Map<string, number>> {
  const stdout = await catFile('--batch-check=%(objectname) %(objectsize)', files, call);
  const lines = new TextDecoder().decode(stdout).trim().split('\n');
  return new Map(
    lines.filter((line) => line !== '').map((line) => [line.split(' ')[0]!, Number(line.split(' ')[1])]),
  );
}

/** The contents in the order of `files`: each is a header line with the size, the bytes, and a line feed. */
async function contentsOf(files: readonly TreeFile[], call: GitCall): Promise<Uint8Array[]> {
  const stdout = await catFile('--batch=%(objecttype) %(objectsize)', files, call);
  let offset = 0;
  return files.map(() => {
    const end = stdout.indexOf(0x0a, offset);
    const [type, size] = new TextDecoder().decode(stdout.subarray(offset, end)).split(' ');
    if (type !== 'blob' || !Number.isSafeInteger(Number(size))) throw incomplete();
    const bytes = stdout.subarray(end + 1, end + 1 + Number(size));
    offset = end + 2 + Number(size);
    return bytes;
  });
}

async function catFile(format: string, files: readonly TreeFile[], call: GitCall): Promise<Uint8Array> {
  if (files.length === 0) return new Uint8Array();
  const input = `${files.map(({ blob }) => blob).join('\n')}\n`;
  const { exitCode, stdout } = await runGit(['cat-file', format], { ...call, input });
  if (exitCode !== 0) throw incomplete();
  return stdout;
}

function incomplete(): CallsheetError {
  return new CallsheetError('unavailable', 'git could not read all files of the commit', {
    hint: 'It is tried again the next time.',
  });
}

function isYaml(name: string): boolean {
  return /\.ya?ml$/i.test(name);
}

function isHidden(name: string): boolean {
  return name.split('/').some((part) => part.startsWith('.') || part === 'node_modules');
}

/** What a link leads to is not asked: its name says enough. */
function mayBeFolder(mode: string, name: string): boolean {
  return mode === SUBMODULE || !/[^/]\.[^/]+$/.test(name);
}

/** Passed over in silence, all specs behind it would be gone, and their actors would go to other distributions. */
function notFollowed(mode: string, name: string): Diagnostic {
  const [one, many] = mode === SUBMODULE ? ['submodule', 'submodules'] : ['link', 'links'];
  const what = isYaml(name) ? 'the file itself' : 'the files themselves';
  return at(
    'unreadable-file',
    name,
    `${name} is a ${one}, and ${many} in git are not followed. Put ${what} there.`,
  );
}

function at(code: ProblemCode, name: string, detail: string): Diagnostic {
  return { ...problem(code, detail), range: { file: name, line: 1, column: 1 } };
}
