import { afterEach, describe, expect, it } from 'vitest';
import { type FakeApi, type Reply, serveFakeApi } from '../../../tests/support/http-faults.ts';
import { download, REPLICATE_HOSTS } from './download.ts';

const LIMITS = { maxBytes: 1_000, maxPixels: 1e6, timeoutMs: 1_000 };
const LOCAL = ['127.0.0.1:*'];

let api: FakeApi | undefined;

async function serve(reply: Reply): Promise<string> {
  api = await serveFakeApi(
    () => reply,
    () => undefined,
  );
  return api.origin;
}

afterEach(async () => {
  await api?.[Symbol.asyncDispose]();
  api = undefined;
});

describe('download', () => {
  it.each([
    'http://replicate.delivery/x.png',
    'https://replicate.delivery.example.org/x.png',
    'https://evilreplicate.delivery/x.png',
    'https://replicate.delivery:8443/x.png',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'not a url',
  ])('asks no host but the known ones: %s', async (url) => {
    await expect(download(url, REPLICATE_HOSTS, LIMITS, 0)).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('reads a file within its bound', async () => {
    const origin = await serve({ status: 200, body: Buffer.from('picture') });

    expect(Buffer.from(await download(`${origin}/x`, LOCAL, LIMITS, 0)).toString()).toBe('picture');
  });

  it('stops at the bound, announced or not', async () => {
    const origin = await serve({ status: 200, body: Buffer.alloc(2_000) });

    await expect(download(`${origin}/x`, LOCAL, LIMITS, 0)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('follows no redirect to another host', async () => {
    const origin = await serve({
      status: 302,
      headers: { location: 'http://169.254.169.254/secret' },
      body: Buffer.alloc(0),
    });

    await expect(download(`${origin}/x`, LOCAL, LIMITS, 0)).rejects.toMatchObject({ code: 'unsupported' });
  });

  it('follows a circle of redirects only so far', async () => {
    const origin = await serve({ status: 302, headers: { location: '/y' }, body: Buffer.alloc(0) });

    await expect(download(`${origin}/x`, LOCAL, LIMITS, 0)).rejects.toMatchObject({ code: 'unsupported' });

    expect(api!.calls).toHaveLength(4);
  });

  it.each([
    [404, 'not-found'],
    [410, 'not-found'],
    [429, 'rate-limited'],
    [402, 'unavailable'],
    [408, 'unavailable'],
    [503, 'unavailable'],
    [418, 'unsupported'],
  ])('tells what a %i means: %s', async (status, code) => {
    const origin = await serve({ status, body: Buffer.from('x') });

    await expect(download(`${origin}/x`, LOCAL, LIMITS, 0)).rejects.toMatchObject({ code });
  });

  it('names no address in its errors', async () => {
    const secret = 'https://signed.example.org/x?signature=secret';

    const error = await download(secret, REPLICATE_HOSTS, LIMITS, 0).catch((thrown: unknown) => thrown);

    expect(String(error)).not.toContain('example.org');
  });
});
