import { GetObjectCommand, type GetObjectCommandOutput, type S3Client } from '@aws-sdk/client-s3';
import { CallsheetError } from '../diagnostics/errors.ts';

/** Of the answer's body; the SDK's own retries end with the head of the answer. */
const BODY_ATTEMPTS = 3;

export interface S3ReadRequest {
  readonly Bucket: string;
  readonly Key: string;
  readonly maxBytes: number;
  /** Without a byte of the body. Milliseconds. */
  readonly idleMs: number;
  readonly signal: AbortSignal | undefined;
}

export interface S3Content {
  readonly bytes: Buffer;
  readonly etag: string | undefined;
}

/** Reads a whole object, anew when its body breaks off. Throws `too-large`, or what the SDK throws. */
export async function readS3Object(client: S3Client, request: S3ReadRequest): Promise<S3Content> {
  const { Bucket, Key, signal } = request;
  for (let attempt = 1; ; attempt += 1) {
    const output = await client.send(
      new GetObjectCommand({ Bucket, Key }),
      signal === undefined ? {} : { abortSignal: signal },
    );
    try {
      return { bytes: await bodyOf(output, request), etag: output.ETag };
    } catch (error) {
      signal?.throwIfAborted();
      if (attempt === BODY_ATTEMPTS || error instanceof CallsheetError) throw error;
    }
  }
}

async function bodyOf(
  { Body, ContentLength }: GetObjectCommandOutput,
  request: S3ReadRequest,
): Promise<Buffer> {
  const stream = Body as NodeJS.ReadableStream & { destroy(error?: Error): void };
  const stop = (error: Error) => stream.destroy(error);
  const onAbort = () => stop(new Error('aborted'));
  request.signal?.addEventListener('abort', onAbort);
  const idle = setTimeout(() => stop(new Error('the body stalled')), request.idleMs);
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    const limit = (size: number) => {
      if (size > request.maxBytes) throw tooLarge(request, size);
    };
    limit(ContentLength ?? 0);
    for await (const chunk of stream) {
      idle.refresh();
      chunks.push(chunk as Buffer);
      length += chunk.length;
      limit(length);
    }
    if (ContentLength !== undefined && length !== ContentLength) throw new Error('the body is incomplete');
    return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length);
  } catch (error) {
    stop(error instanceof Error ? error : new Error(String(error)));
    throw error;
  } finally {
    clearTimeout(idle);
    request.signal?.removeEventListener('abort', onAbort);
  }
}

function tooLarge({ Bucket, Key, maxBytes }: S3ReadRequest, size: number): CallsheetError {
  return new CallsheetError(
    'too-large',
    `s3://${Bucket}/${Key} has ${size} bytes or more; at most ${maxBytes} are read.`,
  );
}
