import { randomUUID } from 'node:crypto';
import {
  HeadObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { Precondition } from './object-store.ts';
import { attemptsOf, statusOf } from './s3-errors.ts';

/** Metadata that says which write an object comes from. */
const WRITE_ID = 'callsheet-write';

/** The ETag without quotes, which some stores leave out in some answers. */
export function revisionOf(etag: string | undefined): string {
  if (etag === undefined) throw new CallsheetError('unsupported', 'The store gives its objects no ETag.');
  return etag.replace(/^"|"$/g, '');
}

export function conditionOf(onlyIf: Precondition): { IfNoneMatch: '*' } | { IfMatch: string } {
  return onlyIf === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: `"${onlyIf.revision}"` };
}

/**
 * A conditional write; returns the new ETag and throws what the SDK throws.
 *
 * When the answer to a write is lost, the SDK sends it again, and the condition no longer holds because of our own write. So a refusal of
 * a repeated request is believed only when the object is not the one that this very write has made.
 */
export async function putS3ObjectIf(
  client: S3Client,
  input: PutObjectCommandInput,
  onlyIf: Precondition,
  options: { abortSignal?: AbortSignal },
): Promise<string | undefined> {
  const writeId = randomUUID();
  const Metadata = { [WRITE_ID]: writeId };
  try {
    return (await client.send(new PutObjectCommand({ ...input, ...conditionOf(onlyIf), Metadata }), options))
      .ETag;
  } catch (error) {
    if (attemptsOf(error) > 1 && (statusOf(error) === 412 || statusOf(error) === 409)) {
      const { Bucket, Key } = input;
      const now = await client.send(new HeadObjectCommand({ Bucket, Key }), options).catch(() => undefined);
      if (now?.Metadata?.[WRITE_ID] === writeId) return now.ETag;
    }
    throw error;
  }
}
