import { constants, rmdirSync } from 'node:fs';
import { copyFile, open, unlink } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CallsheetError } from '../diagnostics/errors.ts';
import { type Clock, systemClock } from '../runtime/clock.ts';
import { breathe, isBreathDue } from './breathe.ts';
import { type ClaimOptions, isClaimFolder, withClaim } from './file-claim.ts';
import { fileError, symbolicLink, systemCodeOf } from './file-errors.ts';
import { type Folder, infoOf, listFiles, revisionOf } from './file-listing.ts';
import { isFolder, lstatOf, notFound, readFile, statsOf } from './file-reading.ts';
import { FileScratch } from './file-scratch.ts';
import { checkPrecondition, keepAttributes, makeFolder, publish, syncFolder } from './file-writing.ts';
import { checkKey, checkPrefix } from './object-key.ts';
import type { ObjectInfo, ObjectStore, PutOptions, StoredObject } from './object-store.ts';

export interface FileObjectStoreOptions {
  /** Path of the directory. `put` creates it. */
  readonly root: string;
  /**
   * What `list` makes of a root that is not there: `error` (default: an unmounted disk or a mistyped path must not look like an empty
   * library) or `empty` (for a place of our own that the first write makes).
   */
  readonly missingRoot?: 'error' | 'empty';
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** A directory as an ObjectStore: keys are relative paths. Symbolic links below the root are not followed. */
export function createFileObjectStore(options: FileObjectStoreOptions): ObjectStore {
  return new FileObjectStore(options);
}

class FileObjectStore implements ObjectStore {
  readonly url: string;
  readonly conditionalWrites = true;
  readonly #root: string;
  readonly #missingRoot: 'error' | 'empty';
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #scratch: FileScratch;

  constructor(options: FileObjectStoreOptions) {
    this.#root = resolve(options.root);
    this.url = `${pathToFileURL(this.#root).href}/`;
    this.#missingRoot = options.missingRoot ?? 'error';
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#scratch = new FileScratch(this.#root);
  }

