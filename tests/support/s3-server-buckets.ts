import { createHash } from 'node:crypto';
import { S3Problem } from './s3-server-answers.ts';

export interface S3Object {
  readonly body: Buffer;
  /** In quotes, as S3 writes it. */
  readonly etag: string;
  readonly modified: Date;
  readonly contentType: string;
  /** `x-amz-meta-*` headers. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The objects of the server, by bucket and key. */
export class S3Buckets {
  readonly #buckets = new Map<string, Map<string, S3Object>>();

  create(name: string): void {
    if (!this.#buckets.has(name)) this.#buckets.set(name, new Map());
  }

  objects(bucket: string): Map<string, S3Object> {
    const objects = this.#buckets.get(bucket);
    if (objects === undefined) throw new S3Problem(404, 'NoSuchBucket');
    return objects;
  }

  object(bucket: string, key: string): S3Object {
    const object = this.objects(bucket).get(key);
    if (object === undefined) throw new S3Problem(404, 'NoSuchKey');
    return object;
  }

  put(
    bucket: string,
    key: string,
    body: Buffer,
    contentType: string,
    metadata: S3Object['metadata'],
  ): S3Object {
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    // S3 tells whole seconds in headers.
    const modified = new Date(Math.floor(Date.now() / 1000) * 1000);
    const object = { body, etag, modified, contentType, metadata };
    this.objects(bucket).set(key, object);
    return object;
  }

  /** In the order of the keys' UTF-8 bytes, as S3 lists. */
  sortedKeys(bucket: string, prefix: string): string[] {
    const keys = [...this.objects(bucket).keys()].filter((key) => key.startsWith(prefix));
    return keys
      .map((key) => Buffer.from(key))
      .sort(Buffer.compare)
      .map((key) => key.toString());
  }
}
