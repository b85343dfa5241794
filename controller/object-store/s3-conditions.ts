import { randomUUID } from 'node:crypto';
import { DeleteObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { statusOf } from './s3-errors.ts';

/** Which conditions a store truly keeps. */
export interface S3Conditions {
  /** PUT with `If-None-Match: *`. */
  readonly create: boolean;
  /** PUT with `If-Match`. */
  readonly replace: boolean;
  /** DELETE with `If-Match`. */
  readonly delete: boolean;
}

const PROBE_NAME = '.callsheet-probe-';
/** An ETag that no object has. */
const WRONG_ETAG = '"00000000000000000000000000000000"';

/** True for a key that a probe has left behind when it was killed. */
export function isProbeKey(key: string): boolean {
  return key.slice(key.lastIndexOf('/') + 1).startsWith(PROBE_NAME);
}

/**
 * Finds out what a store makes of conditions, with an object of its own beside the key prefix `near`. Many stores that speak S3's
 * protocol answer 200 to a condition that does not hold, and overwrite; some refuse even a condition that holds.
 */
export async function probeS3Conditions(
  client: S3Client,
  bucket: string,
  near: string,
): Promise<S3Conditions> {
  const probe = new Probe(client, bucket, `${near}${PROBE_NAME}${randomUUID()}`);
  try {
    await probe.put({});
    const create = await refuses(() => probe.put({ IfNoneMatch: '*' }));
    const replace = (await refuses(() => probe.put({ IfMatch: WRONG_ETAG }))) && (await probe.replaces());
    const remove = (await refuses(() => probe.delete({ IfMatch: WRONG_ETAG }))) && (await probe.isThere());
    return { create, replace, delete: remove };
  } finally {
    await probe.delete({}).catch(() => undefined);
  }
}

/** True when the store says that the condition does not hold; false when it does not look, or does not know conditions. */
async function refuses(request: () => Promise<unknown>): Promise<boolean> {
  try {
    await request();
    return false;
  } catch (error) {
    const status = statusOf(error);
    if (status === 412 || status === 409) return true;
    if (status === 501 || status === 400 || status === 405) return false;
    throw error;
  }
}

const REPLACE_ATTEMPTS = 4;

class Probe {
  readonly #client: S3Client;
  readonly #target: { readonly Bucket: string; readonly Key: string };

  constructor(client: S3Client, bucket: string, key: string) {
    this.#client = client;
    this.#target = { Bucket: bucket, Key: key };
  }

  /** With new content each time, so that no two ETags are equal. */
  async put(condition: { IfMatch?: string; IfNoneMatch?: string }): Promise<void> {
    const Body = Buffer.from(randomUUID());
    await this.#client.send(new PutObjectCommand({ ...this.#target, ...condition, Body }));
  }

  async delete(condition: { IfMatch?: string }): Promise<void> {
    await this.#client.send(new DeleteObjectCommand({ ...this.#target, ...condition }));
  }

  async isThere(): Promise<boolean> {
    return (await this.#etag()) !== undefined;
  }

  /**
   * Whether a condition that holds lets a write through. When the answer to it is lost, the SDK sends it again, and the condition no longer
   * holds because of our own write: so one refusal does not count.
   */
  async replaces(): Promise<boolean> {
    for (let attempt = 1; attempt <= REPLACE_ATTEMPTS; attempt += 1) {
      const etag = await this.#etag();
      if (etag !== undefined && !(await refuses(() => this.put({ IfMatch: etag })))) return true;
    }
    return false;
  }

  async #etag(): Promise<string | undefined> {
    try {
      return (await this.#client.send(new HeadObjectCommand(this.#target))).ETag;
    } catch (error) {
      if (statusOf(error) === 404) return undefined;
      throw error;
    }
  }
}
