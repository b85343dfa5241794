import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runProgram } from '../../controller/cli/run.ts';
import { createFileObjectStore } from '../../controller/object-store/file-object-store.ts';
import { openS3ObjectStore } from '../../controller/object-store/s3-object-store.ts';
import { hasChanges } from '../../controller/plan/plan.ts';
import { systemClock } from '../../controller/runtime/clock.ts';
import { createLeases } from '../../controller/state-backend/leases.ts';
import { createObjectStoreState } from '../../controller/state-backend/object-store-state.ts';
import { openPostgresState } from '../../controller/state-backend/postgres/postgres-state.ts';
import type { StateBackend } from '../../controller/state-backend/state-backend.ts';
import { applyPlan } from '../../controller/usecases/apply-plan.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { copyState } from '../../controller/usecases/state-copy.ts';
import { codeOf } from '../contract/object-store-contract.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';
import { PostgresServer } from '../support/postgres-server.ts';
import { S3Server } from '../support/s3-server.ts';

let postgres: PostgresServer;
let s3: S3Server;
let folder: string;
const clock = systemClock;

beforeAll(async () => {
  [postgres, s3] = await Promise.all([PostgresServer.start(), S3Server.start()]);
});

afterAll(async () => {
  await postgres[Symbol.asyncDispose]();
  await s3[Symbol.asyncDispose]();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callsheet-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function fileState(name: string): StateBackend {
  return createObjectStoreState(createFileObjectStore({ root: join(folder, name), missingRoot: 'empty' }));
}

/** Every file below a folder with its content, leases apart: those are carried over free. */
async function contentsOf(name: string): Promise<Record<string, string>> {
  const entries = await readdir(join(folder, name), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents: Record<string, string> = {};
  for (const path of paths.sort()) {
    const key = path.slice(join(folder, name).length + 1);
    if (!key.startsWith('leases/')) contents[key] = (await readFile(path)).toString('base64');
  }
  return contents;
}

async function fill(state: StateBackend, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) await state.write(`actors/${i}.json`, { z: i, a: 'ü' });
  await state.writeBlob('evaluations/0_composite.jpg', Uint8Array.of(255, 216, 0), 'image/jpeg');
}

describe('a copy of state', () => {
  it('comes back equal through a database and a bucket, and is worked with there', async () => {
    await buildLibrary(folder, [
      { id: '0001', images: some('photorealistic', 22) },
      { id: '0002', images: [] },
    ]);
    {
      const { workspace } = await openColourWorkspace(folder, { wrong: 0.2 });
      await using _ = workspace;
      await applyPlan(workspace, await planLibrary(workspace, { refresh: true }));
    }
    const url = await postgres.createDatabase();
    await using database = await openPostgresState({ url, env: {} });
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const bucket = createObjectStoreState(
      await openS3ObjectStore({ bucket: 'bucket', prefix: 'state', endpoint: s3.url, credentials }),
    );

    const there = await copyState({ from: fileState('state'), to: database, clock });
    const onward = await copyState({ from: database, to: bucket, clock });
    const back = await copyState({ from: bucket, to: fileState('back'), clock });

    expect(await contentsOf('back')).toEqual(await contentsOf('state'));
    expect(there.total).toBeGreaterThan(25);
    expect([there.total, there.digest]).toEqual([onward.total, onward.digest]);
    expect([there.total, there.digest]).toEqual([back.total, back.digest]);
    expect(await createLeases({ state: database }).inspect('actor-0001')).toMatchObject({
      token: expect.any(Number),
    });

    const specs = await readFile(join(folder, 'specs/library.yaml'), 'utf8');
    const named = url.replace(/\/\/.*@/, '//');
    await writeFile(
      join(folder, 'specs/library.yaml'),
      specs.replace('state: file:state', `state: ${named}`),
    );
    process.env.DATABASE_URL = url;
    try {
      const { workspace, evaluator } = await openColourWorkspace(folder);
      await using _ = workspace;
      expect(workspace.state.url).toMatch(/^postgres:/);
      const plan = await planLibrary(workspace, { refresh: true });
      expect(hasChanges(plan)).toBe(false);
      expect(evaluator.asked).toBe(0);
    } finally {
      delete process.env.DATABASE_URL;
    }
  });

  it('that is cut off is taken up again, and follows what has changed since', async () => {
    const [from, to] = [fileState('from'), fileState('to')];
    await fill(from, 60);
    const stop = new AbortController();
    const onProgress = (_pass: string, done: number) => {
      if (done === 30) stop.abort(new Error('cut off'));
    };

    await expect(copyState({ from, to, clock, onProgress }, stop.signal)).rejects.toThrow('cut off');
    await from.remove('actors/0.json');
    await from.write('actors/1.json', { new: true });
    const report = await copyState({ from, to, clock });

    expect(report.already).toBeGreaterThan(10);
    expect(report.total).toBe(60);
    expect(await contentsOf('to')).toEqual(await contentsOf('from'));
  });

  it('is not said to be whole when the source changes meanwhile', async () => {
    const [from, to] = [fileState('from'), fileState('to')];
    await fill(from, 5);
    let looks = 0;
    const busy: StateBackend = Object.create(from, {
      url: { value: from.url },
      conditionalWrites: { value: true },
      list: { value: from.list.bind(from) },
      readBlob: { value: from.readBlob.bind(from) },
      read: {
        async value(path: string) {
          if (path === 'actors/3.json') looks += 1;
          if (looks === 2) await from.write('actors/3.json', 'late');
          return await from.read(path);
        },
      },
    });

    expect(await codeOf(copyState({ from: busy, to, clock }))).toBe('stale');
    await copyState({ from, to, clock });

    expect(await contentsOf('to')).toEqual(await contentsOf('from'));
  });

  it('is refused while somebody works in the source', async () => {
    const [from, to] = [fileState('from'), fileState('to')];
    await fill(from, 1);
    const lease = await createLeases({ state: from, command: 'apply' }).acquire('apply');

    await expect(copyState({ from, to, clock })).rejects.toMatchObject({
      code: 'lease-held',
      message: expect.stringContaining('"apply"'),
    });
    await copyState({ from, to, clock, force: true });
    await lease.release();

    await using next = await createLeases({ state: to }).acquire('apply');
    expect(next.token).toBe(2);
  });

  it('is refused where something else is', async () => {
    const [from, other, to] = [fileState('from'), fileState('other'), fileState('to')];
    await fill(from, 1);
    await fill(other, 2);
    await mkdir(join(folder, 'to'));
    await writeFile(join(folder, 'to/README.md'), 'the state of this library');

    expect(await codeOf(copyState({ from, to: other, clock }))).toBe('invalid-input');
    expect(await codeOf(copyState({ from, to: from, clock }))).toBe('invalid-input');
    await copyState({ from, to, clock });
    expect(await codeOf(copyState({ from, to, clock })), 'a finished copy is not taken up again').toBe(
      'invalid-input',
    );
  });

  it('carries what is broken as broken as it is', async () => {
    const [from, to] = [fileState('from'), fileState('to')];
    const half = new TextEncoder().encode('{"half": ');
    await from.writeBlob('actors/bad.json', half, 'application/json');

    await copyState({ from, to, clock });

    expect(await to.readBlob('actors/bad.json').then((bytes) => [...bytes!])).toEqual([...half]);
  });
});

describe('callsheet state', () => {
  it('copies and migrates from the command line, without a password on the screen', async () => {
    await fill(fileState('from'), 3);
    const terminal = memoryTerminal({ cwd: folder, env: { DATABASE_URL: await postgres.createDatabase() } });

    expect(await runProgram(['state', 'migrate', 'postgres://'], terminal)).toBe(0);
    expect(await runProgram(['state', 'copy', 'file:from', 'postgres://'], terminal)).toBe(0);
    expect(await runProgram(['state', 'migrate', 'postgres://'], terminal)).toBe(0);
    expect(await runProgram(['state', 'migrate', 'file:from'], terminal)).toBe(1);

    expect(terminal.written.out).toMatch(/now has schema version \d+: documents, /);
    expect(terminal.written.out).toContain('Copied 4 documents. Both sides are the same');
    expect(terminal.written.out).toMatch(/is up to date \(schema version \d+\)/);
    expect(terminal.written.out + terminal.written.err).not.toContain(postgres.password);
  });
});
