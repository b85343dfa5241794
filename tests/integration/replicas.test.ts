import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { audit, held } from '../support/audit.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { chance } from '../support/chance.ts';
import { readBooks, SOLD_QUALITY } from '../support/colour-generator.ts';
import { colourPicture } from '../support/colour-pictures.ts';
import { PostgresServer } from '../support/postgres-server.ts';
import { Replicas } from '../support/replicas.ts';

const TOTAL = 5;
const SPECS = {
  'library.yaml': `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: many }
spec:
  state: postgres://
  apply: auto
  interval: 2s
  guards: { maxDeleteShare: 100 }
  rollout: { canary: 1, batch: 4 }
`,
  'film.yaml': `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: ${TOTAL}
  tolerance: { images: 0 }
  categories:
    photorealistic: { count: 3 }
    bw_stylized: { count: 1 }
    color_stylized: { count: 1 }
`,
};

let server: PostgresServer;
let root: string;
let replicas: Replicas;
/** Every picture that the library had at first. */
let before: ReadonlySet<string>;

beforeAll(async () => {
  server = await PostgresServer.start();
}, 60_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-many-'));
  const actors = Array.from({ length: 8 }, (_, index) => ({
    id: String(index).padStart(4, '0'),
    images: [
      ...some('photorealistic', 1 + 2 * (index % 3)),
      ...some('bw_stylized', index % 2),
      ...some('color_stylized', 2),
    ],
  }));
  await buildLibrary(root, actors, SPECS);
  before = held(audit(root, []));
  replicas = new Replicas({ root, url: await server.createDatabase(), server });
});
afterEach(async () => {
  await replicas[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const endMs = Date.now() + 120_000;
  while (Date.now() < endMs) {
    // The tables are not there before the first replica has made them, and the server may be away.
    if (await isTrue().catch(() => false)) return;
    await pause(50);
  }
  throw new Error(`${what}: not within two minutes`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Somebody drops an entry of every manifest; the pictures are still there. */
async function dropEntries(): Promise<void> {
  for (let index = 0; index < 8; index += 1) {
    const folder = join(root, 'data/actors', String(index).padStart(4, '0'), 'training_data');
    const manifest = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'));
    manifest.images.pop();
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  }
  await pause(3_000);
}

async function isDone(): Promise<boolean> {
  const { sets, dangling, open, orphans } = await replicas.audit();
  const isWhole = dangling.length + open.length + orphans.length === 0;
  return isWhole && [...sets.values()].every((set) => set.length === TOTAL);
}

function tickets(): string[] {
  return readBooks(join(root, 'provider-books.jsonl')).map(({ ticket }) => ticket);
}

/** What was there is there, in a set or in the trash; what was paid for is there, and was paid for once. */
async function expectAllKept(): Promise<void> {
  const after = await replicas.audit();
  const now = held(after);
  expect([...before].filter((digest) => !now.has(digest))).toEqual([]);
  expect(after).toMatchObject({ open: [], dangling: [], orphans: [] });
  const paid = tickets();
  expect(new Set(paid).size).toBe(paid.length);
  // The provider of these tests sells what was ordered, and nothing is rejected: so everything is kept.
  const sold = await Promise.all(
    readBooks(join(root, 'provider-books.jsonl')).map(async ({ ticket, category, seed }) => {
      const picture = await colourPicture(category, SOLD_QUALITY, seed);
      return { ticket, digest: createHash('sha256').update(picture).digest('hex') };
    }),
  );
  expect(sold.filter(({ digest }) => !now.has(digest))).toEqual([]);
}

describe('several replicas', () => {
  it('do the work together, and end in order when they are told to', async () => {
    const all = [replicas.launch(), replicas.launch()];
    const said = all.map(({ stdout }) => {
      const texts: string[] = [];
      stdout.on('data', (text: unknown) => texts.push(String(text)));
      return texts;
    });
    await until('the library is as it should be', isDone);
    // One that was slow to start has found everything done.
    await until('both have had something to do', async () => {
      if (said.every((texts) => texts.join('').includes('works'))) return true;
      await dropEntries();
      return false;
    });
    await until('the library is as it should be again', isDone);

    const ends = await replicas.stop(all);
    expect(ends.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(ends.map(({ stdout }) => stdout.includes('works'))).toEqual([true, true]);
    expect(ends.filter(({ stdout }) => stdout.includes('leads'))).toHaveLength(1);
    await expectAllKept();
  }, 180_000);

  it('killed, paused and cut off from the database at random, lose nothing, pay for nothing twice, and end where they should', async () => {
    const random = chance(7);
    let all = [replicas.launch(), replicas.launch(), replicas.launch()];
    for (let round = 0; round < 6; round += 1) {
      await pause(300 + 900 * random());
      const index = Math.floor(random() * all.length);
      if (round === 3) {
        await server.crash();
        await server.launch();
      } else if (round % 2 === 0) {
        all[index]!.kill('SIGKILL');
        await all[index];
        all = all.with(index, replicas.launch());
      } else {
        all[index]!.kill('SIGSTOP');
        await pause(1_500);
        all[index]!.kill('SIGCONT');
      }
    }
    // One that stands still for good is done without; in the middle of a write to a folder, once it is ended, as its victims say.
    const [still] = all;
    still!.kill('SIGSTOP');
    await until('the library is as it should be', async () => {
      if (await replicas.isWaitedFor(still!)) still!.kill('SIGKILL');
      return await isDone();
    });
    still!.kill('SIGCONT');
    await replicas.stop(all);

    await expectAllKept();
  }, 240_000);
});
