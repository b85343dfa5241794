import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { S3Server } from '../../tests/support/s3-server.ts';
import { isCallsheetError } from '../diagnostics/errors.ts';
import { openS3ObjectStore, type S3ObjectStore } from './s3-object-store.ts';

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'very-secret' };
/** Only where something hangs: on a busy machine any answer can take this long. */
const impatient = { connectionMs: 300, idleMs: 300, answerMs: 600 };
const bytes = Buffer.from('content');

let server: S3Server;
let store: S3ObjectStore;

beforeEach(async () => {
  server = await S3Server.start();
  store = await open();
  server.forget();
});

afterEach(async () => {
  await server[Symbol.asyncDispose]();
});

function open(prefix = '', bucket = 'bucket'): Promise<S3ObjectStore> {
  return openS3ObjectStore({ bucket, prefix, endpoint: server.url, credentials });
}

async function failure(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await promise;
  } catch (error) {
    if (isCallsheetError(error)) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('it did not fail');
}

async function keys(from: S3ObjectStore = store): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of from.list('')) found.push(key);
  return found;
}

describe('the probe', () => {
  it('finds a store that keeps conditions, and leaves nothing behind', async () => {
    expect(await store.probe()).toEqual({ create: true, replace: true, delete: true });
    expect(server.buckets.sortedKeys('bucket', '')).toEqual([]);
  });

  it('is made once for a bucket', async () => {
    await open('a/');
    await open('b/');

    expect(server.requests).toEqual([]);
  });

  it.each([
    [['PUT', 'DELETE'], { create: false, replace: false, delete: false }],
    [['PUT'], { create: false, replace: false, delete: true }],
    [['DELETE'], { create: true, replace: true, delete: false }],
  ] as const)('finds out a store that ignores conditions of %j', async (ignoresConditionsOf, conditions) => {
    await using careless = await S3Server.start({ ignoresConditionsOf });
    const found = await openS3ObjectStore({ bucket: 'bucket', endpoint: careless.url, credentials });

    expect(await found.probe()).toEqual(conditions);
    expect(found.conditionalWrites).toBe(conditions.create);
    expect(careless.buckets.sortedKeys('bucket', '')).toEqual([]);
  });

  it('is put off where nothing may be written, and tried beside the first conditional write', async () => {
    await using other = await S3Server.start();
    other.fail({ kind: 'error', method: 'PUT', status: 403, code: 'AccessDenied' });
    const found = await openS3ObjectStore({ bucket: 'bucket', endpoint: other.url, credentials });
    expect(found.conditionalWrites).toBe(false);

    await found.put('allowed/a', bytes, { onlyIf: 'absent' });

    expect(found.conditionalWrites).toBe(true);
    expect(other.requests.filter(({ key }) => key.startsWith('allowed/.callsheet-probe-'))).not.toEqual([]);
  });

  it('hides what a killed probe has left', async () => {
    server.buckets.put('bucket', 'a/.callsheet-probe-1', bytes, '', {});

    expect(await keys()).toEqual([]);
  });
});

describe('a lost answer', () => {
  it('to a conditional write is not taken for a lost race', async () => {
    server.fail({ kind: 'reset-after', method: 'PUT', key: 'a' });

    const revision = await store.put('a', bytes, { onlyIf: 'absent' });

    expect(await store.head('a')).toMatchObject({ revision });
    expect(server.count('PUT')).toBe(2);
  });

  it('to a conditional replacement is not taken for a lost race', async () => {
    const first = await store.put('a', Buffer.from('first'));
    server.fail({ kind: 'reset-after', method: 'PUT', key: 'a' });

    const revision = await store.put('a', bytes, { onlyIf: { revision: first } });

    expect(await store.head('a')).toMatchObject({ revision });
  });

  it('does not hide a race that was really lost', async () => {
    await store.put('a', Buffer.from('another'));
    server.fail({ kind: 'reset-before', method: 'PUT', key: 'a' });

    expect((await failure(store.put('a', bytes, { onlyIf: 'absent' }))).code).toBe('precondition-failed');
    expect((await store.get('a')).bytes.toString()).toBe('another');
  });

  it('to a delete is a delete', async () => {
    const revision = await store.put('a', bytes);
    server.fail({ kind: 'reset-after', method: 'DELETE' });

    await store.delete('a', { onlyIf: { revision } });

    expect(await keys()).toEqual([]);
  });
});

