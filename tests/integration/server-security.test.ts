import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { readServerSettings } from '../../controller/server/server-settings.ts';
import type { Workspace } from '../../controller/workspace.ts';
import { type ApiServer, startApiServer } from '../support/api-server.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';

const EDITOR = 'an-editor-token-of-some-length';
const VIEWER = 'a-viewer-token-of-some-length';
const TOKENS = { CALLSHEET_API_TOKEN: EDITOR, CALLSHEET_VIEWER_TOKEN: VIEWER };
const SUSPEND = { method: 'POST', body: JSON.stringify({ kind: 'library', reason: 'a test' }) };
const JSON_TYPE = { 'content-type': 'application/json' };

let root: string;
let workspace: Workspace;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-security-'));
  await buildLibrary(root, [{ id: '0001', images: some('photorealistic', 1) }]);
  ({ workspace } = await openColourWorkspace(root));
});
afterAll(async () => {
  await workspace?.[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

let running: ApiServer;
afterEach(async () => {
  await running?.[Symbol.asyncDispose]();
});

async function start(
  env: Record<string, string>,
  options: { listen?: string; clock?: FakeClock } = {},
): Promise<void> {
  running = await startApiServer(workspace, { env, ...options });
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: {
    readonly code?: string;
    readonly who?: string;
    readonly role?: string;
    readonly via?: string;
  };
}

/** Over plain `http`, which lets a test say `Host` and `Origin`. */
async function send(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const url = new URL(path, running.server.url);
  const client = request(url, {
    method: options.method ?? 'GET',
    headers: options.headers ?? {},
    agent: false,
    path,
  });
  client.end(options.body);
  const [response] = await once(client, 'response');
  let text = '';
  for await (const part of response) text += part;
  return {
    status: response.statusCode,
    headers: response.headers,
    body: text.startsWith('{') ? JSON.parse(text) : {},
  };
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

describe('settings', () => {
  it('refuse to listen beyond this machine without anything to log in with', async () => {
    await expect(readServerSettings({}, '0.0.0.0:0')).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(readServerSettings({}, '[::]:0')).rejects.toMatchObject({ code: 'invalid-input' });
    await expect(readServerSettings({}, ':0')).resolves.toMatchObject({
      host: '127.0.0.1',
      anonymous: 'editor',
    });
    await expect(readServerSettings(TOKENS, '0.0.0.0:0')).resolves.toMatchObject({ anonymous: undefined });
    await expect(
      readServerSettings({ CALLSHEET_PROXY_USER_HEADER: 'x-user' }, '0.0.0.0:0'),
    ).resolves.toMatchObject({ anonymous: undefined });
  });

  it.each([
    [{ CALLSHEET_API_TOKEN: 'short' }, ':0'],
    [{ CALLSHEET_API_TOKEN_FILE: '/nowhere/at/all' }, ':0'],
    [{ CALLSHEET_PROXY_USER_HEADER: 'x-user', CALLSHEET_PROXY_TRUSTED: 'the-proxy' }, ':0'],
    [{ CALLSHEET_PUBLIC_URL: 'javascript:alert(1)' }, ':0'],
    [{}, 'nonsense'],
    [{}, '127.0.0.1:70000'],
  ])('refuse %j at %s', async (env, listen) => {
    await expect(readServerSettings(env, listen)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('say when the address is in use', async () => {
    await start({});
    const { port } = new URL(running.server.url);

    await expect(startApiServer(workspace, { listen: `127.0.0.1:${port}` })).rejects.toMatchObject({
      code: 'invalid-input',
    });
  });
});

describe('with tokens', () => {
  it('lets nobody in without one, and viewers only look', async () => {
    await start(TOKENS);

    expect(await send('/api/v1/status')).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    expect(await send('/api/v1/status', { headers: bearer(`${VIEWER}x`) })).toMatchObject({ status: 401 });
    expect(await send('/api/v1/session', { headers: bearer(VIEWER) })).toMatchObject({
      status: 200,
      body: { role: 'viewer', via: 'token' },
    });
    expect(
      await send('/api/v1/suspend', { ...SUSPEND, headers: { ...bearer(VIEWER), ...JSON_TYPE } }),
    ).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(
      await send('/api/v1/suspend', { ...SUSPEND, headers: { ...bearer(EDITOR), ...JSON_TYPE } }),
    ).toMatchObject({ status: 204 });
    expect(await send('/metrics')).toMatchObject({ status: 401 });
    expect(await send('/metrics', { headers: bearer(VIEWER) })).toMatchObject({ status: 200 });
    expect(await send('/healthz')).toMatchObject({ status: 200 });
    expect(await send('/readyz')).toMatchObject({ status: 200 });
  });

  it('makes whoever guesses wait, and lets others go on', async () => {
    const clock = new FakeClock();
    await start(TOKENS, { clock });
    for (let guess = 0; guess < 10; guess += 1)
      await send('/api/v1/status', { headers: bearer(`guess-${guess}`) });

    const blocked = await send('/api/v1/status', { headers: bearer(EDITOR) });
    await clock.advance(60_000);

    expect(blocked).toMatchObject({
      status: 429,
      body: { code: 'too-many-attempts' },
      headers: { 'retry-after': '60' },
    });
    expect(await send('/api/v1/status', { headers: bearer(EDITOR) })).toMatchObject({ status: 200 });
  });

  it('opens a session that scripts cannot read, ends it on request, and after half a day', async () => {
    const clock = new FakeClock();
    await start({ ...TOKENS, CALLSHEET_PUBLIC_URL: 'https://callsheet.example' }, { clock });
    const logIn = await send('/api/v1/session', {
      method: 'POST',
      headers: { ...JSON_TYPE, 'x-callsheet-request': '1' },
      body: JSON.stringify({ token: EDITOR }),
    });
    const set = String(logIn.headers['set-cookie']);
    const headers = { cookie: set.split(';')[0]!, 'x-callsheet-request': '1', ...JSON_TYPE };

    expect(set).toMatch(/HttpOnly/);
    expect(set).toMatch(/Secure/);
    expect(set).toMatch(/SameSite=Strict/);
    expect(set).not.toContain(EDITOR);
    expect(await send('/api/v1/session', { headers })).toMatchObject({
      status: 200,
      body: { role: 'editor', via: 'session' },
    });
    expect(await send('/api/v1/suspend', { ...SUSPEND, headers })).toMatchObject({ status: 204 });
    await send('/api/v1/session', { method: 'DELETE', headers });
    expect(await send('/api/v1/session', { headers })).toMatchObject({ status: 401 });

    const again = await send('/api/v1/session', {
      method: 'POST',
      headers: { ...JSON_TYPE, 'x-callsheet-request': '1' },
      body: JSON.stringify({ token: VIEWER }),
    });
    const cookie = String(again.headers['set-cookie']).split(';')[0]!;
    await clock.advance(12 * 3_600_000);
    expect(await send('/api/v1/session', { headers: { cookie } })).toMatchObject({ status: 401 });
  });

  it('counts wrong log-ins like wrong tokens', async () => {
    await start(TOKENS, { clock: new FakeClock() });
    const guess = () =>
      send('/api/v1/session', {
        method: 'POST',
        headers: { ...JSON_TYPE, 'x-callsheet-request': '1' },
        body: '{"token":"guess"}',
      });
    const statuses = [];
    for (let count = 0; count < 11; count += 1) statuses.push((await guess()).status);

    expect(statuses).toEqual([...Array(10).fill(401), 429]);
  });
});

describe('on loopback without tokens', () => {
  it('lets a page of its own decide, and no other page', async () => {
    await start({});
    const { host } = new URL(running.server.url);
    const own = { ...JSON_TYPE, 'x-callsheet-request': '1' };

    expect(await send('/api/v1/session')).toMatchObject({ body: { role: 'editor', via: 'loopback' } });
    expect(
      await send('/api/v1/suspend', {
        ...SUSPEND,
        headers: { ...own, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' },
      }),
    ).toMatchObject({ status: 204 });
    for (const headers of [
      JSON_TYPE,
      { ...own, origin: 'https://evil.example' },
      { ...own, origin: 'null' },
      { ...own, origin: `http://${host}.evil.example` },
      { ...own, 'sec-fetch-site': 'cross-site' },
      { ...own, 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      expect(await send('/api/v1/suspend', { ...SUSPEND, headers })).toMatchObject({
        status: 403,
        body: { code: 'wrong-origin' },
      });
    }
  });

  it('takes no form for JSON', async () => {
    await start({});
    const headers = { 'x-callsheet-request': '1', 'content-type': 'text/plain' };

    expect(await send('/api/v1/suspend', { ...SUSPEND, headers })).toMatchObject({ status: 415 });
    expect(
      await send('/api/v1/suspend', { ...SUSPEND, headers: { ...headers, ...JSON_TYPE }, body: '{' }),
    ).toMatchObject({ status: 400 });
  });

  it('refuses requests that were meant for another name', async () => {
    await start({});
    const { port } = new URL(running.server.url);

    for (const host of [
      'evil.example',
      `evil.example:${port}`,
      '192.168.1.4',
      `127.0.0.1.evil.example:${port}`,
    ]) {
      expect(await send('/api/v1/status', { headers: { host } })).toMatchObject({
        status: 421,
        body: { code: 'wrong-host' },
      });
      expect(await send('/healthz', { headers: { host } })).toMatchObject({ status: 421 });
    }
    for (const host of [`localhost:${port}`, '127.0.0.1', `[::1]:${port}`, 'LOCALHOST']) {
      expect(await send('/api/v1/status', { headers: { host } })).toMatchObject({ status: 200 });
    }
  });

  it('does not take those for local who come through a proxy', async () => {
    await start({});

    expect(await send('/api/v1/status', { headers: { 'x-forwarded-for': '203.0.113.9' } })).toMatchObject({
      status: 401,
    });
    expect(await send('/api/v1/status', { headers: { forwarded: 'for=203.0.113.9' } })).toMatchObject({
      status: 401,
    });
  });
});

describe('behind a proxy that authenticates', () => {
  const PROXY = {
    CALLSHEET_PROXY_USER_HEADER: 'X-Auth-User',
    CALLSHEET_PROXY_ROLE_HEADER: 'X-Auth-Role',
    CALLSHEET_PROXY_EDITORS: 'ada, bob',
  };

  it('takes its word for who somebody is and what they may do', async () => {
    await start(PROXY);

    expect(await send('/api/v1/session', { headers: { 'x-auth-user': 'ada' } })).toMatchObject({
      body: { who: 'ada', role: 'editor', via: 'proxy' },
    });
    expect(await send('/api/v1/session', { headers: { 'x-auth-user': 'eve' } })).toMatchObject({
      body: { who: 'eve', role: 'viewer' },
    });
    expect(
      await send('/api/v1/session', { headers: { 'x-auth-user': 'eve', 'x-auth-role': 'editor' } }),
    ).toMatchObject({ body: { role: 'editor' } });
    expect(await send('/api/v1/session', { headers: { 'x-auth-role': 'editor' } })).toMatchObject({
      status: 401,
    });
    expect(
      await send('/api/v1/suspend', { ...SUSPEND, headers: { 'x-auth-user': 'ada', ...JSON_TYPE } }),
    ).toMatchObject({ status: 403 });
  });

  it('takes nobody’s word who is not the proxy', async () => {
    await start({ ...PROXY, CALLSHEET_PROXY_TRUSTED: '10.0.0.0/8' });

    expect(await send('/api/v1/session', { headers: { 'x-auth-user': 'ada' } })).toMatchObject({
      status: 401,
    });
  });
});

describe('every answer', () => {
  it('says how little a browser may do with it', async () => {
    await start({});

    for (const path of ['/api/v1/status', '/nothing', '/metrics']) {
      const { headers } = await send(path);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
    expect((await send('/api/v1/status')).headers['cache-control']).toBe('no-store');
  });

  it('to a body that is too large is 413, whether or not its length was said', async () => {
    await start({});
    const headers = { ...JSON_TYPE, 'x-callsheet-request': '1' };
    const body = JSON.stringify({ kind: 'library', reason: 'x'.repeat(600_000) });

    expect(
      await send('/api/v1/suspend', {
        method: 'POST',
        headers: { ...headers, 'content-length': String(body.length) },
        body,
      }),
    ).toMatchObject({ status: 413 });
    expect(
      await send('/api/v1/suspend', {
        method: 'POST',
        headers: { ...headers, 'transfer-encoding': 'chunked' },
        body,
      }),
    ).toMatchObject({ status: 413 });
  });

  it('to a path that climbs is no file', async () => {
    await start({});

    for (const path of [
      '/../../etc/passwd',
      '/api/v1/../../etc/passwd',
      '/api/v1/plans/..%2f..%2fetc%2fpasswd',
      '/api/v1/runs/%2e%2e',
    ]) {
      expect([400, 404]).toContain((await send(path)).status);
    }
  });

  it('counts requests by route, never by what somebody put into the path', async () => {
    await start({});
    await send('/api/v1/actors/0001');
    await send('/api/v1/actors/made-up-by-me');
    await send('/made-up-by-me');

    const text = await running.metrics.registry.metrics();

    expect(text).toContain(
      'callsheet_http_requests_total{method="GET",route="/api/v1/actors/{actor}",status="200"} 1',
    );
    expect(text).toContain('callsheet_http_requests_total{method="GET",route="other",status="404"} 1');
    expect(text).not.toContain('made-up-by-me');
  });

  it('outlives those who hang up', async () => {
    await start({});
    const { port } = new URL(running.server.url);
    const socket = connect(Number(port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write('POST /api/v1/suspend HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{');
    socket.destroy();

    expect(await send('/api/v1/status')).toMatchObject({ status: 200 });
  });
});
