import { afterAll, beforeAll } from 'vitest';
import { openPostgresState } from '../../controller/state-backend/postgres/postgres-state.ts';
import type { StateBackend } from '../../controller/state-backend/state-backend.ts';
import { PostgresServer } from '../support/postgres-server.ts';
import { describeStateBackend } from './state-backend-contract.ts';

let server: PostgresServer;
const opened: StateBackend[] = [];

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(async () => {
  for (const state of opened) await state[Symbol.asyncDispose]?.();
  await server[Symbol.asyncDispose]();
});

let schemas = 0;

describeStateBackend('Postgres', async () => {
  schemas += 1;
  const url = `${server.url()}?schema=contract_${schemas}&connections=3`;
  const again = async () => {
    const state = await openPostgresState({ url });
    opened.push(state);
    return state;
  };
  return { state: await again(), again };
});
