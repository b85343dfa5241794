import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../controller/runtime/clock.ts';
import { BossWorkQueue } from '../../controller/state-backend/postgres/work/boss-work-queue.ts';
import { Engine } from '../../controller/state-backend/postgres/work/engine.ts';
import { PostgresServer } from '../support/postgres-server.ts';

let server: PostgresServer;
let url: string;
let replicas: { engine: Engine; queue: BossWorkQueue }[];

beforeAll(async () => {
  server = await PostgresServer.start();
}, 60_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  url = await server.createDatabase();
  replicas = [];
});
afterEach(async () => {
  for (const { engine, queue } of replicas) {
    await queue[Symbol.asyncDispose]();
    await engine[Symbol.asyncDispose]();
  }
});

async function join(): Promise<BossWorkQueue> {
  const engine = await Engine.start({ url });
  const queue = await BossWorkQueue.open({ engine, name: 'looks', clock: systemClock, random: Math.random });
  replicas.push({ engine, queue });
  return queue;
}

/** As if so many seconds had passed without a word from whoever holds anything. */
async function silence(seconds: number): Promise<void> {
  await server.query(
    `UPDATE callsheet_work.job SET heartbeat_on = heartbeat_on - interval '${seconds} s' WHERE state = 'active'`,
    url,
  );
}

describe('replicas that share a work queue', () => {
  it('start together on an empty database, and each key goes to one of them', async () => {
    const queues = await Promise.all([join(), join(), join()]);
    const keys = Array.from({ length: 30 }, (_, index) => `actor-${index}`);
    await Promise.all(keys.map((key) => queues[0]!.add(key)));

    const taken = await Promise.all(keys.map((_, index) => queues[index % 3]!.take()));

    expect(taken.map((item) => item!.key).sort()).toEqual([...keys].sort());
    expect(await queues[1]!.measure()).toEqual({ ready: 0, delayed: 0, processing: 30 });
  }, 60_000);

  it('take over what one held that is not heard of any more; its late word changes nothing', async () => {
    const [silent, other] = [await join(), await join()];
    await silent.add('0042');
    expect((await silent.take())?.key).toBe('0042');

    await silence(60);
    expect((await other.take())?.key).toBe('0042');

    await silent.done('0042');
    expect(await other.measure()).toMatchObject({ processing: 1 });
    await other.done('0042');
    expect(await other.measure()).toEqual({ ready: 0, delayed: 0, processing: 0 });
  }, 60_000);

  it('go on where they were after the server has crashed', async () => {
    const [first, second] = [await join(), await join()];
    await first.add('0001');
    await first.add('0002');
    const taken = (await first.take())!;

    await server.crash();
    const [done, next] = [first.done(taken.key), second.take()];
    await server.launch();

    await done;
    expect((await next)?.key).not.toBe(taken.key);
    expect(await second.measure()).toEqual({ ready: 0, delayed: 0, processing: 1 });
  }, 60_000);
});
