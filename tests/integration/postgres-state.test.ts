import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isCallsheetError } from '../../controller/diagnostics/errors.ts';
import { createLeases } from '../../controller/state-backend/leases.ts';
import { openPostgresState } from '../../controller/state-backend/postgres/postgres-state.ts';
import type { StateBackend } from '../../controller/state-backend/state-backend.ts';
import { createLedger } from '../../controller/state-backend/stored-ledger.ts';
import { codeOf } from '../contract/object-store-contract.ts';
import { PostgresServer } from '../support/postgres-server.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';

let server: PostgresServer;
let url: string;
const opened: AsyncDisposable[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

beforeEach(async () => {
  url = await server.createDatabase();
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const one of opened.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

/** Short ones, so that what is lost is noticed soon. */
const timeouts = { connectionMs: 2_000, statementMs: 2_000, answerMs: 400, pauseMs: 200 };

async function open(at = url) {
  const state = await openPostgresState({ url: at, env: {}, timeouts });
  opened.push(state);
  return state;
}

async function openThroughProxy(): Promise<{ proxy: TcpProxy; state: StateBackend }> {
  const proxy = await TcpProxy.start(server.port);
  opened.push(proxy);
  return { proxy, state: await open(server.url(new URL(url).pathname.slice(1), proxy.port)) };
}

async function pathsOf(listing: AsyncIterable<string>): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of listing) paths.push(path);
  return paths;
}

function startChild(...args: readonly string[]): ChildProcess {
  const script = join(import.meta.dirname, '../contract/state-backend-child.ts');
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

async function firstLine(child: ChildProcess): Promise<string> {
  const [data] = await once(child.stdout!, 'data');
  return String(data).trim();
}

describe('documents', () => {
  it('keep the order of keys and every string, as a manifest entry in the trash must', async () => {
    const state = await open();
    const value = {
      z: 1,
      a: [1.5e300, -0.1, null],
      text: 'nul \0, half \ud83d, ü 😀',
      2: 'first',
      __proto__x: {},
    };

    await state.write('a.json', value);

    const stored = await state.read<object>('a.json');
    expect(JSON.stringify(stored?.value)).toBe(JSON.stringify(value));
    expect(new TextDecoder().decode(await state.readBlob('a.json'))).toBe(JSON.stringify(value));
  });

  it('never get a version again, not even after they were removed', async () => {
    const state = await open();
    const first = await state.write('a.json', 1);
    await state.remove('a.json');
    await state.write('a.json', 2, 'absent');

    expect(await codeOf(state.write('a.json', 3, { version: first }))).toBe('precondition-failed');
  });

  it('are listed by prefix, in pages, whatever the prefix has in it', async () => {
    const state = await open();
    const sql = `INSERT INTO callsheet.documents (path, value, content_type, write_id)
      SELECT 'runs/' || lpad(i::text, 5, '0') || '.json', '{}', 'application/json', gen_random_uuid() FROM generate_series(1, 2500) i`;
    await server.query(sql, url);
    for (const path of ['run_/1.json', 'run%/1.json', 'rund.json']) await state.write(path, {});

    expect(await pathsOf(state.list('runs/'))).toHaveLength(2_500);
    expect(await pathsOf(state.list('run_'))).toEqual(['run_/1.json']);
    expect(await pathsOf(state.list('run%'))).toEqual(['run%/1.json']);
  });
});

describe('several processes', () => {
  it('take over the lease of one that was killed', async () => {
    const leases = createLeases({ state: await open() });
    const child = startChild('hold', url, 'actor-1');
    expect(await firstLine(child)).toBe('1');

    await expect(leases.acquire('actor-1')).rejects.toThrow(`process ${child.pid} on `);
    child.kill('SIGKILL');
    await once(child, 'exit');

    await using lease = await leases.acquire('actor-1');
    expect(lease.token).toBe(2);
  });

  it('share one budget to the cent, and end by themselves', async () => {
    const spenders = Array.from({ length: 3 }, (_, i) => startChild('spend', url, `run-${i}`, '12'));
    const ended = spenders.map((child) => once(child, 'exit'));

    const allowed = await Promise.all(spenders.map(firstLine));

    expect(allowed.map(Number).reduce((sum, count) => sum + count)).toBe(25);
    const lines = await createLedger({ state: await open() }).costs();
    const micros = lines.reduce((sum, line) => sum + Math.round((line.usd + line.openUsd) * 1e6), 0);
    expect(micros).toBe(2_500_000);
    expect((await Promise.all(ended)).map(([code]) => code)).toEqual([0, 0, 0]);
  });
});

describe('a connection that breaks', () => {
  it.each(['before', 'after', 'swallow'] as const)(
    '%s the server has done its work leaves no doubt about a write',
    async (moment) => {
      const { proxy, state } = await openThroughProxy();

      proxy.breakNext('INSERT', moment, 2);
      const first = await state.write('a.json', 1, 'absent');
      proxy.breakNext('UPDATE', moment, 2);
      const second = await state.write('a.json', 2, { version: first });
      proxy.breakNext('UPDATE', moment, 1);
      const third = await state.write('a.json', 3);
      proxy.breakNext('SELECT value', moment, 1);

      expect(proxy.broken).toBe(5);
      expect(await state.read('a.json')).toEqual({ value: 3, version: third });
      expect(await codeOf(state.write('a.json', 4, { version: second }))).toBe('precondition-failed');
      proxy.breakNext('DELETE', moment, 1);
      await state.remove('a.json', { version: third });
      proxy.breakNext('bytes, content_type', moment, 1);
      await state.writeBlob('b.jpg', Uint8Array.of(1, 2), 'image/jpeg');
      expect(await pathsOf(state.list(''))).toEqual(['b.jpg']);
      expect(proxy.broken).toBe(8);
    },
  );

  it('while idle is replaced', async () => {
    const { proxy, state } = await openThroughProxy();
    await state.write('a.json', 1);

    proxy.cut();

    expect(await state.read('a.json')).toMatchObject({ value: 1 });
  });

  it('does not let a write that got stuck on its way undo a later one', async () => {
    const { proxy, state } = await openThroughProxy();
    await state.write('a.json', 1);
    const blocker = await open();
    // Holds the row for a while, so that the write below waits on the server while its connection breaks.
    const holding = server.query(
      `BEGIN; SELECT * FROM callsheet.documents WHERE path = 'a.json' FOR UPDATE; SELECT pg_sleep(0.8); COMMIT`,
      url,
    );
    await delay(200);
    const stuck = state.write('a.json', 2);
    await delay(200);
    proxy.cut();
    await stuck;
    await state.write('a.json', 3);
    await holding;
    await delay(300);

    expect(await blocker.read('a.json')).toMatchObject({ value: 3 });
  });

  it('keeps a budget exact', async () => {
    const { proxy, state } = await openThroughProxy();
    const other = await open();
    const ledgers = [state, state, other].map((one) => createLedger({ state: one }));
    for (const moment of ['after', 'before', 'after'] as const) proxy.breakNext('ledger/', moment, 3);

    const purpose = { actor: '1', actorType: 'hero', action: 'a', model: 'flux' };
    const codes = await Promise.all(
      Array.from({ length: 45 }, (_, i) => {
        const call = { id: `r/${i}`, run: 'r', runStartedMs: Date.now() };
        return codeOf(ledgers[i % 3]!.reserve({ call, purpose, amountUsd: 0.04, budget: { perRunUsd: 1 } }));
      }),
    );

    expect(codes.filter((code) => code === 'resolved')).toHaveLength(25);
    expect(codes.filter((code) => code === 'budget-exceeded')).toHaveLength(20);
    expect(await createLedger({ state: other }).costs()).toMatchObject([{ openCalls: 25, openUsd: 1 }]);
    expect(proxy.broken).toBe(9);
  });

  it('ends with the signal, not with patience', async () => {
    const { proxy, state } = await openThroughProxy();
    proxy.breakNext('SELECT', 'swallow', 99);
    const started = performance.now();

    await expect(state.read('a.json', AbortSignal.timeout(50))).rejects.toMatchObject({
      name: 'TimeoutError',
    });

    expect(performance.now() - started).toBeLessThan(390);
  });
});

describe('a server that fails', () => {
  it('and comes back loses nothing that was said to be written', async () => {
    const state = await open();
    await state.write('counter.json', 0);
    let said = 0;
    let isOver = false;
    const increment = async (): Promise<void> => {
      while (!isOver) {
        const stored = await state.read<number>('counter.json');
        try {
          await state.write('counter.json', stored!.value + 1, { version: stored!.version });
          said += 1;
        } catch (error) {
          if (!isCallsheetError(error, 'precondition-failed')) throw error;
        }
      }
    };
    const workers = Promise.all(Array.from({ length: 4 }, increment));

    for (let i = 0; i < 2; i += 1) {
      await delay(150);
      await server.crash();
      await delay(200);
      await server.launch();
    }
    const before = said;
    await expect.poll(() => said).toBeGreaterThan(before + 20);
    isOver = true;
    await workers;

    expect(await state.read('counter.json')).toMatchObject({ value: said });
  });

  it('and has become a standby is left for the one that has taken over', async () => {
    const state = await open();
    const database = new URL(url).pathname.slice(1);
    const setReadOnly = async (value: 'on' | 'off') => {
      await server.query(`ALTER DATABASE ${database} SET default_transaction_read_only = ${value}`);
      await server.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${database}'`,
      );
    };
    await setReadOnly('on');

    const writing = state.write('a.json', 1, 'absent');
    await delay(300);
    expect(await state.read('a.json')).toBeUndefined();
    await server.query(`ALTER DATABASE ${database} SET default_transaction_read_only = off`);
    await writing;

    expect(await state.read('a.json')).toMatchObject({ value: 1 });
  });
});

describe('opening', () => {
  it('says what is wrong, with a hint and without the password', async () => {
    const { port, password } = server;
    const wrong = {
      auth: `postgres://postgres:hunter2@127.0.0.1:${port}/postgres`,
      'invalid-input': `postgres://postgres:${password}@127.0.0.1:${port}/nowhere`,
      unavailable: `postgres://postgres:hunter2@127.0.0.1:1/postgres`,
    };
    for (const [code, at] of Object.entries(wrong)) {
      const error = await open(at).catch((caught: unknown) => caught);
      expect(error).toMatchObject({ code, hint: expect.stringMatching(/\.$/) });
      expect(inspect(error, { depth: 9 })).not.toMatch(new RegExp(`hunter2|${password}`));
    }
  });

  it('refuses a database that is not in UTF-8', async () => {
    await server.query(`CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0`);

    expect(await codeOf(open(server.url('latin')))).toBe('unsupported');
  });

  it('works for a user who may use the tables but not make any', async () => {
    await (await open()).write('a.json', 1);
    const role = `clerk_${Date.now()}`;
    await server.query(
      `CREATE ROLE ${role} LOGIN PASSWORD 'x'; GRANT USAGE ON SCHEMA callsheet TO ${role};
       GRANT ALL ON ALL TABLES IN SCHEMA callsheet TO ${role}; GRANT USAGE ON ALL SEQUENCES IN SCHEMA callsheet TO ${role}`,
      url,
    );
    const at = new URL(url);
    at.username = role;
    at.password = 'x';

    const state = await open(at.href);
    await state.write('a.json', 2);

    expect(await codeOf(open(`${at.href}?schema=another`)), 'may not create').toBe('auth');
  });
});
