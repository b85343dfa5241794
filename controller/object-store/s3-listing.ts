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
): AsyncGenerator<ListObjectsV2CommandOutput> {
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken: token }),
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
