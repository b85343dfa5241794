import { afterEach, describe, expect, it } from 'vitest';
import { HastyClock } from '../../../tests/support/fake-clock.ts';
import { faultsInOrder } from '../../../tests/support/http-faults.ts';
import {
  type Fate,
  NO_CREDIT,
  type ReplicateServer,
  type ReplicateServerOptions,
  startReplicateServer,
  throttled,
} from '../../../tests/support/replicate-server.ts';
import { sharp } from '../../picture/sharp.ts';
import { createCallGate } from '../../runtime/call-gate.ts';
import { CircuitBreaker } from '../../runtime/circuit-breaker.ts';
import { RateLimiter } from '../../runtime/rate-limiter.ts';
import type { GenerationOrder } from '../generator.ts';
import { createReplicateGenerator, type ReplicateGeneratorOptions } from './replicate-generator.ts';

const MODEL = 'black-forest-labs/flux-kontext-pro';
const TOKEN = 'r8_test_secret';

const picture = await noise(320, 240).jpeg().toBuffer();
const base = await sharp({ create: { width: 1600, height: 1200, channels: 3, background: '#406080' } })
  .jpeg()
  .toBuffer();

function noise(width: number, height: number) {
  const grain = { type: 'gaussian' as const, mean: 120, sigma: 30 };
  return sharp({ create: { width, height, channels: 3, background: '#808080', noise: grain } });
}

let server: ReplicateServer;
let clock: HastyClock;

async function start(
  fate: Fate = { status: 'succeeded', picture },
  options: Partial<ReplicateServerOptions> = {},
) {
  clock = new HastyClock();
  server = await startReplicateServer({ fate: () => fate, now: () => clock.now(), token: TOKEN, ...options });
}

afterEach(async () => {
  await server[Symbol.asyncDispose]();
});

function generator(options: Partial<ReplicateGeneratorOptions> = {}) {
  const limiter = new RateLimiter({ provider: 'Replicate', concurrency: 8, requestsPerMinute: 1000, clock });
  const breaker = new CircuitBreaker({ provider: 'Replicate', clock });
  return createReplicateGenerator({
    model: MODEL,
    mapping: { prompt: 'prompt', image: 'input_image', seed: 'seed' },
    input: {},
    outputFormat: 'jpg',
    limits: { maxPixels: 1e8, maxBytes: 1e8 },
    token: TOKEN,
    baseUrl: server.baseUrl,
    timeoutMs: 2_000,
    gate: createCallGate({ limiter, breaker, clock, random: () => 0.5 }),
    clock,
    ...options,
  });
}

function anOrder(changes: Partial<GenerationOrder> = {}): GenerationOrder {
  return {
    actor: '0042',
    category: 'photo',
    categoryDescription: 'A photograph.',
    promptNumber: 3,
    prompt: 'on a rain-slick street at night',
    seed: 123_456_789,
    assertHeld: () => {},
    baseImage: async () => base,
    ...changes,
  };
}

