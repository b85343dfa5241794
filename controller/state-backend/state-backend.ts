/** A stored document and the version to name when it is replaced. */
export interface Versioned<T> {
  readonly value: T;
  readonly version: string;
}

/** A document that is there, and its version, as `read` would give it. */
export interface StoredVersion {
  readonly path: string;
  readonly version: string;
}

/** `absent`: only if there is no such document. Otherwise: only if it still has this version. */
export type Expected = 'absent' | { readonly version: string };

/**
 * Port: Callsheet's own memory: JSON documents with compare-and-swap, and a few pictures (contact sheets, thumbnails).
 *
 * Paths look like `actors/0042.json`. Writes are atomic and, but for pictures (which can be made again), durable. Methods reject with a CallsheetError: `precondition-failed`
 * when `expected` no longer holds, `corrupt` when a document cannot be parsed, else as the store below.
 */
export interface StateBackend {
  /** For people: `file:///srv/state/`, `s3://bucket/state/`, `postgres://host/database` (never with a password). */
  readonly url: string;
  /**
   * Whether `expected` truly holds under a race. Where it does not (a bucket that ignores conditions), leases and the ledger refuse to
   * work unless told that nobody else is there.
   */
  readonly conditionalWrites: boolean;
  /** How long a lease on it is good without being renewed, where a renewal is quick and others wait for it. Milliseconds. */
  readonly leaseMs?: number;
  read<T>(path: string, signal?: AbortSignal): Promise<Versioned<T> | undefined>;
  /** Returns the new version. Without `expected` it overwrites. */
  write(path: string, value: unknown, expected?: Expected, signal?: AbortSignal): Promise<string>;
  /**
   * A large document as pieces of its JSON text, which no one need hold all at once. Overwrites; returns the new version.
   *
   * @param pieces begins at the beginning each time it is called: a write may have to be begun anew.
   */
  writeText(path: string, pieces: () => Iterable<string>, signal?: AbortSignal): Promise<string>;
  remove(path: string, expected?: { readonly version: string }, signal?: AbortSignal): Promise<void>;
  /** Paths below `prefix`, in order of their names. */
  list(prefix: string, signal?: AbortSignal): AsyncIterable<string>;
  /** The same documents with their versions, in any order: tells which have changed without reading one of them. */
  versions(prefix: string, signal?: AbortSignal): AsyncIterable<StoredVersion>;
  readBlob(path: string, signal?: AbortSignal): Promise<Uint8Array | undefined>;
  writeBlob(path: string, bytes: Uint8Array, contentType: string, signal?: AbortSignal): Promise<void>;
  [Symbol.asyncDispose]?(): Promise<void>;
}
