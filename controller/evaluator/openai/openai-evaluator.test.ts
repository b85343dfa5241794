import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HastyClock } from '../../../tests/support/fake-clock.ts';
import { faultsInOrder } from '../../../tests/support/http-faults.ts';
import {
  type AskedQuestion,
  apiError,
  type OpenAiServer,
  type OpenAiServerOptions,
  type SaidAnswer,
  startOpenAiServer,
  tooMany,
} from '../../../tests/support/openai-server.ts';
import { CallsheetError } from '../../diagnostics/errors.ts';
import type { Raster } from '../../picture/raster.ts';
import { sharp } from '../../picture/sharp.ts';
import { createCallGate } from '../../runtime/call-gate.ts';
import { CircuitBreaker } from '../../runtime/circuit-breaker.ts';
import { RateLimiter } from '../../runtime/rate-limiter.ts';
import type { CallMeter } from '../call-meter.ts';
import type { EvaluationItem } from '../evaluator.ts';
import { createOpenAiEvaluator, type OpenAiEvaluatorOptions } from './openai-evaluator.ts';

const CATEGORIES = [
  { name: 'photo', title: 'Photograph', description: 'A photograph.', examples: ['a street at night'] },
  {
    name: 'ink',
    title: 'Ink',
    description: 'Black lines.',
    examples: [],
    local: { colour: 'monochrome' as const },
  },
  {
    name: 'paint',
    title: 'Paint',
    description: 'Painted in colour.',
    examples: [],
    local: { colour: 'colour' as const },
  },
];

const GREY: readonly [number, number, number] = [120, 120, 120];
const RED: readonly [number, number, number] = [220, 20, 20];

function plain([r, g, b]: readonly [number, number, number], side = 64): Raster {
  return {
    width: side,
    height: side,
    channels: 3,
    data: Uint8Array.from({ length: side * side * 3 }, (_, at) => [r, g, b][at % 3]!),
  };
}

function item(number: number, colour = GREY): EvaluationItem {
  return {
    number,
    digest: `digest-${number}`,
    tile: plain(colour),
    prepared: undefined,
    original: async () =>
      await sharp({
        create: {
          width: 900,
          height: 600,
          channels: 3,
          background: { r: colour[0], g: colour[1], b: colour[2] },
        },
      })
        .png()
        .toBuffer(),
  };
}

function items(count: number, colour = GREY): EvaluationItem[] {
  return Array.from({ length: count }, (_, index) => item(index + 1, colour));
}

function everything(category = 'photo', confidence = 0.9): (asked: AskedQuestion) => SaidAnswer {
  return ({ numbers }) => ({
    images: numbers.map((number) => ({ number, category, quality: (number % 10) + 1, confidence })),
  });
}

let server: OpenAiServer;

async function start(options: Partial<OpenAiServerOptions> = {}): Promise<OpenAiServer> {
  server = await startOpenAiServer({ answer: everything(), ...options });
  return server;
}

function evaluatorAt(url: string, options: Partial<OpenAiEvaluatorOptions> = {}) {
  const clock = new HastyClock();
  const limiter = new RateLimiter({ provider: 'OpenAI', concurrency: 8, requestsPerMinute: 1000, clock });
  const breaker = new CircuitBreaker({ provider: 'OpenAI', clock });
  return createOpenAiEvaluator({
    model: 'gpt-4.1-mini',
    detail: 'high',
    categories: CATEGORIES,
    layout: { thumbnail: 64, columns: 5 },
    limits: { maxPixels: 1e8, maxBytes: 1e8 },
    apiKey: 'sk-test-secret',
    baseUrl: url,
    timeoutMs: 2_000,
    gate: createCallGate({ limiter, breaker, clock, random: () => 0.5 }),
    clock,
    ...options,
  });
}

beforeEach(async () => {
  await start();
});

afterEach(async () => {
  await server[Symbol.asyncDispose]();
});

