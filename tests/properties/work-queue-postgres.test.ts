import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { CallsheetError } from '../../controller/diagnostics/errors.ts';
import { DEFAULT_BACKOFF } from '../../controller/runtime/backoff.ts';
import { systemClock } from '../../controller/runtime/clock.ts';
import { BossWorkQueue } from '../../controller/state-backend/postgres/work/boss-work-queue.ts';
import { Engine } from '../../controller/state-backend/postgres/work/engine.ts';
import { PostgresServer } from '../support/postgres-server.ts';
import { describeWorkQueue } from './work-queue-contract.ts';

/** A millisecond of the tests is a second here: what passes while they run does not count. */
const SCALE = 1_000;

let server: PostgresServer;
let url: string;
let engine: Engine;
const queues: BossWorkQueue[] = [];

beforeAll(async () => {
  server = await PostgresServer.start();
  url = await server.createDatabase();
  engine = await Engine.start({ url });
}, 60_000);

afterAll(async () => {
  for (const queue of queues) await queue[Symbol.asyncDispose]();
  await engine[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

async function open(random = () => 0) {
  const queue = await BossWorkQueue.open({
    engine,
    name: `contract-${queues.length}`,
    clock: systemClock,
    random,
    backoff: {
      ...DEFAULT_BACKOFF,
      baseMs: DEFAULT_BACKOFF.baseMs * SCALE,
      maxMs: DEFAULT_BACKOFF.maxMs * SCALE,
    },
  });
  queues.push(queue);
  return {
    queue,
    async advance(ms: number) {
      const past = `interval '${ms * SCALE} ms'`;
      await engine.database.execute(
        'shift',
        `UPDATE ${engine.schema}.job SET start_after = start_after - ${past}, created_on = created_on - ${past}
         WHERE state < 'active'`,
      );
    },
  };
}

/** `FC_RUNS=500` for a long search. */
const runs = Number(process.env.FC_RUNS ?? 20);

describeWorkQueue('the work queue of many processes, on Postgres', { open, scale: SCALE, runs });

it('gives back what it took when the database was away before it could be handed out', async () => {
  const { queue } = await open();
  await queue.add('a');
  const { database } = engine;
  const execute = database.execute.bind(database);
  const failing = vi.spyOn(database, 'execute').mockImplementation(async (doing, sql, values) => {
    if (sql.includes('WITH answered')) throw new CallsheetError('unavailable', 'the database is away');
    return await execute(doing, sql, values);
  });
  vi.spyOn(database, 'retry').mockImplementation((work) => work(1));
  const asked = queue.take();
  await vi.waitFor(async () => expect((await queue.measure()).delayed).toBe(1), { timeout: 5_000 });
  failing.mockRestore();
  vi.restoreAllMocks();

  expect((await asked)?.key).toBe('a');
  await queue.done('a');
});
