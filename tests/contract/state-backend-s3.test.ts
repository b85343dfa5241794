import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openS3ObjectStore } from '../../controller/object-store/s3-object-store.ts';
import { createLeases } from '../../controller/state-backend/leases.ts';
import { createObjectStoreState } from '../../controller/state-backend/object-store-state.ts';
import { createLedger } from '../../controller/state-backend/stored-ledger.ts';
import { S3Server } from '../support/s3-server.ts';
import { codeOf } from './object-store-contract.ts';
import { describeStateBackend } from './state-backend-contract.ts';

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
