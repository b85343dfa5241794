import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execaNode } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFileObjectStore } from '../../controller/object-store/file-object-store.ts';
import { systemClock } from '../../controller/runtime/clock.ts';
import { createObjectStoreState } from '../../controller/state-backend/object-store-state.ts';
import { openPostgresState } from '../../controller/state-backend/postgres/postgres-state.ts';
import { createLedger } from '../../controller/state-backend/stored-ledger.ts';
import { copyState } from '../../controller/usecases/state-copy.ts';
import { type Audit, audit, held } from '../support/audit.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { readBooks } from '../support/colour-generator.ts';
import { PostgresServer } from '../support/postgres-server.ts';

const CHILD = join(import.meta.dirname, '../support/apply-child.ts');

let server: PostgresServer;
let root: string;
let url: string;

beforeAll(async () => {
  server = await PostgresServer.start();
  url = await server.createDatabase();
  root = await mkdtemp(join(tmpdir(), 'callsheet-killed-'));
  const images = [
    ...some('photorealistic', 16, [3, 8, 4]),
    ...some('bw_stylized', 3),
    ...some('color_stylized', 1),
  ];
  await buildLibrary(
    root,
    ['0001', '0002', '0003', '0004', '0005', '0006'].map((id) => ({ id, images })),
  );
  const library = join(root, 'specs/library.yaml');
  const text = await readFile(library, 'utf8');
  await writeFile(library, text.replace('state: file:state', `state: ${url.replace(/\/\/.*@/, '//')}`));
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

function startApply() {
  return execaNode(CHILD, [root, '0', 'before'], {
    reject: false,
    env: { DATABASE_URL: url },
    timeout: 120_000,
  });
}

function paid(): number {
  return readBooks(join(root, 'provider-books.jsonl')).length;
}

/** The library as it is, with the state fetched out of the database. */
async function auditWithState(): Promise<Audit> {
  const folder = join(root, 'state');
  await rm(folder, { recursive: true, force: true });
  await using from = await openPostgresState({ url, env: {} });
  const to = createObjectStoreState(createFileObjectStore({ root: folder, missingRoot: 'empty' }));
  await copyState({ from, to, clock: systemClock, force: true });
  return audit(root);
}

it('two at work, killed again and again while the database crashes, lose nothing and pay for nothing twice', async () => {
  const before = await auditWithState();
  let killed = 0;
  for (const round of [0, 1]) {
    const paidBefore = paid();
    const [one, other] = [startApply(), startApply()];
    let areOver = false;
    const ended = Promise.all([one, other]).finally(() => {
      areOver = true;
    });
    // Somewhere in the middle: a picture has just been ordered.
    while (paid() === paidBefore && !areOver) await delay(10);
    await delay(round * 60);
    one.kill('SIGKILL');
    await server.crash();
    await delay(round * 60);
    await server.launch();
    await delay(150);
    other.kill('SIGKILL');
    for (const { signal } of await ended) killed += signal === 'SIGKILL' ? 1 : 0;
  }
  const paidWhileKilled = paid();
  let last = { done: false, stderr: '' };
  for (let tries = 0; tries < 8 && !last.done; tries += 1) {
    const { exitCode, stderr } = await startApply();
    last = { done: exitCode === 0, stderr };
  }
  const after = await auditWithState();

  expect(last).toMatchObject({ done: true, stderr: '' });
  expect(killed, 'it was killed').toBeGreaterThan(1);
  expect(paidWhileKilled, 'in the middle of its work').toBeGreaterThan(0);
  const [original, safe] = [held(before), held(after)];
  expect([...original].filter((digest) => !safe.has(digest))).toEqual([]);
  expect(after).toMatchObject({ dangling: [], orphans: [], open: [] });
  expect([...after.sets.values()].map((set) => set.length)).toEqual([20, 20, 20, 20, 20, 20]);
  expect(after.paid).toBe([...safe].filter((digest) => !original.has(digest)).length);
  await using state = await openPostgresState({ url, env: {} });
  const lines = await createLedger({ state }).costs();
  expect(
    lines.reduce((sum, line) => sum + line.openCalls, 0),
    'every call is settled',
  ).toBe(0);
}, 240_000);
