import { afterEach, expect, it } from 'vitest';
import { hasChanges } from '../../controller/plan/plan.ts';
import { collectStats } from '../../controller/usecases/collect-stats.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { readStatus } from '../../controller/usecases/read-status.ts';
import { some } from '../support/build-library.ts';
import { Studio } from '../support/studio.ts';
import { fillStudio } from '../support/studio-library.ts';

const BALANCED = [...some('photorealistic', 13), ...some('bw_stylized', 4), ...some('color_stylized', 3)];

let studio: Studio;
afterEach(async () => {
  await studio[Symbol.asyncDispose]();
});

/** What was read of the manifests and of state since the last call. */
function documentsRead(): string[] {
  return studio.s3.requests
    .filter(({ method, bucket, key }) => method === 'GET' && bucket === 'studio' && key !== '')
    .map(({ key }) => key);
}

/** Requests for images since the last call, by method; listings of a bucket by its name. */
function requestsForImages(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, bucket, key } of studio.s3.requests) {
    const isListing = method === 'GET' && key === '';
    if (bucket !== 'images' && bucket !== 'legacy') continue;
    const name = isListing ? `list ${bucket}` : key.includes('.callsheet-probe') ? 'probe' : method;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  studio.s3.forget();
  return counts;
}

it('lists each bucket once for a pass over the library, and asks for no image that has not changed', async () => {
  studio = await Studio.open();
  await studio.writeSpecs('  limits: { concurrency: 8 }');
  const ids = Array.from({ length: 12 }, (_, index) => String(index).padStart(4, '0'));
  fillStudio(
    studio,
    ids.map((id, index) => ({ id, images: BALANCED, bucket: index % 2 === 0 ? 'images' : 'legacy' })),
  );
  await using workspace = await studio.workspace();
  await planLibrary(workspace, { refresh: true });
  const first = requestsForImages();

  const again = await planLibrary(workspace, { refresh: true });
  const documents = documentsRead();
  const second = requestsForImages();
  await collectStats(workspace, {});
  const stats = requestsForImages();
  await readStatus(workspace, {});
  const status = requestsForImages();

  expect(first.GET).toBe(12 * 20);
  expect(hasChanges(again)).toBe(false);
  expect(documents.filter((key) => !/^state\/(cache\/|suspensions|ledger)/.test(key))).toEqual([]);
  for (const pass of [second, stats, status]) expect(pass).toEqual({ 'list images': 1, 'list legacy': 1 });
});

it('reads every page of a listing', async () => {
  studio = await Studio.open();
  await studio.writeSpecs('  limits: { concurrency: 8 }');
  const captions = Array.from({ length: 1_100 }, (_, index) => index);
  fillStudio(studio, [
    { id: '0042', images: BALANCED, name: 'z' },
    { id: '0043', images: BALANCED },
  ]);
  for (const index of captions)
    studio.s3.buckets.put('images', `actors/0042/a${index}.txt`, Buffer.from('caption'), 'text/plain', {});
  await using workspace = await studio.workspace();

  const plan = await planLibrary(workspace, { refresh: true });

  expect(plan.actors.map(({ status, total }) => [status, total.before])).toEqual([
    ['balanced', 20],
    ['balanced', 20],
  ]);
  expect(requestsForImages()).toMatchObject({ 'list images': 2, GET: 40 });
});

it('asks about each image once in ten plans, and draws no conclusion from a listing that breaks off', async () => {
  studio = await Studio.open();
  await studio.writeSpecs();
  fillStudio(studio, [
    { id: '0042', images: BALANCED },
    { id: '0043', images: [...some('photorealistic', 10), ...some('bw_stylized', 2)] },
  ]);
  const digests = new Set<string>();
  for (let run = 0; run < 10; run += 1) {
    await using workspace = await studio.workspace();
    digests.add(JSON.stringify((await planLibrary(workspace, { refresh: true })).actors));
  }
  const looked = studio.openai.asked.reduce((sum, { numbers }) => sum + numbers.length, 0);
  studio.s3.fail({ kind: 'error', method: 'GET', key: '', status: 500, code: 'InternalError', times: 20 });
  await using workspace = await studio.workspace();

  expect(digests.size).toBe(1);
  expect(studio.openai.asked).toHaveLength(2);
  expect(looked).toBe(32);
  await expect(planLibrary(workspace, { refresh: true })).rejects.toMatchObject({ code: 'unavailable' });
}, 60_000);
