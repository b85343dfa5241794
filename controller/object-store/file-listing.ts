import { lstatSync, readdirSync, type Stats } from 'node:fs';
import { breathe, isBreathDue } from './breathe.ts';
import { isClaimFolder } from './file-claim.ts';
import { fileError, systemCodeOf } from './file-errors.ts';
import type { ObjectInfo } from './object-store.ts';

/** A folder that is to be listed. */
export interface Folder {
  readonly path: string;
  /** What the keys of its files start with: empty, or ending in `/`. */
  readonly keyPrefix: string;
  /** Only entries whose names start so. */
  readonly nameStart: string;
}

/**
 * The files at any depth below the folder that `start` names. `start` is called with the first step, so that what it throws is met there.
 * Symbolic links are passed over, as are names that are not UTF-8: neither can be named by a key that `get` would take.
 *
 * Synchronous on purpose. On two cores, 10,000 folders with 20 files each take 0.8 s this way and 3 to 4 s through the promise API: a
 * stat takes 2 microseconds, and a round trip through the thread pool takes ten times that. Between files it looks at the time and lets
 * the event loop turn, so nothing else waits for long.
 */
export async function* listFiles(start: () => Folder, signal?: AbortSignal): AsyncGenerator<ObjectInfo> {
  signal?.throwIfAborted();
  const folders = [start()];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const name of namesIn(folder.path)) {
      if (!name.startsWith(folder.nameStart)) continue;
      if (isBreathDue()) {
        await breathe();
        signal?.throwIfAborted();
      }
      const path = `${folder.path}/${name}`;
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats === undefined) continue; // Deleted in between.
      const key = folder.keyPrefix + name;
      if (stats.isFile()) yield infoOf(key, stats);
      else if (stats.isDirectory() && !isClaimFolder(name))
        folders.push({ path, keyPrefix: `${key}/`, nameStart: '' });
    }
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    // Deleted in between, with all that was in it. Whether the root is there at all, the caller has looked.
    if (systemCodeOf(error) === 'ENOENT') return [];
    throw fileError(error, 'list', folder);
  }
}

export function infoOf(key: string, stats: Stats): ObjectInfo {
  return { key, size: stats.size, revision: revisionOf(stats), modifiedMs: stats.mtimeMs };
}

/**
 * Size, both times and the inode. Our own writes make a new inode and set a modification time with microseconds; another program's write
 * in place changes the times. Milliseconds with their fraction, as doubles, tell a quarter of a microsecond.
 */
export function revisionOf(stats: Stats): string {
  return `${stats.size}-${stats.mtimeMs}-${stats.ctimeMs}-${stats.ino}`;
}
