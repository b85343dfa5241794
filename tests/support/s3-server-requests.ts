import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { escapeXml, type S3Answer, S3Problem, xml } from './s3-server-answers.ts';
import type { S3Buckets, S3Object } from './s3-server-buckets.ts';

export interface S3Request {
  readonly method: string;
  readonly bucket: string;
  /** Decoded. */
  readonly key: string;
  readonly query: URLSearchParams;
  readonly header: (name: string) => string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

type Operation = (buckets: S3Buckets, request: S3Request, ignoresConditions: boolean) => S3Answer;

const OBJECT_OPERATIONS: Readonly<Record<string, Operation>> = {
  GET: getObject,
  HEAD: getObject,
  PUT: putObject,
  DELETE: deleteObject,
};

/** Does what a request asks for, in one go: between the look at a condition and the change nothing else can happen. */
export function handleRequest(
  buckets: S3Buckets,
  request: S3Request,
  ignoresConditionsOf: readonly string[],
): S3Answer {
  checkSignature(request);
  checkBody(request);
  const operation = request.key === '' ? bucketOperation(request) : OBJECT_OPERATIONS[request.method];
  if (operation === undefined) throw new S3Problem(405, 'MethodNotAllowed');
  return operation(buckets, request, ignoresConditionsOf.includes(request.method));
}

function bucketOperation(request: S3Request): Operation | undefined {
  if (request.method === 'GET' && request.query.get('list-type') === '2') return listObjects;
  if (request.method === 'PUT') {
    return (buckets, { bucket }) => {
      buckets.create(bucket);
      return { status: 200 };
    };
  }
  if (request.method !== 'HEAD') return undefined;
  return (buckets, { bucket }) => {
    buckets.objects(bucket);
    return { status: 200 };
  };
}

/** Not whether it is right, but that there is one, and that a signed URL has not run out. */
function checkSignature({ header, query }: S3Request): void {
  if (header('authorization')?.startsWith('AWS4-HMAC-SHA256 ') === true) return;
  if (!query.has('X-Amz-Signature')) throw new S3Problem(403, 'AccessDenied');
  const [date = '', time = ''] = (query.get('X-Amz-Date') ?? '').split(/[TZ]/);
  const startedMs = Date.parse(
    `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`,
  );
  const ageSeconds = (Date.now() - startedMs) / 1000;
  if (!(ageSeconds <= Number(query.get('X-Amz-Expires'))))
    throw new S3Problem(403, 'AccessDenied', 'Request has expired');
}

function checkBody({ header, body }: S3Request): void {
  if (header('content-encoding')?.includes('aws-chunked') === true)
    throw new S3Problem(501, 'NotImplemented');
  const sha256 = header('x-amz-content-sha256');
  if (sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256) && sha256 !== digest('sha256', body, 'hex')) {
    throw new S3Problem(400, 'XAmzContentSHA256Mismatch');
  }
  const md5 = header('content-md5');
  if (md5 !== undefined && md5 !== digest('md5', body, 'base64')) throw new S3Problem(400, 'BadDigest');
  const crc = header('x-amz-checksum-crc32');
  if (crc === undefined) return;
  const expected = Buffer.alloc(4);
  expected.writeUInt32BE(crc32(body));
  if (crc !== expected.toString('base64')) throw new S3Problem(400, 'BadDigest');
}

function getObject(buckets: S3Buckets, request: S3Request): S3Answer {
  const object = buckets.object(request.bucket, request.key);
  const ifMatch = request.header('if-match');
  if (ifMatch !== undefined && ifMatch !== object.etag) throw new S3Problem(412, 'PreconditionFailed');
  if (request.header('if-none-match') === object.etag) return { status: 304 };
  return {
    status: 200,
    headers: {
      'content-length': String(object.body.length),
      'content-type': object.contentType,
      etag: object.etag,
      'last-modified': object.modified.toUTCString(),
      ...object.metadata,
    },
    body: object.body,
  };
}