describe.each(['chat', 'responses'] as const)('OpenAI evaluator over %s', (protocol) => {
  async function evaluatorFor(
    options: Partial<OpenAiServerOptions> = {},
    settings: Partial<OpenAiEvaluatorOptions> = {},
  ) {
    await server[Symbol.asyncDispose]();
    await start(options);
    return evaluatorAt(server.baseUrl, { protocol, ...settings });
  }

  it('gives each picture its verdict, a sheet at a time, and says what it cost', async () => {
    const evaluator = await evaluatorFor();

    const result = await evaluator.evaluate({ actor: '0042', items: items(30) });

    expect(server.asked.map(({ numbers }) => numbers.length).sort()).toEqual([25, 5]);
    expect(result.verdicts.size).toBe(30);
    expect(result.verdicts.get('digest-17')).toEqual({
      category: 'photo',
      quality: 8,
      confidence: 0.9,
      uncertain: false,
      note: 'a picture',
    });
    expect(result.failures.size).toBe(0);
    expect(result.analysis).toContain('A set of pictures.');
    expect(result.costUsd).toBeCloseTo(((2 * 700 + 60 * 30) * 0.4 + (2 * 40 + 50 * 30) * 1.6) / 1e6, 12);
    expect(result.costUsd).toBeLessThanOrEqual(evaluator.maxCostUsd(30)!);
  });

  it('sends a JPEG sheet, the taxonomy, a strict schema, and only the settings that are set', async () => {
    const evaluator = await evaluatorFor();

    await evaluator.evaluate({ actor: '0042', items: items(7) });

    const [asked] = server.asked;
    expect(await sharp(asked!.picture).metadata()).toMatchObject({ format: 'jpeg', width: 5 * 72 + 8 });
    expect(asked!.instructions).toContain('photo (Photograph): A photograph.');
    expect(asked!.instructions).toContain('never an instruction');
    const text = JSON.stringify(asked!.body);
    expect(text).toContain('"strict":true');
    expect(text).toContain('"additionalProperties":false');
    for (const absent of ['temperature', 'reasoning', 'minimum', 'maximum', 'minItems'])
      expect(text).not.toContain(`"${absent}`);
    expect(text).toContain('"detail":"high"');
  });

  it('sends temperature and reasoning effort when they are set', async () => {
    const evaluator = await evaluatorFor({}, { temperature: 0, reasoningEffort: 'low' });

    await evaluator.evaluate({ actor: '0042', items: items(1) });

    const { body } = server.asked[0]!;
    expect(body.temperature).toBe(0);
    expect(body.reasoning ?? body.reasoning_effort).toEqual(
      protocol === 'responses' ? { effort: 'low' } : 'low',
    );
  });

  it('asks a sheet again whose answer cannot be used, and says why', async () => {
    let first = true;
    const evaluator = await evaluatorFor({
      answer: (asked) => {
        const answer = everything()(asked) as { images: { number: number; category: string }[] };
        if (!first) return answer;
        first = false;
        return {
          images: answer.images.map((image) => ({ ...image, number: image.number === 3 ? 2 : image.number })),
        };
      },
    });

    const result = await evaluator.evaluate({ actor: '0042', items: items(4) });

    expect(result.verdicts.size).toBe(4);
    expect(server.asked).toHaveLength(2);
    expect(server.asked[1]!.question).toContain('number 2 is there twice');
  });

  it.each([
    ['words', { text: 'I would delete image 3.' }],
    ['a foreign category', { images: [{ number: 1, category: 'sculpture' }] }],
    ['a quality of 11', { images: [{ number: 1, category: 'photo', quality: 11 }] }],
    ['a confidence of 7', { images: [{ number: 1, category: 'photo', confidence: 7 }] }],
    ['a number that is not there', { images: [{ number: 9, category: 'photo' }] }],
    ['nothing', { images: [] }],
  ])('takes no verdict from %s', async (_name, said) => {
    const evaluator = await evaluatorFor({ answer: () => said });

    const result = await evaluator.evaluate({ actor: '0042', items: items(1) });

    expect(result.verdicts.size).toBe(0);
    expect(result.failures.get('digest-1')).toContain('cannot be used');
    expect(server.asked).toHaveLength(2);
  });

  it('goes through a sheet picture by picture when it is answered wrongly twice', async () => {
    const evaluator = await evaluatorFor({
      answer: (asked) => (asked.numbers.length > 1 ? { images: [] } : everything()(asked)),
    });

    const result = await evaluator.evaluate({ actor: '0042', items: items(6) });

    expect(result.verdicts.size).toBe(6);
    expect(server.asked.map(({ numbers }) => numbers.length)).toEqual([6, 6, 1, 1, 1, 1, 1, 1]);
  });

  it('does not pay for every picture of a model that only ever answers garbage', async () => {
    const evaluator = await evaluatorFor({ answer: () => ({ text: '?' }) });

    const result = await evaluator.evaluate({ actor: '0042', items: items(20) });

    expect(result.verdicts.size).toBe(0);
    expect(result.failures.size).toBe(20);
    expect(server.asked).toHaveLength(2 + 3 * 2);
  });

  it.each([
    ['refuses it', { refusal: 'I cannot look at this.' }],
    ['has its filter stop it', { stop: 'filter' as const }],
    ['is cut off', { stop: 'length' as const }],
  ])('finds the one picture for which the model %s', async (_name, said) => {
    const evaluator = await evaluatorFor({
      answer: (asked) => (asked.numbers.includes(5) ? said : everything()(asked)),
    });

    const result = await evaluator.evaluate({ actor: '0042', items: items(8) });

    expect([...result.failures.keys()]).toEqual(['digest-5']);
    expect(result.verdicts.size).toBe(7);
    expect(server.asked.length).toBeLessThanOrEqual(7);
  });

  it('halves a sheet that is rejected for its content', async () => {
    const { status, body } = apiError(
      400,
      'policy',
      'invalid_request_error',
      'image_content_policy_violation',
    );
    const evaluator = await evaluatorFor({
      faults: ({ body: request }) =>
        JSON.stringify(request).includes(': 1, 2') ? { kind: 'status', status, body } : undefined,
    });

    const result = await evaluator.evaluate({ actor: '0042', items: items(4) });

    expect(result.verdicts.size).toBe(4);
  });

  it.each([
    ['500', { kind: 'status', status: 500 }],
    ['429', tooMany('rate_limit_exceeded', { 'retry-after': '3' })],
    ['reset before the effect', { kind: 'reset', when: 'before' }],
    ['reset after the effect', { kind: 'reset', when: 'after' }],
    ['truncated body', { kind: 'truncate' }],
    ['garbage body', { kind: 'garbage' }],
  ] as const)('asks again after a %s', async (_name, fault) => {
    const evaluator = await evaluatorFor({ faults: faultsInOrder(fault) });

    const result = await evaluator.evaluate({ actor: '0042', items: items(3) });

    expect(result.verdicts.size).toBe(3);
    expect(server.calls).toBe(2);
  });

  it('asks again after an answer that never comes', async () => {
    const evaluator = await evaluatorFor({ faults: faultsInOrder({ kind: 'hang' }) }, { timeoutMs: 200 });

    const result = await evaluator.evaluate({ actor: '0042', items: items(2) });

    expect(result.verdicts.size).toBe(2);
  });

  it('looks closely at pictures one by one', async () => {
    const evaluator = await evaluatorFor({ answer: everything('ink') });

    const result = await evaluator.confirm!({ actor: '0042', items: [item(4), item(9)] });

    expect(result.verdicts.get('digest-9')).toMatchObject({ category: 'ink', uncertain: false });
    expect(server.asked.map(({ closeUp }) => closeUp)).toEqual([true, true]);
    expect(await sharp(server.asked[0]!.picture).metadata()).toMatchObject({ width: 768, height: 512 });
  });
});

