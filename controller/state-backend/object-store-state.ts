import { CallsheetError, isCallsheetError } from '../diagnostics/errors.ts';
import type { ObjectStore, Precondition, StoredObject } from '../object-store/object-store.ts';
import type { Expected, StateBackend, StoredVersion, Versioned } from './state-backend.ts';

/** Far above any document of ours; a file that is larger is not one. Bytes. */
const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;
const decoder = new TextDecoder('utf-8', { fatal: true });

/** State as objects in any store: indented JSON, so that a person can read it; the object's revision is the document's version. */
export function createObjectStoreState(store: ObjectStore): StateBackend {
  return new ObjectStoreState(store);
}

class ObjectStoreState implements StateBackend {
  readonly #store: ObjectStore;

  constructor(store: ObjectStore) {
    this.#store = store;
  }

  get url(): string {
    return this.#store.url;
  }

  get conditionalWrites(): boolean {
    return this.#store.conditionalWrites;
  }

  async read<T>(path: string, signal?: AbortSignal): Promise<Versioned<T> | undefined> {
    const object = await this.#get(path, MAX_DOCUMENT_BYTES, signal);
    if (object === undefined) return undefined;
    return { value: this.#parse(path, object.bytes) as T, version: object.revision };
  }

  async write(path: string, value: unknown, expected?: Expected, signal?: AbortSignal): Promise<string> {
    const onlyIf: Precondition | undefined =
      expected === undefined || expected === 'absent' ? expected : { revision: expected.version };
    return await this.#store.put(path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`), {
      contentType: 'application/json',
      ...(onlyIf === undefined ? {} : { onlyIf }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async writeText(path: string, pieces: () => Iterable<string>, signal?: AbortSignal): Promise<string> {
    const options = { contentType: 'application/json', ...(signal === undefined ? {} : { signal }) };
    const batches = () => encodeInBatches(pieces());
    if (this.#store.putPieces !== undefined) return await this.#store.putPieces(path, batches, options);
    return await this.#store.put(path, Buffer.concat([...batches()]), options);
  }

  async remove(path: string, expected?: { readonly version: string }, signal?: AbortSignal): Promise<void> {
    await this.#store.delete(path, {
      ...(expected === undefined ? {} : { onlyIf: { revision: expected.version } }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async *list(prefix: string, signal?: AbortSignal): AsyncGenerator<string> {
    const paths: string[] = [];
    for await (const object of this.#store.list(prefix, signal)) paths.push(object.key);
    yield* paths.sort();
  }

  async *versions(prefix: string, signal?: AbortSignal): AsyncGenerator<StoredVersion> {
    for await (const { key, revision } of this.#store.list(prefix, signal))
      yield { path: key, version: revision };
  }

  async readBlob(path: string, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    return (await this.#get(path, undefined, signal))?.bytes;
  }

  async writeBlob(path: string, bytes: Uint8Array, contentType: string, signal?: AbortSignal): Promise<void> {
    const options = { contentType, remakable: true, ...(signal === undefined ? {} : { signal }) };
    await this.#store.put(path, bytes, options);
  }

  async #get(
    path: string,
    maxBytes: number | undefined,
    signal: AbortSignal | undefined,
  ): Promise<StoredObject | undefined> {
    try {
      return await this.#store.get(path, {
        ...(maxBytes === undefined ? {} : { maxBytes }),
        ...(signal === undefined ? {} : { signal }),
      });
    } catch (error) {
      if (isCallsheetError(error, 'not-found')) return undefined;
      throw error;
    }
  }

  #parse(path: string, bytes: Uint8Array): unknown {
    try {
      return JSON.parse(decoder.decode(bytes));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new CallsheetError('corrupt', `${this.url}${path} is not a JSON document: ${reason}`, {
        hint: `Put back an earlier version of it, or move it away to start without it ("callsheet state rm ${path}").`,
        cause: error,
      });
    }
  }
}

/** Large enough that writing costs little more than the bytes. Characters. */
const BATCH = 256 * 1024;

function* encodeInBatches(pieces: Iterable<string>): Iterable<Uint8Array> {
  let batch: string[] = [];
  let length = 0;
  for (const piece of pieces) {
    batch.push(piece);
    length += piece.length;
    if (length < BATCH) continue;
    yield Buffer.from(batch.join(''));
    batch = [];
    length = 0;
  }
  yield Buffer.from(batch.join(''));
}
