import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openS3ObjectStore } from '../../controller/object-store/s3-object-store.ts';
import { createLeases } from '../../controller/state-backend/leases.ts';
import { createObjectStoreState } from '../../controller/state-backend/object-store-state.ts';
import { createLedger } from '../../controller/state-backend/stored-ledger.ts';
import { S3Server } from '../support/s3-server.ts';
import { codeOf } from './object-store-contract.ts';
import { describeStateBackend, TestClock } from './state-backend-contract.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
let server: S3Server;

beforeAll(async () => {
  server = await S3Server.start();
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

describeStateBackend('S3', async () => {
  const prefix = randomUUID();
  const again = async () =>
    createObjectStoreState(
      await openS3ObjectStore({ bucket: 'bucket', prefix, endpoint: server.url, credentials }),
    );
  return { state: await again(), again };
});

const endpoint = process.env.CALLSHEET_TEST_S3_ENDPOINT;

/** Any real store, as in the contract of object stores; what is written stays below one prefix. */
describe.skipIf(endpoint === undefined)('with the store at CALLSHEET_TEST_S3_ENDPOINT', () => {
  const bucket = process.env.CALLSHEET_TEST_S3_BUCKET ?? 'callsheet-test';

  describeStateBackend('the configured endpoint', async () => {
    const prefix = `contract-${randomUUID()}`;
    const again = async () =>
      createObjectStoreState(await openS3ObjectStore({ bucket, prefix, endpoint: endpoint ?? '' }));
    return { state: await again(), again };
  });
});

it('refuses leases and budgets where conditions are ignored, unless told that nobody else is there', async () => {
  await using careless = await S3Server.start({ ignoresConditionsOf: ['PUT', 'DELETE'] });
  const state = createObjectStoreState(
    await openS3ObjectStore({ bucket: 'bucket', endpoint: careless.url, credentials }),
  );
  const call = { id: 'r/a', run: 'r', runStartedMs: Date.now() };
  const purpose = { actor: '1', actorType: 'hero', action: 'a', model: 'flux' };
  const request = { call, purpose, amountUsd: 1, budget: { perRunUsd: 1 } };

  expect(await codeOf(createLeases({ state }).acquire('a'))).toBe('unsupported');
  expect(await codeOf(createLedger({ state }).reserve(request))).toBe('unsupported');

  await using lease = await createLeases({ state, allowUnsafe: true }).acquire('a');
  await createLedger({ state, allowUnsafe: true }).reserve(request);
  expect(lease.token).toBe(1);
  expect(await codeOf(createLeases({ state, allowUnsafe: true }).acquire('a'))).toBe('lease-held');
});

it('keeps a budget exactly while answers are lost before and after their effect', async () => {
  await using flaky = await S3Server.start();
  const open = async () =>
    createObjectStoreState(await openS3ObjectStore({ bucket: 'bucket', endpoint: flaky.url, credentials }));
  const ledgers = await Promise.all(
    Array.from({ length: 3 }, async () => createLedger({ state: await open() })),
  );
  const [first] = ledgers;
  flaky.fail({ kind: 'reset-after', method: 'PUT', times: 6 });
  flaky.fail({ kind: 'reset-before', method: 'PUT', times: 3 });
  flaky.fail({ kind: 'error', method: 'PUT', status: 409, code: 'ConditionalRequestConflict', times: 2 });

  const purpose = { actor: '1', actorType: 'hero', action: 'a', model: 'flux' };
  const codes = await Promise.all(
    Array.from({ length: 45 }, (_, i) => {
      const call = { id: `r/${i}`, run: 'r', runStartedMs: Date.now() };
      return codeOf(ledgers[i % 3]!.reserve({ call, purpose, amountUsd: 0.04, budget: { perRunUsd: 1 } }));
    }),
  );

  expect(codes.filter((code) => code === 'resolved')).toHaveLength(25);
  expect(codes.filter((code) => code === 'budget-exceeded')).toHaveLength(20);
  expect(await first?.costs()).toMatchObject([{ openCalls: 25, openUsd: 1 }]);
});

it('gives a lease that it could not give back to its own process, and to no other', async () => {
  await using away = await S3Server.start();
  const state = createObjectStoreState(
    await openS3ObjectStore({ bucket: 'bucket', endpoint: away.url, credentials }),
  );
  const lease = await createLeases({ state }).acquire('apply');
  const [stored] = [...away.buckets.objects('bucket').values()];
  away.fail({ kind: 'error', method: 'PUT', status: 503, times: 99 });
  await lease.release();
  away.forget();
  expect(JSON.parse(stored!.body.toString())).toHaveProperty('holder');

  await using again = await createLeases({ state }).acquire('apply');
  expect(again.token).toBe(2);
  expect(await codeOf(createLeases({ state }).acquire('apply'))).toBe('lease-held');
});

it('loses a lease in time though the renewal hangs', async () => {
  await using silent = await S3Server.start();
  const state = createObjectStoreState(
    await openS3ObjectStore({ bucket: 'bucket', endpoint: silent.url, credentials }),
  );
  const clock = new TestClock();
  const lease = await createLeases({ state, clock }).acquire('a', { ttlMs: 30_000 });
  silent.fail({ kind: 'hang', method: 'PUT', times: 99 });

  await expect.poll(() => clock.sleepers).toBe(2);
  clock.advance(10_000);
  await expect.poll(() => silent.count('PUT')).toBeGreaterThan(0);
  expect(lease.signal.aborted).toBe(false);
  clock.advance(20_000);

  await expect.poll(() => lease.signal.aborted).toBe(true);
  expect(lease.signal.reason).toMatchObject({ code: 'lease-lost' });
});

it('acquires a lease though the answer was lost', async () => {
  await using flaky = await S3Server.start();
  const state = createObjectStoreState(
    await openS3ObjectStore({ bucket: 'bucket', endpoint: flaky.url, credentials }),
  );
  flaky.fail({ kind: 'reset-after', method: 'PUT', times: 3 });

  await using lease = await createLeases({ state }).acquire('a');

  expect(lease.token).toBe(1);
  await lease.renew();
});
