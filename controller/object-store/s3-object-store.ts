import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  type HeadObjectCommandOutput,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { CallsheetError, isCallsheetError } from '../diagnostics/errors.ts';
import { checkKey, checkPrefix } from './object-key.ts';
import type {
  KeyRange,
  ObjectInfo,
  ObjectStore,
  Precondition,
  PutOptions,
  StoredObject,
} from './object-store.ts';
import { createS3Client, type S3ClientOptions, s3EndpointOf } from './s3-client.ts';
import { probeS3Conditions, type S3Conditions } from './s3-conditions.ts';
import { s3Error } from './s3-errors.ts';
import { checkOrder, listS3Pages, objectsOn } from './s3-listing.ts';
import { readS3Object } from './s3-reading.ts';
import { formatS3Url } from './s3-url.ts';
import { conditionOf, putS3ObjectIf, revisionOf } from './s3-writing.ts';

const BODY_IDLE_MS = 15_000;

export interface S3ObjectStoreOptions extends S3ClientOptions {
  readonly bucket: string;
  /** What all keys start with in the bucket. A `/` is added at its end where there is none. */
  readonly prefix?: string;
}

/** What every process has found out about a bucket, by endpoint and bucket. */
const knownConditions = new Map<string, Promise<S3Conditions>>();

/**
 * A bucket, or what is below a prefix of it, as an ObjectStore. Finds out first whether the store keeps conditions (six small requests, once a
 * process and bucket). Without the right to write there, that is put off until the first conditional write.
 *
 * Where conditions are not kept, `conditionalWrites` is false, and `onlyIf` is looked at before the write: right as long as nobody else
 * writes in that moment.
 */
export async function openS3ObjectStore(options: S3ObjectStoreOptions): Promise<S3ObjectStore> {
  const store = new S3ObjectStore(await createS3Client(options), options);
  try {
    await store.probe();
  } catch (error) {
    if (!isCallsheetError(error, 'auth')) throw error;
  }
  return store;
}

export class S3ObjectStore implements ObjectStore {
  readonly url: string;
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;
  readonly #conditionsKey: string;
  readonly #bodyIdleMs: number;
  #conditions: S3Conditions | undefined;