describe('faults', () => {
  it('does not take the answer that was lost on the way for a store that refuses what it should let through', async () => {
    // The fourth PUT of the probe is the one whose condition holds.
    for (const _ of [1, 2, 3]) server.fail({ kind: 'delay', method: 'PUT', delayMs: 1 });
    server.fail({ kind: 'reset-after', method: 'PUT' });

    server.buckets.create('probed');
    const other = await openS3ObjectStore({ bucket: 'probed', endpoint: server.url, credentials });

    expect(other.conditionalWrites).toBe(true);
  });

  it('takes 409 for a lost race', async () => {
    server.fail({ kind: 'error', method: 'PUT', status: 409, code: 'ConditionalRequestConflict' });

    expect((await failure(store.put('a', bytes, { onlyIf: 'absent' }))).code).toBe('precondition-failed');
  });

  it('gets over a few resets, errors and broken bodies', async () => {
    await store.put('a', Buffer.alloc(200_000, 'x'));
    server.fail({ kind: 'reset-before', method: 'GET' });
    server.fail({ kind: 'error', method: 'GET', status: 500, code: 'InternalError' });
    server.fail({ kind: 'truncate', method: 'GET' });

    expect((await store.get('a')).bytes).toHaveLength(200_000);
  });

  it.each([
    ['hang', 'unavailable'],
    ['reset-before', 'unavailable'],
    ['truncate', 'unavailable'],
    ['stall', 'unavailable'],
    ['error', 'rate-limited'],
  ] as const)('gives up on an endless %s as %s, within bounds', async (kind, code) => {
    await store.put('a', Buffer.alloc(200_000, 'x'));
    const hasty = await openS3ObjectStore({
      bucket: 'bucket',
      endpoint: server.url,
      credentials,
      timeouts: impatient,
    });
    server.fail({ kind, method: 'GET', times: 1000 });

    expect((await failure(hasty.get('a'))).code).toBe(code);

    expect(server.count('GET')).toBeLessThanOrEqual(4);
  });

  it.each([
    [403, 'AccessDenied', 'auth'],
    [403, 'RequestTimeTooSkewed', 'auth'],
    [404, 'NoSuchKey', 'not-found'],
    [404, 'NoSuchBucket', 'invalid-input'],
    [501, 'NotImplemented', 'unsupported'],
    [507, 'InsufficientStorage', 'storage-full'],
    [400, 'KeyTooLongError', 'invalid-input'],
  ])('maps HTTP %i %s to %s', async (status, code, expected) => {
    server.fail({ kind: 'error', status, code, times: 9 });

    expect((await failure(store.get('a'))).code).toBe(expected);
  });

  it('never says a secret', async () => {
    server.fail({ kind: 'error', status: 403, code: 'SignatureDoesNotMatch' });

    const { message } = await failure(store.put('a', bytes));

    expect(message).toBe('Cannot write s3://bucket/a: access is denied (SignatureDoesNotMatch, HTTP 403).');
  });

  it('says that a bucket is missing rather than empty', async () => {
    await expect(open('', 'mistyped')).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('stops at once when its signal aborts', async () => {
    server.fail({ kind: 'hang', method: 'GET' });
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('enough')), 50);

    await expect(store.get('a', { signal: abort.signal })).rejects.toThrow('enough');
  });

  it('stops in the middle of a body when its signal aborts', async () => {
    await store.put('a', Buffer.alloc(200_000, 'x'));
    server.fail({ kind: 'stall', method: 'GET' });
    const abort = new AbortController();
    setTimeout(() => abort.abort(new Error('enough')), 100);

    await expect(store.get('a', { signal: abort.signal })).rejects.toThrow('enough');
    expect(server.count('GET')).toBe(1);
  });
});

describe('listing', () => {
  it('goes through all pages', async () => {
    for (let i = 0; i < 2345; i += 1) server.buckets.put('bucket', `many/${i}`, Buffer.alloc(0), '', {});

    expect(await keys()).toHaveLength(2345);
    expect(server.count('GET')).toBe(3);
  });

  it('is an error, not a shorter list, when a page fails', async () => {
    for (let i = 0; i < 1001; i += 1) server.buckets.put('bucket', `many/${i}`, Buffer.alloc(0), '', {});
    const found: string[] = [];
    const list = async () => {
      for await (const { key } of store.list('')) {
        if (found.push(key) === 1000)
          server.fail({ kind: 'error', status: 500, code: 'InternalError', times: 9 });
      }
    };

    expect((await failure(list())).code).toBe('unavailable');
  });

  it('passes over markers of folders', async () => {
    server.buckets.put('bucket', 'p/', Buffer.alloc(0), '', {});
    server.buckets.put('bucket', 'p/x/', Buffer.alloc(0), '', {});
    server.buckets.put('bucket', 'p/x/a', bytes, '', {});

    expect(await keys(await open('p'))).toEqual(['x/a']);
  });
});

describe('presigning', () => {
  it('gives a URL that anybody can read, for a while', async () => {
    await store.put('a b/ü+.png', bytes, { contentType: 'image/png' });

    const response = await fetch(await store.presign('a b/ü+.png', 60));

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(await response.text()).toBe('content');
    expect((await fetch(`${server.url}/bucket/a%20b/%C3%BC%2B.png`)).status).toBe(403);
  });
});