describe('submit', () => {
  it('places one order, with the base image inline, and no file of the client', async () => {
    await start();

    const ticket = await generator().submit(anOrder());

    const [order] = server.orders;
    expect(ticket).toBe(order!.id);
    expect(server.routes).toEqual([`POST /v1/models/${MODEL}/predictions`]);
    expect(order!.input).toMatchObject({
      prompt: 'on a rain-slick street at night',
      seed: 123_456_789,
      aspect_ratio: 'match_input_image',
      output_format: 'jpg',
      safety_tolerance: 2,
      prompt_upsampling: false,
    });
    expect(order!.headers).toMatchObject({ 'cancel-after': '5m' });
    expect(order!.headers).not.toHaveProperty('prefer');
    const inline = String(order!.input.input_image);
    expect(inline).toMatch(/^data:image\/jpeg;base64,/);
    const sent = await sharp(Buffer.from(inline.slice(inline.indexOf(',') + 1), 'base64')).metadata();
    expect(sent).toMatchObject({ width: 1024, height: 768 });
    expect(inline.length).toBeLessThan(1_000_000);
    expect(JSON.stringify(order!.input)).not.toContain(TOKEN);
  });

  it.each([
    ['https://bucket.s3.eu-central-1.amazonaws.com/base.jpg?X-Amz-Signature=0', true],
    ['http://bucket.example.org/base.jpg', false],
    ['https://127.0.0.1:9000/base.jpg', false],
    ['https://192.168.1.4/base.jpg', false],
    ['https://minio/base.jpg', false],
    ['https://minio.internal/base.jpg', false],
  ])('lets the provider fetch what it can reach: %s %s', async (url, reachable) => {
    await start();

    await generator().submit(anOrder({ baseImageUrl: async () => url }));

    const sent = server.orders[0]!.input.input_image;
    if (reachable) expect(sent).toBe(url);
    else expect(sent).toMatch(/^data:/);
  });

  it('speaks to any model by its own names for inputs', async () => {
    await start();
    const other = generator({
      model: 'some/model:abc123',
      mapping: { prompt: 'text', image: 'input_images[]', seed: 'random_seed' },
      input: { resolution: '1 MP' },
      priceUsd: 0.01,
    });

    await other.submit(anOrder());

    expect(server.routes).toEqual(['POST /v1/predictions']);
    const { model, input } = server.orders[0]!;
    expect(model).toBe('abc123');
    expect(input).toMatchObject({ text: anOrder().prompt, random_seed: 123_456_789, resolution: '1 MP' });
    expect(input.input_images).toEqual([expect.stringMatching(/^data:/)]);
    expect(input).not.toHaveProperty('aspect_ratio');
  });

  it.each([
    ['a reset before it is accepted', { kind: 'reset', when: 'before' }, 0],
    ['a reset after it is accepted', { kind: 'reset', when: 'after' }, 1],
    ['a 500', { kind: 'status', status: 500 }, 0],
    ['a truncated answer', { kind: 'truncate' }, 1],
    ['an answer that is no JSON', { kind: 'garbage' }, 1],
    ['no answer', { kind: 'hang' }, 0],
  ] as const)('never repeats an order after %s', async (_name, fault, paid) => {
    await start(undefined, { faults: faultsInOrder(fault) });

    await expect(generator({ timeoutMs: 300 }).submit(anOrder())).rejects.toMatchObject({
      code: 'unavailable',
    });

    expect(server.routes).toHaveLength(1);
    expect(server.orders).toHaveLength(paid);
  });

  it.each(['header', 'field', 'sentence'] as const)(
    'waits as long as a 429 says in its %s, then orders once',
    async (where) => {
      await start(undefined, { faults: faultsInOrder(throttled(7, where)) });
      const before = clock.now();

      await generator().submit(anOrder());

      expect(clock.now() - before).toBeGreaterThanOrEqual(7_000);
      expect(server.routes).toHaveLength(2);
      expect(server.orders).toHaveLength(1);
    },
  );

  it.each<[string, Partial<ReplicateServerOptions>, Partial<ReplicateGeneratorOptions>, string]>([
    ['no credit', { faults: () => NO_CREDIT }, {}, 'quota'],
    ['a wrong token', { token: 'another' }, {}, 'auth'],
    ['an unknown model', { models: ['a/b'] }, {}, 'invalid-input'],
    ['refused input', { faults: () => ({ kind: 'status', status: 422 }) }, {}, 'invalid-input'],
    ['an unknown price', {}, { model: 'some/model' }, 'unknown-price'],
  ])('says that an order was not placed: %s', async (_name, serverOptions, options, code) => {
    await start(undefined, serverOptions);

    const error = await generator(options)
      .submit(anOrder())
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code, hint: expect.any(String) });
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain(TOKEN);
    expect(server.orders).toHaveLength(0);
    expect(server.routes.length).toBeLessThanOrEqual(1);
  });

  it('refuses a base image that is none, before anything is ordered', async () => {
    await start();

    await expect(
      generator().submit(anOrder({ baseImage: async () => Buffer.from('<html>') })),
    ).rejects.toMatchObject({
      code: 'invalid-input',
    });

    expect(server.routes).toEqual([]);
  });
});

