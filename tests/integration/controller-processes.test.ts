import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaNode } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RunRecord } from '../../controller/records/run-record.ts';
import { audit, held } from '../support/audit.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { readBooks } from '../support/colour-generator.ts';

const CHILD = join(import.meta.dirname, '../support/controller-child.ts');

const SPECS = {
  'library.yaml': `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: two }
spec:
  apply: auto
  interval: 200ms
  guards: { maxDeleteShare: 100 }
  rollout: { canary: 1, batch: 2 }
`,
  'film.yaml': `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: 5
  tolerance: { images: 0 }
  categories:
    photorealistic: { count: 3 }
    bw_stylized: { count: 1 }
    color_stylized: { count: 1 }
`,
};

let root: string;
let children: ReturnType<typeof spawn>[];
/** Settled when the child says that it listens for signals. */
const ready = new WeakMap<ReturnType<typeof spawn>, Promise<unknown>>();
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-two-'));
  children = [];
  const actors = ['0001', '0002', '0003', '0004'].map((id, index) => ({
    id,
    images: [
      ...some('photorealistic', 1 + 2 * (index % 3)),
      ...some('bw_stylized', index % 2),
      ...some('color_stylized', 2),
    ],
  }));
  await buildLibrary(root, actors, SPECS);
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(children);
  await rm(root, { recursive: true, force: true });
});

function spawn() {
  return execaNode(CHILD, [root], { reject: false });
}

function launch(): ReturnType<typeof spawn> {
  const child = spawn();
  children.push(child);
  ready.set(child, once(child.stdout, 'data'));
  return child;
}

function isDone(): boolean {
  const now = audit(root);
  return (
    [...now.sets.values()].every((set) => set.length === 5) &&
    now.dangling.length + now.open.length + now.orphans.length === 0
  );
}

/** A lease whose holder cannot be shown to be dead is taken over when it ends, after a minute. */
async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 10_000; tries += 1) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it did not come true within a hundred seconds');
}

async function removeOne(actor: string): Promise<string> {
  const folder = join(root, `data/actors/${actor}/training_data/images`);
  const name = (await readdir(folder)).filter((file) => !file.startsWith('.')).sort()[0]!;
  const digests = held(audit(root));
  // A controller may be taking it away at this very moment.
  await rm(join(folder, name), { force: true });
  return [...digests].find((digest) => !held(audit(root)).has(digest)) ?? '';
}

describe('two controllers of one library', () => {
  it('killed and stopped at random, never act together, lose nothing, pay for nothing twice, and end where they should', async () => {
    const before = held(audit(root));
    const removed = new Set<string>();
    let pair = [launch(), launch()];
    for (let round = 0; round < 6; round += 1) {
      // Long enough to get going, at a different point of the work each time.
      await new Promise((resolve) => setTimeout(resolve, 900 + ((round * 377) % 700)));
      pair[round % 2]!.kill(round % 3 === 2 ? 'SIGTERM' : 'SIGKILL');
      await pair[round % 2];
      if (round === 3) removed.add(await removeOne('0003'));
      pair = pair.map((child, index) => (index === round % 2 ? launch() : child));
    }
    await until(isDone);
    // Before it listens for the signal, a process ends as any program does.
    await Promise.all(pair.map((child) => ready.get(child)));
    for (const child of pair) child.kill('SIGTERM');
    const ends = await Promise.all(pair);

    const after = audit(root);
    expect([...before].filter((digest) => !held(after).has(digest) && !removed.has(digest))).toEqual([]);
    expect(after).toMatchObject({ open: [], dangling: [], orphans: [] });
    const tickets = readBooks(join(root, 'provider-books.jsonl')).map(({ ticket }) => ticket);
    expect(new Set(tickets).size).toBe(tickets.length);
    // Stopped in order, they end by themselves and without a word.
    expect(ends.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(await overlapping()).toEqual([]);
  }, 180_000);
});

/** Runs that were going on at the same time; one that was killed has no end, and none may have begun before the next lease. */
async function overlapping(): Promise<string[]> {
  const folder = join(root, 'state/runs');
  const runs = await Promise.all(
    (await readdir(folder))
      .filter((name) => name.endsWith('.json'))
      .map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as RunRecord),
  );
  const ended = runs
    .filter(({ kind, finishedAt }) => kind === 'apply' && finishedAt !== undefined)
    .map(({ id, startedAt, finishedAt }) => ({
      id,
      from: Date.parse(startedAt),
      to: Date.parse(finishedAt!),
    }));
  return ended.flatMap((a) =>
    ended.filter((b) => a.id < b.id && a.from < b.to && b.from < a.to).map((b) => `${a.id} ${b.id}`),
  );
}
