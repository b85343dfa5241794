import { open, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { digestOf } from '../spec/canonical.ts';
import { type ProblemCode, problem } from '../spec/problems.ts';
import { decodeText, MAX_FILE_BYTES, tooLarge } from './decode-text.ts';
import { findSpecFiles } from './find-spec-files.ts';
import { ioReason } from './io-reason.ts';
import { libraryRoot } from './library-root.ts';
import type { SpecFile, SpecSnapshot, SpecSource } from './spec-source.ts';

/** All spec files together; keeps a mistaken folder from filling the memory. */
const MAX_TOTAL_BYTES = 64 * 1_048_576;
const FILES_AT_ONCE = 16;

export interface DirectorySpecSourceOptions {
  /** The folder with the specs; relative to the working directory. */
  readonly directory: string;
  /** Where relative `file:` URLs start. Unless given: see `libraryRoot`. */
  readonly root?: string;
}

/** Reads all `*.yaml` and `*.yml` below a folder. */
export function directorySpecSource(options: DirectorySpecSourceOptions): SpecSource {
  const directory = path.resolve(options.directory);
  const root = path.resolve(options.root ?? libraryRoot(directory));
  return { load: (signal) => loadDirectory(directory, root, signal) };
}

async function loadDirectory(
  directory: string,
  root: string,
  signal: AbortSignal | undefined,
): Promise<SpecSnapshot> {
  signal?.throwIfAborted();
  const missing = await whyNoFolder(directory);
  if (missing !== undefined) return snapshot([], [problem('no-folder', missing)], root);
  const found = await findSpecFiles(directory, signal);
  const diagnostics = [...found.diagnostics];
  const files: SpecFile[] = [];
  let total = 0;
  for (let start = 0; start < found.names.length && total <= MAX_TOTAL_BYTES; start += FILES_AT_ONCE) {
    signal?.throwIfAborted();
    const names = found.names.slice(start, start + FILES_AT_ONCE);
    for (const result of await Promise.all(names.map((name) => readSpecFile(directory, name)))) {
      if ('severity' in result) diagnostics.push(result);
      else {
        files.push(result);
        total += result.text.length;
      }
    }
  }
  if (total > MAX_TOTAL_BYTES) {
    diagnostics.push(
      problem(
        'file-too-large',
        `The files below ${directory} have more than 64 MB together. Is this the folder with the specs?`,
      ),
    );
  }
  if (files.length === 0 && diagnostics.length === 0) {
    diagnostics.push(
      problem(
        'no-specs',
        `There is no .yaml or .yml file below ${directory}. Name the folder with --specs; for a new library, callsheet init makes one.`,
      ),
    );
  }
  return snapshot(files, diagnostics, root);
}

async function whyNoFolder(directory: string): Promise<string | undefined> {
  const advice = 'Put it back, or name another with --specs; for a new library, callsheet init makes one.';
  try {
    await readdir(directory);
    return undefined;
  } catch (error) {
    return `The specs folder ${directory} cannot be read: ${ioReason(error)}. ${advice}`;
  }
}

async function readSpecFile(directory: string, name: string): Promise<SpecFile | Diagnostic> {
  const at = (code: ProblemCode, detail: string): Diagnostic => ({
    ...problem(code, detail),
    range: { file: name, line: 1, column: 1 },
  });
  try {
    const bytes = await readAtMost(path.join(directory, name), MAX_FILE_BYTES);
    const decoded = bytes === undefined ? tooLarge(name) : decodeText(name, bytes);
    return 'text' in decoded ? { name, text: decoded.text } : at(decoded.code, decoded.detail);
  } catch (error) {
    return at('unreadable-file', `${name} cannot be read: ${ioReason(error)}.`);
  }
}

/** The whole file, or undefined when it is larger than `limit`: also when it grows while it is read. */
async function readAtMost(file: string, limit: number): Promise<Uint8Array | undefined> {
  await using handle = await open(file, 'r');
  const { size } = await handle.stat();
  if (size > limit) return undefined;
  const buffer = Buffer.alloc(Math.min(limit + 1, size + 4096));
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, null);
    if (bytesRead === 0) return buffer.subarray(0, filled);
    filled += bytesRead;
  }
  return undefined;
}

function snapshot(
  files: readonly SpecFile[],
  diagnostics: readonly Diagnostic[],
  root: string,
): SpecSnapshot {
  const id = `sha256:${digestOf(files.map(({ name, text }) => [name, text]))}`;
  return { files, diagnostics, revision: { kind: 'directory', id }, root };
}
