import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallsheetError } from '../../controller/diagnostics/errors.ts';
import type { NoticesDocument } from '../../controller/notify/notice-memory.ts';
import { Notifier, type NotifierOptions } from '../../controller/notify/notifier.ts';
import { NotifierInOffice } from '../../controller/notify/notifier-in-office.ts';
import { openReceivers } from '../../controller/notify/open-receivers.ts';
import { createFileObjectStore } from '../../controller/object-store/file-object-store.ts';
import type { ControllerEvent } from '../../controller/reconcile/controller-ports.ts';
import type { RunRecord } from '../../controller/records/run-record.ts';
import { createLogger, silentLogger } from '../../controller/runtime/logger.ts';
import { createRedactor } from '../../controller/runtime/redact-log.ts';
import type { Notification } from '../../controller/spec/library.generated.ts';
import { createObjectStoreState } from '../../controller/state-backend/object-store-state.ts';
import type { StateBackend } from '../../controller/state-backend/state-backend.ts';
import type { Workspace } from '../../controller/workspace.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ReceiverServer } from '../support/receiver-server.ts';

const SHA = '0123456789abcdef0123456789abcdef01234567';
const REVISION = `main@sha1:${SHA}`;
const ENV = { HOOK_KEY: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', STATUS_TOKEN: 'a-github-token' };

let root: string;
let state: StateBackend;
let clock: FakeClock;
let receiver: ReceiverServer;
let log: string[];
let results: string[];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-notify-'));
  state = createObjectStoreState(createFileObjectStore({ root, missingRoot: 'empty' }));
  clock = new FakeClock();
  receiver = await ReceiverServer.start();
  log = [];
  results = [];
});
afterEach(async () => {
  await receiver[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

function failed(actor: string, message = 'It did not work.'): ControllerEvent {
  const condition = {
    type: 'Ready',
    status: 'False',
    reason: 'ApplyFailed',
    message,
    observedGeneration: 'g1',
  } as const;
  return {
    at: '2026-11-22T12:00:00Z',
    type: 'condition-changed',
    actor,
    condition,
    revision: REVISION,
  };
}

function webhook(more: Partial<Notification> = {}): Notification {
  return { name: 'hook', type: 'webhook', url: `${receiver.url}/in`, ...more };
}

async function open(
  notifications: readonly Notification[],
  more: Partial<NotifierOptions> = {},
): Promise<Notifier> {
  const logger = await createLogger({
    level: 'debug',
    format: 'json',
    sink: { write: (line) => log.push(line) },
    clock,
    secrets: [],
  });
  const { receivers, problems } = openReceivers(notifications, {
    env: ENV,
    clock,
    specsUrl: 'git@github.com:studio/specs.git',
  });
  expect(problems).toEqual([]);
  const measure = (name: string, result: string) => results.push(`${name} ${result}`);
  const notifier = await Notifier.open(
    {
      state,
      receivers,
      library: 'studio',
      clock,
      random: () => 0,
      logger,
      redact: createRedactor(['hush-hush-hush']),
      measure,
      ...more,
    },
    () => ({ actors: [], lastAppliedRevision: undefined }),
  );
  return notifier!;
}

/** What waits for the network of this machine; the clock stands still meanwhile. */
async function received(count: number): Promise<void> {
  await vi.waitFor(() => expect(receiver.requests).toHaveLength(count), { interval: 5 });
}

async function settled(count: number): Promise<void> {
  await vi.waitFor(() => expect(results).toHaveLength(count), { interval: 5 });
}

async function memory(): Promise<NoticesDocument> {
  return (await state.read<NoticesDocument>('notifications.json'))!.value;
}

describe('webhooks', () => {
  it('are signed so that a receiver can tell, and come once for what came together', async () => {
    await using notifier = await open([webhook({ secretEnv: 'HOOK_KEY' })]);
    notifier.event(failed('0001'));
    notifier.event(failed('0002', 'GET https://h/x?X-Amz-Signature=1 said hush-hush-hush'));
    await clock.advance(29_000);
    expect(receiver.requests).toHaveLength(0);
    await clock.advance(1_000);
    await settled(1);

    const { headers, text, json } = receiver.requests[0]!;
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`;
    const key = Buffer.from(ENV.HOOK_KEY.slice('whsec_'.length), 'base64');
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
    expect(headers['webhook-timestamp']).toBe(String(clock.now() / 1000));
    expect(json).toMatchObject({
      type: 'callsheet.failed',
      data: { title: '2 actors: ApplyFailed', actors: { count: 2, some: ['0001', '0002'] } },
    });
    expect(text).not.toContain('hush-hush-hush');
    expect(text).not.toContain('Signature');
    expect((await memory()).outbox).toEqual([]);
  });

  it('are tried again while the receiver is down, later and later, and as late as it asks', async () => {
    receiver.answers.push(503, [429, { 'retry-after': '60' }], 500);
    await using notifier = await open([webhook()]);
    notifier.event(failed('0001'));
    await clock.advance(30_000);
    await received(1);
    await clock.advance(5_000);
    await received(2);
    await clock.advance(59_000);
    expect(receiver.requests).toHaveLength(2);
    await clock.advance(1_000);
    await received(3);
    await clock.advance(20_000);
    await settled(1);

    expect(results).toEqual(['hook delivered']);
    expect(new Set(receiver.requests.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(log.filter((line) => line.includes('not delivered yet'))).toHaveLength(1);
  });

  it('are given up where trying again is of no use, and others go on', async () => {
    receiver.answers.push(404);
    await using notifier = await open([webhook()]);
    notifier.event(failed('0001'));
    await clock.advance(30_000);
    await settled(1);
    notifier.event(failed('0002'));
    await clock.advance(30_000);
    await settled(2);

    expect(results).toEqual(['hook failed', 'hook delivered']);
    expect(log.join('')).toContain('receiver \\"hook\\" answered 404');
    expect(log.join('')).not.toContain(receiver.url);
  });

  it('follow no redirect', async () => {
    await using elsewhere = await ReceiverServer.start();
    receiver.answers.push([307, { location: elsewhere.url }]);
    await using notifier = await open([webhook()]);
    notifier.event(failed('0001'));
    await clock.advance(30_000);
    await settled(1);

    expect(results).toEqual(['hook failed']);
    expect(elsewhere.requests).toEqual([]);
  });

  it('come only for what the spec asks for', async () => {
    await using notifier = await open([webhook({ events: ['recovered'] })]);
    notifier.event(failed('0001'));
    await clock.advance(30_000);
    notifier.event({
      at: '',
      type: 'condition-changed',
      actor: '0001',
      condition: { type: 'Ready', status: 'True', reason: 'Balanced', message: 'Good.' },
    });
    await clock.advance(30_000);
    await settled(1);

    expect(receiver.requests.map(({ json }) => json.type)).toEqual(['callsheet.recovered']);
  });
});

describe('a restart', () => {
  it('tells nothing twice', async () => {
    {
      await using notifier = await open([webhook()]);
      notifier.event(failed('0001'));
      await clock.advance(30_000);
      await settled(1);
    }
    await using notifier = await open([webhook()]);
    notifier.event(failed('0001'));
    await clock.advance(60_000);

    expect(receiver.requests).toHaveLength(1);
  });

  it('forgets nothing: neither what waits to be sent nor what had only just come', async () => {
    receiver.answers.push(503);
    const first = await open([webhook()]);
    first.event(failed('0001'));
    await clock.advance(30_000);
    await received(1);
    first.event(failed('0002'));
    await first[Symbol.asyncDispose]();

    await using _second = await open([webhook()]);
    await settled(2);

    const ids = receiver.requests.map(({ headers }) => headers['webhook-id']);
    expect(ids[1]).toBe(ids[0]);
    expect(receiver.requests.map(({ json }) => (json.data as { title: string }).title)).toEqual([
      'actor 0001: ApplyFailed',
      'actor 0001: ApplyFailed',
      'actor 0002: ApplyFailed',
    ]);
  });

  it('forgets nothing that came while what was told before was being delivered, when it is killed', async () => {
    const first = await open([webhook()]);
    first.event(failed('0001'));
    await clock.advance(30_000);
    first.event(failed('0002'));
    await settled(1);
    const stored = await memory();
    expect(Object.keys(stored.failing)).toEqual(['0001']);
    // Nothing of what follows reaches the state: it is dead.
    await first[Symbol.asyncDispose]();
    await state.write('notifications.json', stored);

    await using second = await open([webhook()]);
    second.event(failed('0002'));
    await clock.advance(30_000);
    await settled(2);
    expect(receiver.requests.at(-1)!.json).toMatchObject({ data: { title: 'actor 0002: ApplyFailed' } });
  });

  it('tells what the conditions say and nobody has heard', async () => {
    const { receivers } = openReceivers([webhook()], { env: ENV, clock });
    const logger = await createLogger({
      level: 'silent',
      format: 'json',
      sink: { write: () => {} },
      clock,
      secrets: [],
    });
    const event = failed('0009') as Extract<ControllerEvent, { type: 'condition-changed' }>;
    const standing = {
      formatVersion: '1.0',
      actor: '0009',
      actorType: 'film',
      total: { before: 1, target: 2 },
      conditions: [event.condition],
      history: [],
      moves: [],
      fruitless: 0,
    } as const;
    await using _ = await Notifier.open(
      { state, receivers, library: 'studio', clock, random: () => 0, logger, redact: (text) => text },
      () => ({ actors: [standing], lastAppliedRevision: undefined }),
    );
    await clock.advance(30_000);
    await received(1);

    expect(receiver.requests[0]!.json).toMatchObject({ data: { title: 'actor 0009: ApplyFailed' } });
  });
});

describe('whoever leads next', () => {
  const down: ControllerEvent = {
    at: '2026-11-22T13:00:00Z',
    type: 'source-failed',
    reason: 'SourceUnavailable',
    message: 'Git is down.',
  };

  /** As the process that leads has one; `before` comes before it does, as the first look at the source. */
  async function lead(
    before: readonly ControllerEvent[],
    { settings = { notifications: [webhook()], name: 'studio' }, leads = (): boolean => true } = {},
  ): Promise<NotifierInOffice> {
    const workspace = {
      settings,
      state,
      source: { revision: `main@sha1:${SHA}` },
    } as unknown as Workspace;
    const office = new NotifierInOffice({
      use: (work) => work(workspace),
      standing: () => ({ actors: [], lastAppliedRevision: undefined }),
      leads,
      env: ENV,
      clock,
      random: () => 0,
      redact: (text) => text,
      logger: silentLogger,
      measure: (name, result) => results.push(`${name} ${result}`),
    });
    for (const event of before) office.event(event);
    office.event({ at: '2026-11-22T14:00:00Z', type: 'leader', leading: true, message: 'leads' });
    return office;
  }

  function told(): string[] {
    return receiver.requests.map(({ json }) => (json.data as { title: string }).title);
  }

  it('tells that what was wrong with the specs is over, and that it is wrong again', async () => {
    await (await lead([down]))[Symbol.asyncDispose]();
    await using office = await lead([]);
    await settled(1);
    await vi.waitFor(() => expect(clock.sleepers).toBeGreaterThan(0), { interval: 5 });
    await clock.advance(30_000);
    await settled(2);
    office.event({ ...down, at: '2026-11-22T15:00:00Z' });
    await vi.waitFor(() => expect(clock.sleepers).toBeGreaterThan(0), { interval: 5 });
    await clock.advance(30_000);
    await settled(3);

    expect(told()).toEqual([
      'the specs: SourceUnavailable',
      'the specs: recovered from SourceUnavailable',
      'the specs: SourceUnavailable',
    ]);
  });

  it('tells nothing of what is as wrong as it was', async () => {
    await (await lead([down]))[Symbol.asyncDispose]();
    await (await lead([down]))[Symbol.asyncDispose]();
    await using _office = await lead([down]);
    await settled(1);

    expect(told()).toEqual(['the specs: SourceUnavailable']);
  });

  it('is not driven out by a predecessor that has not yet come to say that it does not lead any more', async () => {
    let isLeading = true;
    const settings = { notifications: [webhook()], name: 'studio' };
    const old = await lead([], { settings, leads: () => isLeading });
    const { writer: first } = await vi.waitFor(memory, { interval: 5 });
    await using _next = await lead([]);
    const second = await vi.waitFor(
      async () => {
        const { writer } = await memory();
        expect(writer).not.toBe(first);
        return writer;
      },
      { interval: 5 },
    );
    isLeading = false;
    settings.notifications = [webhook({ events: ['failed'] })];
    old.event({ at: '', type: 'revision-loaded', revision: 'r2', generation: 'g2' });
    old.event(down);
    await old[Symbol.asyncDispose]();

    expect((await memory()).writer).toBe(second);
    expect(told()).toEqual([]);
  });
});

describe('a notifier that has been replaced and does not know it', () => {
  it('neither sends what waited nor overwrites what its successor remembers', async () => {
    receiver.answers.push(503, 503);
    await using old = await open([webhook()]);
    old.event(failed('0001'));
    await clock.advance(30_000);
    await received(1);
    const next = await open([webhook()]);
    await received(2);
    next.event(failed('0002'));
    await next.flush();
    old.event(failed('0003'));
    await old.flush();
    await clock.advance(5_000);
    await settled(2);
    await next[Symbol.asyncDispose]();

    expect(receiver.requests.map(({ json }) => (json.data as { title: string }).title)).toEqual([
      'actor 0001: ApplyFailed',
      'actor 0001: ApplyFailed',
      'actor 0001: ApplyFailed',
      'actor 0002: ApplyFailed',
    ]);
    const stored = await memory();
    expect(Object.keys(stored.failing)).toEqual(['0001', '0002']);
    expect(stored.outbox).toEqual([]);
    expect(log.filter((line) => line.includes('another process notifies'))).toHaveLength(1);
  });

  it('goes on when only the answer to its own write was lost', async () => {
    let lose = false;
    const lossy: StateBackend = {
      ...state,
      read: (path, signal) => state.read(path, signal),
      write: async (path, value, expected, signal) => {
        const version = await state.write(path, value, expected, signal);
        if (!lose) return version;
        lose = false;
        throw new CallsheetError('unavailable', 'no answer');
      },
    };
    await using notifier = await open([webhook()], { state: lossy });
    lose = true;
    notifier.event(failed('0001'));
    await notifier.flush();
    await settled(1);

    expect((await memory()).outbox).toEqual([]);
  });
});

describe('the outbox', () => {
  it('is bounded: what waits longest gives way, and is counted', async () => {
    await using notifier = await open([webhook({ url: 'http://127.0.0.1:9/closed' })]);
    for (let plan = 0; plan < 250; plan += 1) {
      notifier.event({
        at: '',
        type: 'plan-held',
        plan: `plan-${plan}`,
        revision: 'r',
        reason: 'AwaitingApproval',
        message: 'm',
        ...{ actors: 1, generate: 1, restore: 0, adopt: 0, delete: 0, forget: 0, estimateUsd: 0 },
        some: ['0001'],
      });
      await notifier.flush();
    }

    const { outbox } = await memory();
    expect(outbox).toHaveLength(200);
    expect(outbox[0]!.notice.plan).toBe('plan-50');
    expect(results.filter((result) => result === 'hook dropped')).toHaveLength(50);
  });

  it('sends nothing that has given way', async () => {
    receiver.answers.push(503);
    await using notifier = await open([webhook()]);
    for (let plan = 0; plan < 203; plan += 1) {
      notifier.event({
        at: '',
        type: 'plan-held',
        plan: `plan-${plan}`,
        revision: 'r',
        reason: 'AwaitingApproval',
        message: 'm',
        ...{ actors: 1, generate: 1, restore: 0, adopt: 0, delete: 0, forget: 0, estimateUsd: 0 },
        some: ['0001'],
      });
      await notifier.flush();
    }
    await received(1);
    await clock.advance(5_000);
    await vi.waitFor(() => expect(receiver.requests.length).toBeGreaterThan(1), { interval: 5 });

    const plans = receiver.requests.map(({ json }) => (json.data as { plan: string }).plan);
    expect(plans.slice(0, 2)).toEqual(['plan-0', 'plan-3']);
  });

  it('holds up nobody else when one receiver is down', async () => {
    await using other = await ReceiverServer.start();
    receiver.answers.push(503);
    await using notifier = await open([webhook(), { name: 'chat', type: 'slack', url: other.url }]);
    notifier.event(failed('0001'));
    await clock.advance(30_000);
    await settled(1);

    expect(results).toEqual(['chat delivered']);
  });
});

describe('Slack', () => {
  it('is told in text that mentions nobody and links nowhere', async () => {
    await using notifier = await open([{ type: 'slack', url: receiver.url }]);
    notifier.event(failed('<!channel>`@here`', 'see <https://evil.example|this> & that'));
    await clock.advance(30_000);
    await settled(1);

    const text = String(receiver.requests[0]!.json.text);
    expect(text).toContain('&lt;!channel&gt;ˋ@hereˋ');
    expect(text).toContain('`see &lt;https://evil.example|this&gt; &amp; that`');
    expect(text.replaceAll(/`[^`]*`/g, '')).not.toMatch(/[<@]/);
  });
});

describe('GitHub', () => {
  it('gets the status of the commit, and nothing for what is about none', async () => {
    await using notifier = await open([{ type: 'github', url: receiver.url, secretEnv: 'STATUS_TOKEN' }], {
      publicUrl: 'https://callsheet.example',
    });
    notifier.event(failed('0001'));
    notifier.event({ at: '', type: 'budget', day: '2026-11-22', spentUsd: 9, limitUsd: 10 });
    await clock.advance(30_000);
    await settled(2);

    expect(receiver.requests).toHaveLength(1);
    expect(receiver.requests[0]).toMatchObject({
      method: 'POST',
      path: `/repos/studio/specs/statuses/${SHA}`,
      headers: { authorization: 'Bearer a-github-token' },
      json: {
        state: 'failure',
        context: 'callsheet/studio',
        description: 'actor 0001: ApplyFailed',
        target_url: 'https://callsheet.example/actors/0001',
      },
    });
  });
});

describe('GitHub, while one of two actors is well again', () => {
  it('is not told that the revision is well', async () => {
    await using notifier = await open([{ type: 'github', url: receiver.url, secretEnv: 'STATUS_TOKEN' }]);
    const well = (actor: string): ControllerEvent => ({
      at: '',
      type: 'condition-changed',
      actor,
      condition: { type: 'Ready', status: 'True', reason: 'Balanced', message: 'Good.' },
      revision: REVISION,
    });
    for (const event of [failed('0001'), failed('0002')]) notifier.event(event);
    await notifier.flush();
    notifier.event(well('0001'));
    await notifier.flush();
    notifier.event(well('0002'));
    notifier.event({ at: '', type: 'revision-applied', revision: REVISION });
    await notifier.flush();
    await settled(4);

    expect(receiver.requests.map(({ json }) => [json.state, json.description])).toEqual([
      ['failure', '2 actors: ApplyFailed'],
      ['failure', '1 actor failing; actor 0001: recovered from ApplyFailed'],
      ['success', 'actor 0002: recovered from ApplyFailed'],
      ['success', `revision ${REVISION} is applied`],
    ]);
  });
});

describe('GitHub, for every revision', () => {
  const github: Notification = { type: 'github', secretEnv: 'STATUS_TOKEN' };
  const loaded: ControllerEvent = {
    at: '',
    type: 'revision-loaded',
    revision: REVISION,
    generation: 'g1',
  };
  const applied: ControllerEvent = { at: '', type: 'revision-applied', revision: REVISION };

  function statuses(): unknown[] {
    return receiver.requests.map(({ json }) => json.state);
  }

  it('is told that it is pending until the last wave is through, and then that it is well', async () => {
    await using notifier = await open([{ ...github, url: receiver.url }]);
    const run = {
      id: 'run-1',
      status: 'succeeded',
      revision: REVISION,
      costUsd: 1,
      actors: [{ actor: '0001', outcome: 'applied', actions: [{ kind: 'generate', outcome: 'done' }] }],
    } as unknown as RunRecord;
    for (const event of [loaded, { at: '', type: 'run-finished', run } as const, applied]) {
      notifier.event(event);
      await notifier.flush();
    }
    await settled(3);

    expect(statuses()).toEqual(['pending', 'pending', 'success']);
  });

  it('is told what it waits for', async () => {
    await using notifier = await open([{ ...github, url: receiver.url }]);
    notifier.event(loaded);
    notifier.event({
      at: '',
      type: 'plan-held',
      plan: 'plan-1',
      revision: REVISION,
      reason: 'WindowClosed',
      message: 'Planned; the next window opens at 2026-11-23T02:00:00.000Z.',
      ...{ actors: 1, generate: 1, restore: 0, adopt: 0, delete: 0, forget: 0, estimateUsd: 0 },
      some: ['0001'],
    });
    await notifier.flush();
    await settled(1);

    expect(receiver.requests.map(({ json }) => [json.state, json.description])).toEqual([
      ['pending', 'Planned; the next window opens at 2026-11-23T02:00:00.000Z.'],
    ]);
  });

  it('is told that one is well that asks for nothing, while chats that have not asked hear nothing of it', async () => {
    await using notifier = await open([{ ...github, url: receiver.url }, webhook()]);
    notifier.event(loaded);
    notifier.event(applied);
    await notifier.flush();
    await settled(1);

    expect(statuses()).toEqual(['success']);
  });
});

describe('receivers that cannot be used', () => {
  it.each([
    [{ type: 'webhook' }, 'it has no URL'],
    [{ type: 'webhook', urlEnv: 'NOT_SET' }, 'NOT_SET is not set'],
    [{ type: 'webhook', url: 'file:///etc/passwd' }, 'no http(s) URL'],
    [{ type: 'slack', url: 'gopher://h/' }, 'no http(s) URL'],
    [{ type: 'webhook', url: 'https://h/', secretEnv: 'NOT_SET' }, 'NOT_SET is not set'],
    [{ type: 'github', repository: '../../x', secretEnv: 'STATUS_TOKEN' }, 'which repository'],
    [{ type: 'github', repository: 'a/b' }, 'GITHUB_TOKEN is not set'],
  ] as [Notification, string][])('are left out and told of: %j', (notification, why) => {
    const { receivers, problems } = openReceivers([notification, webhook()], { env: ENV, clock });

    expect(receivers.map(({ name }) => name)).toEqual(['hook']);
    expect(problems.map(({ code, message }) => [code, message])).toEqual([
      ['invalid-input', expect.stringContaining(why)],
    ]);
  });
});
