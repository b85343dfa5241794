import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../controller/runtime/clock.ts';
import { parsePostgresUrl } from '../../controller/state-backend/postgres/connection-url.ts';
import { Database } from '../../controller/state-backend/postgres/database.ts';
import {
  type Migration,
  migrateSchema,
  prepareSchema,
} from '../../controller/state-backend/postgres/migrations.ts';
import {
  migratePostgresState,
  openPostgresState,
} from '../../controller/state-backend/postgres/postgres-state.ts';
import { codeOf } from '../contract/object-store-contract.ts';
import { PostgresServer } from '../support/postgres-server.ts';

let server: PostgresServer;
let url: string;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

beforeEach(async () => {
  url = await server.createDatabase();
});

async function connect(): Promise<Database> {
  return await Database.open(parsePostgresUrl(url), { clock: systemClock, random: Math.random });
}

function step(version: number, needs: number, statement: string): Migration {
  return {
    version,
    name: `step-${version}`,
    needs,
    statements: (schema) => [statement.replaceAll('SCHEMA', schema)],
  };
}

const FIRST = step(1, 1, 'CREATE TABLE SCHEMA.things (a integer)');
const COMPATIBLE = step(2, 1, 'ALTER TABLE SCHEMA.things ADD COLUMN b integer');
const BREAKING = step(3, 3, 'ALTER TABLE SCHEMA.things DROP COLUMN a');

describe('migrations', () => {
  it('are made once, however many start at the same time on an empty database', async () => {
    const states = await Promise.all(Array.from({ length: 6 }, () => openPostgresState({ url })));

    await states[0]!.write('a.json', 1);
    expect(await states[5]!.read('a.json')).toMatchObject({ value: 1 });
    expect(await server.query('SELECT version, name FROM callsheet.migrations', url)).toEqual([
      { version: 1, name: 'documents' },
      { version: 2, name: 'work-failures' },
    ]);
    for (const state of states) await state[Symbol.asyncDispose]();
    expect(await migratePostgresState({ url })).toMatchObject({ from: 2, to: 2, applied: [] });
  });

  it('that older programs do not notice are made when a newer one starts; the older goes on', async () => {
    await using database = await connect();
    await prepareSchema(database, undefined, [FIRST]);

    await prepareSchema(database, undefined, [FIRST, COMPATIBLE]);

    expect(await server.query('SELECT a, b FROM callsheet.things', url)).toEqual([]);
    await prepareSchema(database, undefined, [FIRST]);
  });

  it('that older programs would notice wait for a person, and then keep them out', async () => {
    await using database = await connect();
    await prepareSchema(database, undefined, [FIRST]);
    const all = [FIRST, COMPATIBLE, BREAKING];

    await expect(prepareSchema(database, undefined, all)).rejects.toMatchObject({
      code: 'unsupported',
      hint: expect.stringContaining('state migrate'),
    });
    expect(await server.query('SELECT version FROM callsheet.migrations', url)).toEqual([{ version: 1 }]);
    expect(await migrateSchema(database, undefined, all)).toEqual({
      from: 1,
      to: 3,
      applied: ['step-2', 'step-3'],
    });

    await prepareSchema(database, undefined, all);
    expect(await codeOf(prepareSchema(database, undefined, [FIRST, COMPATIBLE]))).toBe('unsupported');
    expect(await codeOf(migrateSchema(database, undefined, [FIRST]))).toBe('unsupported');
  });

  it('are made whole or not at all', async () => {
    await using database = await connect();
    const wrong = step(2, 1, 'ALTER TABLE SCHEMA.nothing ADD COLUMN b integer');

    expect(await codeOf(prepareSchema(database, undefined, [FIRST, wrong]))).toBe('unsupported');

    expect(await server.query("SELECT to_regclass('callsheet.things') AS found", url)).toEqual([
      { found: null },
    ]);
  });

  it('leave other schemas of the same database alone', async () => {
    await using one = await openPostgresState({ url: `${url}?schema=one` });
    await using two = await openPostgresState({ url: `${url}?schema=user` });

    await one.write('a.json', 1);

    expect(await two.read('a.json')).toBeUndefined();
    expect(two.url).toMatch(/\/user\/$/);
  });
});