function putObject(buckets: S3Buckets, request: S3Request, ignoresConditions: boolean): S3Answer {
  if (Buffer.byteLength(request.key) > 1024) throw new S3Problem(400, 'KeyTooLongError');
  const source = copySourceOf(buckets, request);
  if (!ignoresConditions) checkConditions(buckets.objects(request.bucket).get(request.key), request);
  const { bucket, key, body, metadata, header } = request;
  if (source === undefined) {
    const { etag } = buckets.put(
      bucket,
      key,
      body,
      header('content-type') ?? 'binary/octet-stream',
      metadata,
    );
    return { status: 200, headers: { etag } };
  }
  const { etag, modified } = buckets.put(bucket, key, source.body, source.contentType, source.metadata);
  return xml(
    200,
    `<CopyObjectResult><ETag>${escapeXml(etag)}</ETag><LastModified>${modified.toISOString()}</LastModified></CopyObjectResult>`,
  );
}

function copySourceOf(buckets: S3Buckets, request: S3Request): S3Object | undefined {
  const header = request.header('x-amz-copy-source');
  if (header === undefined) return undefined;
  // Node gives header bytes as Latin-1: a source that was not encoded shows.
  if (/[^!-~]/.test(header)) throw new S3Problem(400, 'InvalidArgument', 'copy source is not URL-encoded');
  const [bucket = '', ...key] = decodeURIComponent(header.replaceAll('+', ' ')).replace(/^\//, '').split('/');
  const source = buckets.object(bucket, key.join('/'));
  const ifMatch = request.header('x-amz-copy-source-if-match');
  if (ifMatch !== undefined && ifMatch !== source.etag) throw new S3Problem(412, 'PreconditionFailed');
  if (bucket === request.bucket && key.join('/') === request.key) throw new S3Problem(400, 'InvalidRequest');
  return source;
}

function deleteObject(buckets: S3Buckets, request: S3Request, ignoresConditions: boolean): S3Answer {
  const objects = buckets.objects(request.bucket);
  if (!ignoresConditions) checkConditions(objects.get(request.key), request);
  objects.delete(request.key);
  return { status: 204 };
}

function checkConditions(object: S3Object | undefined, { header }: S3Request): void {
  const ifNoneMatch = header('if-none-match');
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*') throw new S3Problem(501, 'NotImplemented');
  if (ifNoneMatch === '*' && object !== undefined) throw new S3Problem(412, 'PreconditionFailed');
  const ifMatch = header('if-match');
  if (ifMatch === undefined) return;
  if (object === undefined) throw new S3Problem(404, 'NoSuchKey');
  if (ifMatch !== '*' && ifMatch !== object.etag) throw new S3Problem(412, 'PreconditionFailed');
}

function listObjects(buckets: S3Buckets, { bucket, query }: S3Request): S3Answer {
  const prefix = query.get('prefix') ?? '';
  const limit = Math.min(1000, Number(query.get('max-keys') ?? 1000));
  const token = query.get('continuation-token');
  const after = token === null ? query.get('start-after') : Buffer.from(token, 'base64url').toString();
  const isAfter = (key: string) => after === null || Buffer.compare(Buffer.from(key), Buffer.from(after)) > 0;
  const keys = buckets.sortedKeys(bucket, prefix).filter(isAfter);
  const page = keys.slice(0, limit);
  const next = keys.length > limit ? Buffer.from(page.at(-1) ?? '').toString('base64url') : undefined;
  const contents = page.map((key) => contentOf(key, buckets.object(bucket, key)));
  return xml(
    200,
    `<ListBucketResult><Name>${bucket}</Name><Prefix>${escapeXml(prefix)}</Prefix><KeyCount>${page.length}</KeyCount>` +
      `<MaxKeys>${limit}</MaxKeys><IsTruncated>${next !== undefined}</IsTruncated>` +
      `${next === undefined ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`}${contents.join('')}</ListBucketResult>`,
  );
}

function contentOf(key: string, { etag, modified, body }: S3Object): string {
  return (
    `<Contents><Key>${escapeXml(key)}</Key><LastModified>${modified.toISOString()}</LastModified>` +
    `<ETag>${escapeXml(etag)}</ETag><Size>${body.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`
  );
}

function digest(algorithm: string, body: Buffer, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(body).digest(encoding);
}