  list(prefix: string, signal?: AbortSignal): AsyncIterable<ObjectInfo> {
    return listFiles(() => this.#folderOf(prefix), signal);
  }

  async get(key: string, options: { maxBytes?: number; signal?: AbortSignal } = {}): Promise<StoredObject> {
    const path = this.#pathOf(key, 'read');
    options.signal?.throwIfAborted();
    if (isBreathDue()) await breathe();
    const maxBytes = options.maxBytes ?? Number.POSITIVE_INFINITY;
    try {
      return await readFile(path, maxBytes, options.signal);
    } catch (error) {
      options.signal?.throwIfAborted();
      throw fileError(error, 'read', path);
    }
  }

  async head(key: string, signal?: AbortSignal): Promise<ObjectInfo> {
    const path = this.#pathOf(key, 'read');
    signal?.throwIfAborted();
    const stats = statsOf(path, 'read');
    if (stats === undefined) throw notFound(path);
    return infoOf(key, stats);
  }

  async put(key: string, bytes: Uint8Array, options: PutOptions = {}): Promise<string> {
    const path = this.#pathOf(key, 'write');
    if (options.remakable === true && options.onlyIf === undefined)
      return await this.#putRemakable(path, bytes, options.signal);
    return await this.#write(path, bytes, options);
  }

  async putPieces(
    key: string,
    pieces: () => Iterable<Uint8Array>,
    { signal }: Pick<PutOptions, 'signal'> = {},
  ): Promise<string> {
    const options = signal === undefined ? {} : { signal };
    return await this.#write(this.#pathOf(key, 'write'), pieces, options);
  }

  async #write(
    path: string,
    content: Uint8Array | (() => Iterable<Uint8Array>),
    { onlyIf, signal }: PutOptions,
  ): Promise<string> {
    return await this.#replace(path, signal, async (temporary) => {
      const before = statsOf(path, 'write');
      checkPrecondition(path, before, onlyIf);
      const handle = await open(temporary, 'r+');
      try {
        const data = typeof content === 'function' ? content() : content;
        await handle.writeFile(data, signal === undefined ? {} : { signal });
        await keepAttributes(handle, before);
        return await publish(handle, temporary, path);
      } finally {
        await handle.close();
      }
    });
  }

  async #putRemakable(path: string, bytes: Uint8Array, signal: AbortSignal | undefined): Promise<string> {
    signal?.throwIfAborted();
    try {
      statsOf(path, 'write');
      await this.#scratch.write(path, bytes);
      const stats = statsOf(path, 'write');
      return stats === undefined ? 'gone' : revisionOf(stats);
    } catch (error) {
      throw fileError(error, 'write', path);
    }
  }

  async copy(from: string, to: string, signal?: AbortSignal): Promise<void> {
    const source = this.#pathOf(from, 'read');
    const target = this.#pathOf(to, 'write');
    if (statsOf(source, 'read') === undefined) throw notFound(source);
    if (source === target) return;
    await this.#replace(target, signal, async (temporary) => {
      statsOf(target, 'write');
      await copyFile(source, temporary, constants.COPYFILE_FICLONE);
      const handle = await open(temporary, 'r');
      try {
        await publish(handle, temporary, target);
      } finally {
        await handle.close();
      }
    });
  }

  async delete(
    key: string,
    options: { onlyIf?: { revision: string }; signal?: AbortSignal } = {},
  ): Promise<void> {
    const path = this.#pathOf(key, 'delete');
    options.signal?.throwIfAborted();
    try {
      if (statsOf(path, 'delete') === undefined) return;
      await withClaim(path, this.#claimOptions(options.signal), async () => {
        const stats = statsOf(path, 'delete');
        if (stats === undefined) return;
        checkPrecondition(path, stats, options.onlyIf);
        await unlink(path);
        await syncFolder(dirname(path));
      });
    } catch (error) {
      options.signal?.throwIfAborted();
      // The folder was removed in between, so the file is gone too.
      if (systemCodeOf(error) === 'ENOENT') return;
      throw fileError(error, 'delete', path);
    }
    this.#prune(dirname(path));
  }

  async #replace<T>(
    path: string,
    signal: AbortSignal | undefined,
    work: (temporary: string) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    try {
      for (;;) {
        await makeFolder(dirname(path));
        try {
          const result = await withClaim(path, this.#claimOptions(signal), work);
          await syncFolder(dirname(path));
          return result;
        } catch (error) {
          // A delete elsewhere has just pruned the folder: make it again.
          if (systemCodeOf(error) !== 'ENOENT' || isFolder(dirname(path))) throw error;
        }
      }
    } catch (error) {
      signal?.throwIfAborted();
      throw fileError(error, 'write', path);
    }
  }

  /**
   * As in a bucket, a folder is there as long as something is in it; else the trash would leave an empty one for every run. Removing is
   * only ever possible for an empty folder, and a write that loses its folder to this makes it again.
   */
  #prune(folder: string): void {
    for (let path = folder; path.length > this.#root.length; path = dirname(path)) {
      try {
        rmdirSync(path);
      } catch {
        return;
      }
    }
  }

  #claimOptions(signal: AbortSignal | undefined): ClaimOptions {
    return { clock: this.#clock, random: this.#random, signal };
  }

  #pathOf(key: string, doing: string): string {
    checkKey(key);
    if (key.includes('//') || key.split('/').some(isClaimFolder)) {
      throw new CallsheetError(
        'invalid-input',
        `The object key ${JSON.stringify(key)} cannot be a path below ${this.#root}.`,
        {
          hint: 'Write one "/" between the parts, and no name of the form ".callsheet-<16 digits>".',
        },
      );
    }
    this.#checkFolders(key, doing);
    return `${this.#root}/${key}`;
  }

  #folderOf(prefix: string): Folder {
    checkPrefix(prefix);
    this.#checkRoot();
    this.#checkFolders(prefix, 'list');
    const cut = prefix.lastIndexOf('/') + 1;
    const path = cut === 0 ? this.#root : `${this.#root}/${prefix.slice(0, cut - 1)}`;
    return { path, keyPrefix: prefix.slice(0, cut), nameStart: prefix.slice(cut) };
  }

  /** Refuses a path that goes through a symbolic link: what is behind it would be missing from every listing. */
  #checkFolders(key: string, doing: string): void {
    for (let cut = key.indexOf('/'); cut !== -1; cut = key.indexOf('/', cut + 1)) {
      const path = `${this.#root}/${key.slice(0, cut)}`;
      const stats = lstatOf(path, doing);
      if (stats === undefined) return;
      if (stats.isSymbolicLink()) throw symbolicLink(path, doing);
    }
  }

  #checkRoot(): void {
    if (this.#missingRoot === 'empty' || isFolder(this.#root)) return;
    throw new CallsheetError('not-found', `The folder ${this.#root} does not exist.`, {
      hint: 'Correct its path in the Library spec, mount the disk, or create it if it is meant to be empty.',
    });
  }
}