  constructor(client: S3Client, options: S3ObjectStoreOptions) {
    const { bucket, prefix = '' } = options;
    this.#client = client;
    this.#bucket = bucket;
    this.#prefix = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
    this.url = formatS3Url(bucket, this.#prefix);
    this.#conditionsKey = `${s3EndpointOf(options) ?? ''} ${bucket}`;
    this.#bodyIdleMs = options.timeouts?.idleMs ?? BODY_IDLE_MS;
  }

  get conditionalWrites(): boolean {
    return this.#conditions?.create === true && this.#conditions.replace;
  }

  /** What the store makes of conditions. `near` is a key beside which a probe may be written. */
  async probe(near = '', signal?: AbortSignal): Promise<S3Conditions> {
    if (this.#conditions !== undefined) return this.#conditions;
    const known = knownConditions.get(this.#conditionsKey);
    const folder = this.#prefix + near.slice(0, near.lastIndexOf('/') + 1);
    // Without the signal: others may be waiting for the same answer.
    const probing = known ?? probeS3Conditions(this.#client, this.#bucket, folder);
    knownConditions.set(this.#conditionsKey, probing);
    try {
      this.#conditions = await probing;
      return this.#conditions;
    } catch (error) {
      knownConditions.delete(this.#conditionsKey);
      signal?.throwIfAborted();
      throw s3Error(error, 'try conditional writes in', this.url);
    }
  }

  async *list(prefix: string, signal?: AbortSignal): AsyncGenerator<ObjectInfo> {
    checkPrefix(prefix);
    signal?.throwIfAborted();
    const options = signal === undefined ? {} : { abortSignal: signal };
    const pages = listS3Pages(this.#client, this.#bucket, this.#prefix + prefix, options);
    for (;;) {
      const page = await this.#call('list', prefix, signal, () => pages.next());
      if (page.done === true) return;
      yield* objectsOn(page.value, this.#prefix);
    }
  }

  async *listRange(prefix: string, range: KeyRange, signal?: AbortSignal): AsyncGenerator<ObjectInfo> {
    checkPrefix(prefix);
    signal?.throwIfAborted();
    const after = range.after === undefined ? undefined : this.#prefix + range.after;
    const options = signal === undefined ? {} : { abortSignal: signal };
    const pages = listS3Pages(this.#client, this.#bucket, this.#prefix + prefix, options, after);
    let last = after;
    for (;;) {
      const page = await this.#call('list', prefix, signal, () => pages.next());
      if (page.done === true) return;
      last = checkOrder(page.value, last, `${this.url}${prefix}`);
      for (const info of objectsOn(page.value, this.#prefix)) {
        if (range.before !== undefined && info.key >= range.before) return;
        yield info;
      }
    }
  }

  async get(key: string, options: { maxBytes?: number; signal?: AbortSignal } = {}): Promise<StoredObject> {
    const { maxBytes = Number.POSITIVE_INFINITY, signal } = options;
    const target = this.#target(key);
    const { bytes, etag } = await this.#call('read', key, signal, () =>
      readS3Object(this.#client, { ...target, maxBytes, idleMs: this.#bodyIdleMs, signal }),
    );
    return { bytes, revision: revisionOf(etag) };
  }

  async head(key: string, signal?: AbortSignal): Promise<ObjectInfo> {
    const output = await this.#head(key, signal);
    const { ContentLength = 0, ETag, LastModified } = output;
    return { key, size: ContentLength, revision: revisionOf(ETag), modifiedMs: LastModified?.getTime() ?? 0 };
  }

  async put(key: string, bytes: Uint8Array, options: PutOptions = {}): Promise<string> {
    const { onlyIf, signal, contentType } = options;
    const input: PutObjectCommandInput = {
      ...this.#target(key),
      // A buffer has a length and can be sent again, which a stream has not and cannot.
      Body: bytes,
      ...(contentType === undefined ? {} : { ContentType: contentType }),
    };
    signal?.throwIfAborted();
    if (onlyIf === undefined) return await this.#put(key, input, signal);
    const conditions = await this.probe(key, signal);
    if (onlyIf === 'absent' ? conditions.create : conditions.replace) {
      return await this.#putIf(key, input, onlyIf, signal);
    }
    const now = await this.#revisionNow(key, signal);
    if (now !== (onlyIf === 'absent' ? undefined : onlyIf.revision))
      throw preconditionFailed(`${this.url}${key}`);
    return await this.#put(key, input, signal);
  }

  async copy(from: string, to: string, signal?: AbortSignal): Promise<void> {
    const source = this.#target(from);
    const target = this.#target(to);
    if (from === to) {
      await this.#head(from, signal);
      return;
    }
    // The SDK sends this header as it is given.
    const CopySource = `${source.Bucket}/${source.Key.split('/').map(encodeURIComponent).join('/')}`;
    await this.#call('copy', from, signal, (options) =>
      this.#client.send(new CopyObjectCommand({ ...target, CopySource }), options),
    );
  }

  async delete(
    key: string,
    options: { onlyIf?: { revision: string }; signal?: AbortSignal } = {},
  ): Promise<void> {
    const { onlyIf, signal } = options;
    const target = this.#target(key);
    signal?.throwIfAborted();
    let condition = {};
    if (onlyIf !== undefined && (await this.probe(key, signal)).delete) {
      condition = conditionOf(onlyIf);
    } else if (onlyIf !== undefined) {
      const now = await this.#revisionNow(key, signal);
      if (now === undefined) return;
      if (now !== onlyIf.revision) throw preconditionFailed(`${this.url}${key}`);
    }
    try {
      await this.#call('delete', key, signal, (sendOptions) =>
        this.#client.send(new DeleteObjectCommand({ ...target, ...condition }), sendOptions),
      );
    } catch (error) {
      // With a condition, stores say 404 for what is gone already.
      if (!isCallsheetError(error, 'not-found')) throw error;
    }
  }

  async presign(key: string, seconds: number): Promise<string> {
    const command = new GetObjectCommand(this.#target(key));
    return await this.#call('sign', key, undefined, () =>
      getSignedUrl(this.#client, command, { expiresIn: seconds }),
    );
  }

  async #put(key: string, input: PutObjectCommandInput, signal: AbortSignal | undefined): Promise<string> {
    const { ETag } = await this.#call('write', key, signal, (options) =>
      this.#client.send(new PutObjectCommand(input), options),
    );
    return revisionOf(ETag);
  }

  async #putIf(
    key: string,
    input: PutObjectCommandInput,
    onlyIf: Precondition,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    try {
      const etag = await this.#call('write', key, signal, (options) =>
        putS3ObjectIf(this.#client, input, onlyIf, options),
      );
      return revisionOf(etag);
    } catch (error) {
      // The object to be replaced is gone. (A missing bucket has a code of its own.)
      throw isCallsheetError(error, 'not-found') ? preconditionFailed(`${this.url}${key}`) : error;
    }
  }

  async #revisionNow(key: string, signal: AbortSignal | undefined): Promise<string | undefined> {
    try {
      return revisionOf((await this.#head(key, signal)).ETag);
    } catch (error) {
      if (isCallsheetError(error, 'not-found')) return undefined;
      throw error;
    }
  }

  async #head(key: string, signal: AbortSignal | undefined): Promise<HeadObjectCommandOutput> {
    const target = this.#target(key);
    return await this.#call('read', key, signal, (options) =>
      this.#client.send(new HeadObjectCommand(target), options),
    );
  }

  async #call<T>(
    doing: string,
    key: string,
    signal: AbortSignal | undefined,
    request: (options: { abortSignal?: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    try {
      return await request(signal === undefined ? {} : { abortSignal: signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw s3Error(error, doing, `${this.url}${key}`);
    }
  }

  #target(key: string): { readonly Bucket: string; readonly Key: string } {
    checkKey(key);
    return { Bucket: this.#bucket, Key: this.#prefix + key };
  }
}

function preconditionFailed(place: string): CallsheetError {
  return new CallsheetError(
    'precondition-failed',
    `Cannot change ${place}: it is not as expected any more.`,
    {
      hint: 'Read it again and retry.',
    },
  );
}
