import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { CallsheetError } from '../diagnostics/errors.ts';
import { fileError, symbolicLink } from './file-errors.ts';
import { revisionOf } from './file-listing.ts';
import type { StoredObject } from './object-store.ts';

/** Up to this size a file is read synchronously: 15 microseconds instead of 200. Bytes. */
const SMALL = 128 * 1024;
/** Never through a link, and never waiting for the other end of a pipe. */
const READ_FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Content and revision of the file at `path`, both of one and the same version. Throws what node:fs throws, `not-found`, `too-large`. */
export async function readFile(
  path: string,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<StoredObject> {
  return readSmall(path, maxBytes) ?? (await readLarge(path, maxBytes, signal));
}

/** What stands at `path`; undefined when nothing does. Throws for what is neither a file nor nothing. */
export function statsOf(path: string, doing: string): Stats | undefined {
  const stats = lstatOf(path, doing);
  if (stats === undefined || stats.isFile()) return stats;
  if (stats.isSymbolicLink()) throw symbolicLink(path, doing);
  // In a bucket, too, `a` is absent where only `a/b` is present; only writing over it is an error.
  if (stats.isDirectory() && doing !== 'write') return undefined;
  throw new CallsheetError('invalid-input', `Cannot ${doing} ${path}: it is not a regular file.`, {
    hint: 'Move it away, or use another key.',
  });
}

export function lstatOf(path: string, doing: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw fileError(error, doing, path);
  }
}

export function isFolder(path: string): boolean {
  try {
    return lstatSync(`${path}/.`, { throwIfNoEntry: false })?.isDirectory() === true;
  } catch {
    return false;
  }
}

export function notFound(path: string): CallsheetError {
  return new CallsheetError('not-found', `There is no file ${path}.`);
}

/** Undefined for a file that is better read without holding up the event loop. */
function readSmall(path: string, maxBytes: number): StoredObject | undefined {
  const descriptor = openSync(path, READ_FLAGS);
  try {
    const stats = fstatSync(descriptor);
    checkReadable(path, stats, maxBytes);
    if (stats.size > SMALL) return undefined;
    const bytes = Buffer.allocUnsafeSlow(stats.size);
    let filled = 0;
    while (filled < bytes.length) {
      const read = readSync(descriptor, bytes, filled, bytes.length - filled, null);
      if (read === 0) break;
      filled += read;
    }
    return { bytes: bytes.subarray(0, filled), revision: revisionOf(stats) };
  } finally {
    closeSync(descriptor);
  }
}

async function readLarge(
  path: string,
  maxBytes: number,
  signal: AbortSignal | undefined,
): Promise<StoredObject> {
  const handle = await open(path, READ_FLAGS);
  try {
    const stats = await handle.stat();
    checkReadable(path, stats, maxBytes);
    const bytes = await handle.readFile(signal === undefined ? {} : { signal });
    return { bytes, revision: revisionOf(stats) };
  } finally {
    await handle.close();
  }
}

function checkReadable(path: string, stats: Stats, maxBytes: number): void {
  if (stats.isDirectory()) throw notFound(path);
  if (!stats.isFile())
    throw new CallsheetError('unsupported', `Cannot read ${path}: it is not a regular file.`);
  if (stats.size > maxBytes) {
    throw new CallsheetError('too-large', `${path} has ${stats.size} bytes; at most ${maxBytes} are read.`);
  }
}