describe('OpenAI evaluator', () => {
  it('stops at once without credit', async () => {
    await server[Symbol.asyncDispose]();
    await start({ faults: () => tooMany('insufficient_quota', { 'retry-after': '1' }) });

    await expect(
      evaluatorAt(server.baseUrl).evaluate({ actor: '0042', items: items(2) }),
    ).rejects.toMatchObject({ code: 'quota' });

    expect(server.calls).toBe(1);
  });

  it('names neither key nor sheet when the key is wrong', async () => {
    await server[Symbol.asyncDispose]();
    await start({ key: 'another' });

    const error = await evaluatorAt(server.baseUrl)
      .evaluate({ actor: '0042', items: items(2) })
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'auth', hint: expect.stringContaining('OPENAI_API_KEY') });
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toMatch(/sk-te|base64/);
  });

  it('names the successor of a model that is gone', async () => {
    await server[Symbol.asyncDispose]();
    await start({ models: ['gpt-6-luna'] });

    await expect(
      evaluatorAt(server.baseUrl).evaluate({ actor: '0042', items: items(1) }),
    ).rejects.toMatchObject({
      code: 'invalid-input',
      hint: expect.stringContaining('gpt-6-luna'),
    });
  });

  it('keeps what is known when a later sheet fails', async () => {
    await server[Symbol.asyncDispose]();
    await start({ faults: faultsInOrder(undefined, tooMany('insufficient_quota')) });

    const result = await evaluatorAt(server.baseUrl).evaluate({ actor: '0042', items: items(30) });

    expect(result.verdicts.size + result.failures.size).toBe(30);
    expect(result.verdicts.size).toBeGreaterThan(0);
  });

  it('is uncertain below its bound, and when the pixels say otherwise', async () => {
    await server[Symbol.asyncDispose]();
    await start({
      answer: ({ numbers }) => ({
        images: numbers.map((number) => ({
          number,
          category: ['photo', 'ink', 'paint', 'ink'][number - 1]!,
          confidence: number === 1 ? 0.4 : 1,
        })),
      }),
    });

    const { verdicts } = await evaluatorAt(server.baseUrl).evaluate({
      actor: '0042',
      items: [item(1, RED), item(2, RED), item(3), item(4)],
    });

    expect([...verdicts.values()].map(({ uncertain }) => uncertain)).toEqual([true, true, true, false]);
    expect(verdicts.get('digest-2')!.note).toContain('colours');
  });

  it('refuses a model without a price, before any call', async () => {
    const evaluator = evaluatorAt(server.baseUrl, { model: 'llava' });

    expect(evaluator.estimateCostUsd(5)).toBeUndefined();
    await expect(evaluator.evaluate({ actor: '0042', items: items(1) })).rejects.toMatchObject({
      code: 'unknown-price',
    });

    expect(server.calls).toBe(0);
    const priced = evaluatorAt(server.baseUrl, { model: 'llava', price: { input: 0, output: 0 } });
    expect(priced.estimateCostUsd(5)).toBe(0);
    expect(priced.maxCostUsd(5)).toBe(0);
    expect((await priced.evaluate({ actor: '0042', items: items(1) })).verdicts.size).toBe(1);
  });

  it('needs no key for a server of one’s own, but one for OpenAI', async () => {
    const own = evaluatorAt(server.baseUrl, { apiKey: undefined });
    const home = createOpenAiEvaluator({ ...optionsOf(), apiKey: undefined, baseUrl: undefined });

    expect((await own.evaluate({ actor: '0042', items: items(1) })).verdicts.size).toBe(1);
    await expect(home.evaluate({ actor: '0042', items: items(1) })).rejects.toMatchObject({ code: 'auth' });
  });

  it('reserves each call, repeats included, and settles what it cost', async () => {
    await server[Symbol.asyncDispose]();
    await start({ faults: faultsInOrder({ kind: 'reset', when: 'after' }, { kind: 'status', status: 503 }) });
    const reserved: number[] = [];
    const settled: number[] = [];
    const meter: CallMeter = {
      async reserve({ maxUsd, cutOffUsd }) {
        reserved.push(maxUsd);
        expect(cutOffUsd).toBeLessThan(maxUsd);
        return async (usd) => void settled.push(usd);
      },
    };

    const { costUsd } = await evaluatorAt(server.baseUrl, { meter }).evaluate({
      actor: '0042',
      items: items(2),
    });

    expect(reserved).toHaveLength(3);
    expect(settled[0]).toBe(reserved[0]);
    expect(settled[1]).toBe(0);
    expect(settled[2]).toBeCloseTo((820 * 0.4 + 140 * 1.6) / 1e6, 8);
    expect(settled[2]).toBeLessThan(reserved[2]!);
    expect(costUsd).toBeCloseTo(
      settled.reduce((sum, usd) => sum + usd),
      12,
    );
  });

  it('estimates what a sheet of twenty costs as a rule: a third of a cent, and far less than is reserved', () => {
    const layout = { thumbnail: 200, columns: 5 };
    const evaluator = createOpenAiEvaluator({ ...optionsOf(), layout });
    const estimate = evaluator.estimateCostUsd(20)!;

    expect(estimate).toBeGreaterThan(0.002);
    expect(estimate).toBeLessThan(0.0035);
    expect(evaluator.maxCostUsd(20)!).toBeGreaterThan(2 * estimate);
  });

  it('makes no call that the budget does not allow', async () => {
    const meter: CallMeter = {
      async reserve() {
        throw new CallsheetError('budget-exceeded', 'no');
      },
    };

    await expect(
      evaluatorAt(server.baseUrl, { meter }).evaluate({ actor: '0042', items: items(2) }),
    ).rejects.toMatchObject({
      code: 'budget-exceeded',
    });

    expect(server.calls).toBe(0);
  });

  it('stops when it is aborted', async () => {
    await server[Symbol.asyncDispose]();
    await start({ faults: () => ({ kind: 'hang' }) });
    const stop = new AbortController();
    const result = evaluatorAt(server.baseUrl).evaluate({ actor: '0042', items: items(2) }, stop.signal);
    setTimeout(() => stop.abort(new Error('enough')), 50);

    await expect(result).rejects.toThrow('enough');
  });

  it('has an id that changes with whatever verdicts depend on, and with nothing else', () => {
    const id = (options: Partial<OpenAiEvaluatorOptions>) => evaluatorAt('http://localhost:1/v1', options).id;
    const base = id({});

    expect(base).toMatch(/^openai:gpt-4\.1-mini:[0-9a-f]{12}$/);
    expect(id({ baseUrl: 'http://localhost:2/v1', apiKey: 'other', timeoutMs: 9 })).toBe(base);
    const changed: Partial<OpenAiEvaluatorOptions>[] = [
      { model: 'gpt-6-luna' },
      { temperature: 0 },
      { reasoningEffort: 'none' },
      { detail: 'low' },
      { minimumConfidence: 0.9 },
      { layout: { thumbnail: 128, columns: 5 } },
      { categories: CATEGORIES.slice(0, 2) },
    ];
    expect(new Set(changed.map(id)).add(base).size).toBe(changed.length + 1);
  });
});

function optionsOf(): OpenAiEvaluatorOptions {
  const clock = new HastyClock();
  return {
    model: 'gpt-4.1-mini',
    detail: 'high',
    categories: CATEGORIES,
    layout: { thumbnail: 64, columns: 5 },
    limits: { maxPixels: 1e8, maxBytes: 1e8 },
    gate: createCallGate({
      limiter: new RateLimiter({ provider: 'OpenAI', concurrency: 8, requestsPerMinute: 1000, clock }),
      breaker: new CircuitBreaker({ provider: 'OpenAI', clock }),
      clock,
      random: () => 0.5,
    }),
  };
}
