import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ControllerApi, ControllerEvent } from '../../controller/reconcile/controller-ports.ts';
import { StateApi } from '../../controller/server/state-api.ts';
import type { Workspace } from '../../controller/workspace.ts';
import { type ApiServer, startApiServer } from '../support/api-server.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';

let root: string;
let workspace: Workspace;
let running: ApiServer;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-streams-'));
  await buildLibrary(root, [{ id: '0001', images: some('photorealistic', 1) }]);
  ({ workspace } = await openColourWorkspace(root));
});
afterAll(async () => {
  await workspace?.[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});
afterEach(async () => {
  await running?.[Symbol.asyncDispose]();
});

function suspended(what: string): ControllerEvent {
  return { at: '2026-11-22T12:00:00Z', type: 'suspended', what, reason: 'r', by: 'ada' };
}

interface Message {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Follows the stream; `next` resolves with the following message. */
class Follower {
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private text = '';

  private constructor(reader: ReadableStreamDefaultReader<Uint8Array>) {
    this.reader = reader;
  }

  static async open(query = '', headers: Record<string, string> = {}): Promise<Follower> {
    const response = await fetch(`${running.server.url}/api/v1/events${query}`, { headers });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    const follower = new Follower(response.body!.getReader());
    expect(await follower.block()).toBe('retry: 3000');
    return follower;
  }

  async next(): Promise<Message> {
    const fields = Object.fromEntries((await this.block())!.split('\n').map((line) => line.split(/: (.*)/s)));
    return { id: fields.id, event: fields.event, data: JSON.parse(fields.data) };
  }

  /** One block of the stream, comments included; undefined at its end. */
  async block(): Promise<string | undefined> {
    for (;;) {
      const end = this.text.indexOf('\n\n');
      if (end >= 0) {
        const block = this.text.slice(0, end);
        this.text = this.text.slice(end + 2);
        return block;
      }
      const { value, done } = await this.reader.read();
      if (done) return undefined;
      this.text += Buffer.from(value).toString();
    }
  }

  async leave(): Promise<void> {
    await this.reader.cancel();
  }
}

describe('the event stream', () => {
  it('tells what happens as it happens, to everybody who follows', async () => {
    running = await startApiServer(workspace);
    const [a, b] = await Promise.all([Follower.open(), Follower.open()]);

    running.events.event(suspended('the library\nin two lines'));

    for (const follower of [a, b]) {
      expect(await follower.next()).toMatchObject({
        id: 't1-1',
        event: 'suspended',
        data: { what: 'the library\nin two lines', by: 'ada' },
      });
    }
  });

  it('tells what somebody missed, and says when that is not known any more', async () => {
    running = await startApiServer(workspace);
    for (let number = 1; number <= 3; number += 1) running.events.event(suspended(String(number)));

    const late = await Follower.open('', { 'last-event-id': 't1-1' });
    const upToDate = await Follower.open('', { 'last-event-id': 't1-3' });
    const other = await Follower.open('', { 'last-event-id': 't0-77' });
    running.events.event(suspended('4'));

    expect([(await late.next()).id, (await late.next()).id]).toEqual(['t1-2', 't1-3']);
    expect((await upToDate.next()).id).toBe('t1-4');
    expect(await other.next()).toMatchObject({ event: 'reset', id: 't1-3' });
    for (let number = 0; number < 1001; number += 1) running.events.event(suspended('x'));
    expect(await (await Follower.open('', { 'last-event-id': 't1-2' })).next()).toMatchObject({
      event: 'reset',
    });
  });

  it('leaves out what comes for every actor at every look, unless asked for', async () => {
    running = await startApiServer(workspace);
    const [all, asked] = [await Follower.open(), await Follower.open('?types=reconciled')];
    running.events.event({
      at: '',
      type: 'reconciled',
      actor: '0001',
      reconcileId: 'r',
      result: 'success',
      seconds: 1,
    });
    running.events.event(suspended('1'));

    expect((await all.next()).event).toBe('suspended');
    expect((await asked.next()).event).toBe('reconciled');
  });

  it('tells of a run without all of its actors, and nothing that is secret', async () => {
    running = await startApiServer(workspace, { env: { SOME_TOKEN: 'hush-hush-hush' } });
    const follower = await Follower.open();
    running.events.progress({
      type: 'warning',
      code: 'unavailable',
      message: 'GET https://s/x?X-Amz-Signature=1 said hush-hush-hush',
    });

    const { data } = await follower.next();

    expect(data.message).toBe('GET https://s/x?[redacted] said [redacted]');
  });

  it('says now and then that it is still there, and only while somebody listens', async () => {
    const clock = new FakeClock();
    running = await startApiServer(workspace, { clock });
    expect(clock.sleepers).toBe(0);
    const follower = await Follower.open();

    const beat = follower.block();
    while (clock.sleepers === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await clock.advance(15_000);

    expect(await beat).toBe(': still here');
    await follower.leave();
    while (running.events.listeners > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await clock.advance(15_000);
    expect(clock.sleepers).toBe(0);
  });

  it('ends when the server stops', async () => {
    running = await startApiServer(workspace);
    const follower = await Follower.open();
    const end = follower.block();

    await running[Symbol.asyncDispose]();

    expect(await end).toBeUndefined();
  });

  it('cuts off who does not read, and takes no more than a hundred', async () => {
    running = await startApiServer(workspace);
    const idle = running.events.subscribe(undefined, undefined)!;
    for (let number = 0; number < 600; number += 1) running.events.event(suspended('x'));

    expect(running.events.listeners).toBe(0);
    expect(await idle.take(new AbortController().signal)).toHaveLength(500);
    expect(await idle.take(new AbortController().signal)).toBeUndefined();

    for (let number = 0; number < 100; number += 1) running.events.subscribe(undefined, undefined);
    expect((await fetch(`${running.server.url}/api/v1/events`)).status).toBe(503);
  });
});

describe('push webhooks', () => {
  const SECRET = 'a-webhook-secret';

  /** The state's API, on which the source can be poked. */
  async function pokable(poke: () => Promise<void>): Promise<ControllerApi> {
    const api = await StateApi.open({ use: (work) => work(workspace) });
    return Object.assign(Object.create(api) as ControllerApi, { pokeSource: poke });
  }

  async function push(
    body: string,
    delivery: string,
    secret = SECRET,
  ): Promise<{ status: number; body: unknown }> {
    const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
    const headers = {
      'x-github-event': 'push',
      'x-github-delivery': delivery,
      'x-hub-signature-256': signature,
    };
    const response = await fetch(`${running.server.url}/hooks/git`, { method: 'POST', headers, body });
    return { status: response.status, body: await response.json() };
  }

  it('make the source look at once, are answered before it has, and count once', async () => {
    let poked = 0;
    const api = await pokable(() => {
      poked += 1;
      return new Promise(() => {});
    });
    running = await startApiServer(workspace, {
      env: { CALLSHEET_WEBHOOK_SECRET: SECRET, CALLSHEET_API_TOKEN: 'a-token-of-some-length' },
      api,
    });

    const first = await push('{"after":"1"}', 'd1');
    const replay = await push('{"after":"1"}', 'd2');
    const forged = await push('{"after":"2"}', 'd3', 'guessed');

    expect(first).toEqual({ status: 202, body: { accepted: true } });
    expect(replay).toMatchObject({ status: 409, body: { code: 'replayed' } });
    expect(forged).toMatchObject({ status: 401 });
    expect(poked).toBe(1);
    const text = await running.metrics.registry.metrics();
    expect(text).toContain('callsheet_webhooks_total{provider="github",result="accepted"} 1');
    expect(text).toContain('callsheet_webhooks_total{provider="github",result="replayed"} 1');
    expect(text).toContain('callsheet_webhooks_total{provider="github",result="bad-signature"} 1');
  });

  it('that make the source fail are answered all the same, and the failure is logged', async () => {
    const api = await pokable(() => Promise.reject(new Error('the remote is gone')));
    running = await startApiServer(workspace, { env: { CALLSHEET_WEBHOOK_SECRET: SECRET }, api });

    expect(await push('{}', 'd1')).toMatchObject({ status: 202 });
    expect(running.log.join('')).toContain('the remote is gone');
  });

  it('are not there without a secret, and bounded with one', async () => {
    running = await startApiServer(workspace);
    expect(await push('{}', 'd1')).toMatchObject({ status: 404 });
    await running[Symbol.asyncDispose]();

    running = await startApiServer(workspace, { env: { CALLSHEET_WEBHOOK_SECRET: SECRET } });
    expect(await push('x'.repeat(5 * 1024 * 1024 + 1), 'd1')).toMatchObject({ status: 413 });
  });

  it('that are forged again and again are not even looked at', async () => {
    running = await startApiServer(workspace, {
      env: { CALLSHEET_WEBHOOK_SECRET: SECRET },
      clock: new FakeClock(),
    });
    for (let guess = 0; guess < 10; guess += 1) await push('{}', `d${guess}`, `guess-${guess}`);

    expect(await push('{}', 'd11')).toMatchObject({ status: 429 });
  });
});
