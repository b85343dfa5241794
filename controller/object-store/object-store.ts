/** What a listing says of one object. */
export interface ObjectInfo {
  /** Key below the store's root, with `/` between parts, never starting with `/`. */
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Opaque; differs whenever the content may differ. An ETag, or a file's size, times and inode. */
  readonly revision: string;
  /** Milliseconds since the Unix epoch. */
  readonly modifiedMs: number;
}

export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly revision: string;
}

/** `absent`: only if there is nothing under the key. Otherwise: only if the object still has this revision. */
export type Precondition = 'absent' | { readonly revision: string };

export interface PutOptions {
  readonly contentType?: string;
  readonly onlyIf?: Precondition;
  /**
   * What is written can be made again, and nobody ever writes under this key with `onlyIf`: it need not survive a power cut, and a store may
   * save itself the effort. Still atomic.
   */
  readonly remakable?: boolean;
  readonly signal?: AbortSignal;
}

/** Both ends are excluded; an undefined end is open. ASCII, whose order is the same everywhere. */
export interface KeyRange {
  readonly after: string | undefined;
  readonly before: string | undefined;
}

/**
 * Port: a place for whole objects (a directory, a bucket). One instance serves one root; keys that try to leave it are refused with
 * `invalid-input`.
 *
 * All methods reject with a CallsheetError: `not-found`, `precondition-failed`, `unavailable`, `rate-limited`, `auth`, `too-large`,
 * `storage-full`, `read-only`, `invalid-input`. Writes are atomic: a reader sees the old object or the new one, also after a crash.
 * `put` and `copy` are durable once resolved. `delete` of what is not there succeeds.
 */
export interface ObjectStore {
  /** The root as a URL without credentials: `file:///data/`, `s3://bucket/prefix/`. */
  readonly url: string;
  /**
   * Whether `onlyIf` truly holds under a race. Where it does not (some S3 clones ignore conditions), callers that need
   * compare-and-swap must refuse or fall back; they learn it here, after `probe`.
   */
  readonly conditionalWrites: boolean;
  /** Every object whose key starts with `prefix`, in no promised order. A failure half-way rejects: a partial list is never a list. */
  list(prefix: string, signal?: AbortSignal): AsyncIterable<ObjectInfo>;
  /**
   * The part of `list(prefix)` with keys after `after` and before `before`, in ascending order, where the store can begin in the middle.
   * Rejects with `unsupported` when the store turns out not to keep to that.
   */
  listRange?(prefix: string, range: KeyRange, signal?: AbortSignal): AsyncIterable<ObjectInfo>;
  /** `maxBytes` bounds what is read into memory; a larger object is `too-large`. */
  get(
    key: string,
    options?: { readonly maxBytes?: number; readonly signal?: AbortSignal },
  ): Promise<StoredObject>;
  head(key: string, signal?: AbortSignal): Promise<ObjectInfo>;
  /** Returns the new revision. */
  put(key: string, bytes: Uint8Array, options?: PutOptions): Promise<string>;
  /**
   * As `put` without a condition, of bytes in pieces, where the store can take them one after the other.
   *
   * @param pieces begins at the beginning each time it is called.
   */
  putPieces?(
    key: string,
    pieces: () => Iterable<Uint8Array>,
    options?: Pick<PutOptions, 'contentType' | 'signal'>,
  ): Promise<string>;
  /** Within the store, on the server's side where there is one; overwrites. */
  copy(from: string, to: string, signal?: AbortSignal): Promise<void>;
  delete(
    key: string,
    options?: { readonly onlyIf?: { readonly revision: string }; readonly signal?: AbortSignal },
  ): Promise<void>;
  /** A URL that a third party can read for `seconds`, where the store can make one. It is a secret: never log or keep it. */
  presign?(key: string, seconds: number): Promise<string>;
}
