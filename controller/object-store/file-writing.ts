import { lstatSync, mkdirSync, type Stats } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CallsheetError } from '../diagnostics/errors.ts';
import { systemCodeOf } from './file-errors.ts';
import { revisionOf } from './file-listing.ts';
import type { Precondition } from './object-store.ts';

/** Throws `precondition-failed` unless what stands at `path` is what the caller expects. */
export function checkPrecondition(
  path: string,
  stats: Stats | undefined,
  onlyIf: Precondition | undefined,
): void {
  if (onlyIf === undefined) return;
  const revision = stats === undefined ? undefined : revisionOf(stats);
  if (revision === (onlyIf === 'absent' ? undefined : onlyIf.revision)) return;
  const changed = revision === undefined ? 'is gone' : 'has changed since it was read';
  const problem = onlyIf === 'absent' ? 'exists already' : changed;
  throw new CallsheetError('precondition-failed', `${path} ${problem}.`, {
    hint: 'Read it again and retry.',
  });
}

/** A replaced file keeps its mode and, as far as the system lets us, its owner. */
export async function keepAttributes(handle: FileHandle, before: Stats | undefined): Promise<void> {
  if (before === undefined) return;
  const now = await handle.stat();
  if (now.uid !== before.uid || now.gid !== before.gid)
    await handle.chown(before.uid, before.gid).catch(() => undefined);
  if (now.mode !== before.mode) await handle.chmod(before.mode & 0o7777);
}

/** Puts the finished temporary file in its place and returns its revision. */
export async function publish(handle: FileHandle, temporary: string, path: string): Promise<string> {
  // The kernel stamps files only every few milliseconds. Without a finer time, two quick writes of one size that happen to get the same
  // inode would have the same revision, and a compare-and-swap on the first would overwrite the second.
  const seconds = (Date.now() + (performance.now() % 1)) / 1000;
  await handle.utimes(seconds, seconds);
  await handle.sync();
  try {
    await rename(temporary, path);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
    // Another machine took us for dead and removed our claim with what was in it: nothing was changed, and it may be tried again.
    throw new CallsheetError(
      'unavailable',
      `Cannot write ${path}: another machine took over in the meantime.`,
    );
  }
  return revisionOf(await handle.stat());
}

/** Makes `folder` and what is missing above it, durably. */
export async function makeFolder(folder: string): Promise<void> {
  const first = makeFolders(folder);
  if (first === undefined) return;
  for (let path = folder; path.length >= first.length; path = dirname(path)) await syncFolder(dirname(path));
}

function makeFolders(folder: string): string | undefined {
  try {
    return mkdirSync(folder, { recursive: true });
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
    // That is what the recursive form makes of a read-only file system. The plain form tells.
    let missing = folder;
    while (lstatSync(dirname(missing), { throwIfNoEntry: false }) === undefined) missing = dirname(missing);
    mkdirSync(missing);
    return makeFolders(folder) ?? missing;
  }
}

/** Makes renames and removals in `folder` survive a power cut. Some file systems cannot, and say EINVAL. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch (error) {
    const code = systemCodeOf(error);
    if (code !== 'EINVAL' && code !== 'ENOTSUP' && code !== 'EISDIR' && code !== 'ENOENT') throw error;
  } finally {
    await handle?.close();
  }
}
