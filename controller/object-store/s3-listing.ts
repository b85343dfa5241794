import { ListObjectsV2Command, type ListObjectsV2CommandOutput, type S3Client } from '@aws-sdk/client-s3';
import { CallsheetError } from '../diagnostics/errors.ts';
import { isKey } from './object-key.ts';
import type { ObjectInfo } from './object-store.ts';
import { isProbeKey } from './s3-conditions.ts';
import { revisionOf } from './s3-writing.ts';

/** One page after the other. Throws what `send` throws, and `unavailable` for a list that ends without its end. */
export async function* listS3Pages(
  client: S3Client,
  Bucket: string,
  Prefix: string,
  options: { abortSignal?: AbortSignal },
  StartAfter?: string,
): AsyncGenerator<ListObjectsV2CommandOutput> {
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket, Prefix, StartAfter, ContinuationToken: token }),
      options,
    );
    yield page;
    token = page.NextContinuationToken;
    if (page.IsTruncated === true && token === undefined) {
      throw new CallsheetError(
        'unavailable',
        `Cannot list s3://${Bucket}/${Prefix}: the store broke off the list.`,
      );
    }
  } while (token !== undefined);
}

/** The objects on a page, with keys relative to `root`, without markers of folders and names that no other method would take. */
export function objectsOn({ Contents = [] }: ListObjectsV2CommandOutput, root: string): ObjectInfo[] {
  const objects: ObjectInfo[] = [];
  for (const { Key = '', Size = 0, ETag, LastModified } of Contents) {
    const key = Key.slice(root.length);
    if (!isKey(key) || isProbeKey(key)) continue;
    objects.push({ key, size: Size, revision: revisionOf(ETag), modifiedMs: LastModified?.getTime() ?? 0 });
  }
  return objects;
}

/** Refuses a page that begins elsewhere than after `last`, or is out of order. Returns the last key on it. */
export function checkOrder(
  { Contents = [] }: ListObjectsV2CommandOutput,
  last: string | undefined,
  place: string,
): string | undefined {
  let before = last === undefined ? undefined : Buffer.from(last);
  for (const { Key = '' } of Contents) {
    const key = Buffer.from(Key);
    if (before !== undefined && Buffer.compare(before, key) >= 0)
      throw new CallsheetError('unsupported', `${place} is not listed in the order of its keys.`);
    before = key;
  }
  return Contents.at(-1)?.Key ?? last;
}