describe('collect', () => {
  it.each([false, true])('waits for the picture and brings it home (as a list: %s)', async (asList) => {
    await start({ status: 'succeeded', picture, asList }, { pollsUntilDone: 4 });
    const ticket = await generator().submit(anOrder());

    const state = await generator().collect(ticket, anOrder());

    expect(state).toMatchObject({
      status: 'succeeded',
      picture: { contentType: 'image/jpeg', costUsd: 0.04 },
    });
    if (state.status === 'succeeded') expect(Buffer.compare(state.picture.bytes, picture)).toBe(0);
  });

  it('takes metadata out, and leaves the picture upright', async () => {
    const tagged = await noise(60, 40)
      .withMetadata({ orientation: 6 })
      .withExifMerge({ IFD0: { Artist: 'somebody' } })
      .jpeg()
      .toBuffer();
    await start({ status: 'succeeded', picture: tagged });
    const ticket = await generator().submit(anOrder());

    const state = await generator().collect(ticket, anOrder());

    if (state.status !== 'succeeded') throw new Error(state.message);
    const metadata = await sharp(state.picture.bytes).metadata();
    expect(metadata).toMatchObject({ width: 40, height: 60 });
    expect(metadata.exif).toBeUndefined();
  });

  it.each([
    [
      { status: 'failed', error: 'The input or output was flagged as sensitive. (E005)' },
      { status: 'failed', permanent: true, charged: true },
    ],
    [
      { status: 'failed', error: 'CUDA out of memory' },
      { status: 'failed', permanent: false, charged: true },
    ],
    [{ status: 'canceled' }, { status: 'failed', permanent: false, charged: true }],
    [{ status: 'aborted' }, { status: 'failed', permanent: false, charged: false }],
  ] as const)('tells how %o ended', async (fate, expected) => {
    await start(fate);
    const ticket = await generator().submit(anOrder());

    expect(await generator().collect(ticket, anOrder())).toMatchObject(expected);
  });

  it('does not take an account without credit for the end of an order that is paid for', async () => {
    await start(undefined, { faults: faultsInOrder(undefined, NO_CREDIT) });
    const replicate = generator();
    const ticket = await replicate.submit(anOrder());
    await expect(replicate.collect(ticket, anOrder())).rejects.toMatchObject({ code: 'unavailable' });
    expect(await replicate.collect(ticket, anOrder())).toMatchObject({ status: 'succeeded' });
  });

  it('stops the run when a prediction failed for want of credit', async () => {
    await start({ status: 'failed', error: 'Insufficient credit to run this model' });
    const ticket = await generator().submit(anOrder());

    await expect(generator().collect(ticket, anOrder())).rejects.toMatchObject({ code: 'quota' });
  });

  it('does not wait for ever', async () => {
    await start({ status: 'running' });
    const ticket = await generator().submit(anOrder());
    const before = clock.now();

    await expect(generator().collect(ticket, anOrder())).rejects.toMatchObject({ code: 'unavailable' });

    expect(clock.now() - before).toBeLessThan(7 * 60_000);
  });

  it.each([
    ['500', { kind: 'status', status: 500 }],
    ['429', throttled(2, 'field')],
    ['reset', { kind: 'reset', when: 'after' }],
    ['truncated answer', { kind: 'truncate' }],
    ['garbage', { kind: 'garbage' }],
  ] as const)('reads again after a %s, of the prediction and of its picture', async (_name, fault) => {
    await start(undefined, { faults: faultsInOrder(undefined, fault, undefined, fault) });
    const ticket = await generator().submit(anOrder());

    const state = await generator().collect(ticket, anOrder());

    expect(state.status).toBe('succeeded');
    expect(server.orders).toHaveLength(1);
  });

  it('fetches a picture again that arrives damaged', async () => {
    await start();
    server.damageOutputs(2);
    const ticket = await generator().submit(anOrder());

    expect((await generator().collect(ticket, anOrder())).status).toBe('succeeded');
  });

  it.each([
    ['damaged', picture.subarray(0, 5_000)],
    ['no picture', Buffer.from('<html>Sorry</html>')],
    ['a drawing that could run code', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ])('does not accept what is %s', async (_name, delivered) => {
    await start({ status: 'succeeded', picture: delivered });
    const ticket = await generator().submit(anOrder());

    expect(await generator().collect(ticket, anOrder())).toMatchObject({
      status: 'failed',
      permanent: false,
      charged: true,
    });
  });

  it('knows a picture that was removed for lost, and a prediction nobody knows', async () => {
    await start();
    const ticket = await generator().submit(anOrder());
    await generator().collect(ticket, anOrder());
    clock.pass(3_700_000);

    expect(await generator().collect(ticket, anOrder())).toMatchObject({ status: 'lost' });
    expect(await generator().collect('pred999999', anOrder())).toMatchObject({ status: 'lost' });
  });

  it('stops when it is aborted', async () => {
    await start({ status: 'running' });
    const ticket = await generator().submit(anOrder());
    const stop = new AbortController();
    stop.abort(new Error('enough'));

    await expect(generator().collect(ticket, anOrder(), stop.signal)).rejects.toThrow('enough');
  });
});

describe('find', () => {
  it('finds an order whose answer was lost, among many, over pages', async () => {
    await start(undefined, {
      pageSize: 3,
      faults: faultsInOrder(undefined, undefined, undefined, { kind: 'reset', when: 'after' }),
    });
    const orders = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) => anOrder({ seed, prompt: `prompt ${seed % 2}` }));
    const since = clock.now();
    for (const order of orders)
      await generator()
        .submit(order)
        .catch(() => {});

    expect(server.orders).toHaveLength(8);
    expect(await generator().find(orders[3]!, since)).toBe(server.orders[3]!.id);
  });

  it.each([{ seed: 5 }, { prompt: 'another' }])('does not take another order for it: %o', async (change) => {
    await start();
    const since = clock.now();
    await generator().submit(anOrder());

    expect(await generator().find(anOrder(change), since)).toBeUndefined();
  });

  it('waits for an order that is slow to appear', async () => {
    await start(undefined, { listLagMs: 6_000, faults: faultsInOrder({ kind: 'reset', when: 'after' }) });
    const since = clock.now();
    await generator()
      .submit(anOrder())
      .catch(() => {});

    expect(await generator().find(anOrder(), since)).toBe(server.orders[0]!.id);
  });

  it('cannot tell when the list cannot be read', async () => {
    await start(undefined, { faults: () => ({ kind: 'status', status: 503 }) });

    await expect(generator().find(anOrder(), clock.now())).rejects.toMatchObject({ code: 'unavailable' });
  });

  it.each([
    ['is ahead', 180, 180],
    ['is behind', -180, -180],
    ['was ahead and has been set right since', 180, 0],
    ['was right and has been set ahead since', 0, 180],
  ])('finds an order when our clock %s', async (_what, thenMinutes, nowMinutes) => {
    await start(undefined, { faults: faultsInOrder({ kind: 'reset', when: 'after' }) });
    const real = clock;
    let aheadMs = thenMinutes * 60_000;
    const ours = {
      now: () => real.now() + aheadMs,
      sleep: async (ms: number, signal?: AbortSignal) => await real.sleep(ms, signal),
    };
    const since = ours.now();
    const replicate = generator({ clock: ours });
    await expect(replicate.submit(anOrder())).rejects.toMatchObject({ code: 'unavailable' });
    clock.pass(20 * 60_000);
    aheadMs = nowMinutes * 60_000;
    expect(await replicate.find(anOrder(), since)).toBe(server.orders[0]!.id);
  });

  it('counts an order as lost that may have been accepted more than an hour ago', async () => {
    await start(undefined, { faults: faultsInOrder({ kind: 'reset', when: 'after' }) });
    const since = clock.now();
    await generator()
      .submit(anOrder())
      .catch(() => {});
    clock.pass(4_000_000);

    const ticket = await generator().find(anOrder(), since);

    expect(ticket).toBeDefined();
    expect(await generator().collect(ticket!, anOrder())).toMatchObject({ status: 'lost' });
  });

  it('is sure that nothing was ordered when nothing was ordered then', async () => {
    await start();
    const since = clock.now();
    clock.pass(4_000_000);

    expect(await generator().find(anOrder(), since)).toBeUndefined();
  });
});
