import { posix } from 'node:path';
import { CallsheetError } from '../diagnostics/errors.ts';
import { isBelow, type Location } from '../library/location.ts';
import type { ObjectStore } from './object-store.ts';

/** An object's store and its key there. */
export interface StoredAt {
  readonly store: ObjectStore;
  readonly key: string;
}

/** Makes a store for one root: a folder (absolute path) or a bucket. */
export interface StoreFactory {
  file(root: string): ObjectStore;
  s3(bucket: string): Promise<ObjectStore>;
}

/**
 * Finds the store for a location. Files are served only from the folders that the Library spec names, so that no manifest entry can
 * make Callsheet read or delete anything else; buckets are opened when first met.
 */
export class Stores {
  private readonly roots: readonly string[];
  private readonly folders = new Map<string, ObjectStore>();
  private readonly buckets = new Map<string, Promise<ObjectStore>>();
  private readonly factory: StoreFactory;

  /** @param roots absolute folders that may be used. */
  constructor(factory: StoreFactory, roots: readonly string[]) {
    this.factory = factory;
    // The outermost of nested folders serves them all, so that moves between them stay within one store.
    this.roots = [...new Set(roots.map((root) => posix.resolve(root)))].filter(
      (root, _, all) => !all.some((other) => other !== root && isInside(root, other)),
    );
  }

  /** @throws CallsheetError `invalid-input` for a file outside the library. */
  async at(location: Location): Promise<StoredAt> {
    if (location.kind === 's3') return { store: await this.bucket(location.bucket), key: location.key };
    const root = this.roots.find((folder) => isBelow(location, { kind: 'file', path: folder }));
    if (root === undefined) {
      throw new CallsheetError('invalid-input', `${location.path} is outside the library`, {
        hint: 'Only files below the library root and the folders named in the Library spec are used.',
      });
    }
    let store = this.folders.get(root);
    if (store === undefined) {
      store = this.factory.file(root);
      this.folders.set(root, store);
    }
    // Both are normalised: what is left of the path is the key.
    return { store, key: location.path.slice(root === '/' ? 1 : root.length + 1) };
  }

  /** The location of a key in the store that serves `neighbour`. */
  sibling(neighbour: Location, key: string): Location {
    if (neighbour.kind === 's3') return { ...neighbour, key };
    const root = this.roots.find((folder) => isBelow(neighbour, { kind: 'file', path: folder })) ?? '/';
    return { kind: 'file', path: posix.join(root, key) };
  }

  private bucket(name: string): Promise<ObjectStore> {
    let store = this.buckets.get(name);
    if (store === undefined) {
      store = this.factory.s3(name);
      this.buckets.set(name, store);
    }
    return store;
  }
}

function isInside(path: string, folder: string): boolean {
  return path.startsWith(folder === '/' ? '/' : `${folder}/`);
}
