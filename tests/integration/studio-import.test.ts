import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { runProgram } from '../../controller/cli/run.ts';
import { memoryTerminal } from '../support/memory-terminal.ts';
import { Studio } from '../support/studio.ts';
import { studioPicture } from '../support/studio-pictures.ts';

let studio: Studio;
afterEach(async () => {
  await studio[Symbol.asyncDispose]();
});

/** The folders that the scripts left behind: manifests on the disk, images in a bucket, every form of URL. */
async function legacyLibrary(): Promise<void> {
  const folder = join(studio.root, 'old');
  await mkdir(join(folder, 'data/actor_manifests'), { recursive: true });
  for (const [index, id] of ['0000', '0042'].entries()) {
    const keys = Array.from({ length: 14 + index }, (_, n) => `training/${id}/take ${n + 1}.png`);
    keys.forEach((key, n) => {
      studio.s3.buckets.put(
        'legacy',
        key,
        studioPicture('photorealistic', 5 + (n % 5), n + index * 50),
        'image/png',
        {},
      );
    });
    const host = new URL(studio.s3.url).host;
    const forms = [
      (key: string) => `https://legacy.s3.us-east-1.amazonaws.com/${encodeURI(key)}`,
      (key: string) => ({ s3_url: `s3://legacy/${key}`, prompt: 'a street at night' }),
      (key: string) => ({ url: `${studio.s3.url}/legacy/${encodeURI(key)}?X-Amz-Expires=60` }),
      (key: string) => `http://legacy.${host}/${encodeURI(key)}`,
    ];
    const images = keys.map((key, n) => forms[n % forms.length]!(key));
    await mkdir(join(folder, 'data/actors', id, 'training_data'), { recursive: true });
    await writeFile(
      join(folder, 'data/actors', id, 'training_data/manifest.json'),
      JSON.stringify({ actor_id: id, images }),
    );
    await writeFile(
      join(folder, 'data/actor_manifests', `${id}.json`),
      JSON.stringify({
        actor_id: id,
        name: 'Mara',
        type: 'lead',
        base_image: `${studio.s3.url}/legacy/${encodeURI(keys[0]!)}`,
      }),
    );
  }
}

it('describes the folders of the scripts, and plans them as they are', async () => {
  studio = await Studio.open();
  await legacyLibrary();
  const terminal = () => memoryTerminal({ cwd: studio.root, env: studio.env });
  const init = terminal();
  const plan = terminal();
  plan.nowMs = Date.now();

  const initialised = await runProgram(['init', '--from', 'old', '--json'], init);
  const validated = await runProgram(['validate', '--json'], terminal());
  const planned = await runProgram(['plan', '--json', '--detailed-exitcode'], plan);

  const survey = JSON.parse(init.written.out.trim().split('\n').at(-1)!) as { survey: { places: unknown[] } };
  const lines = plan.written.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const made = lines.find(({ type }) => type === 'plan') as {
    plan: { actors: { total: object; status: string; dangling?: number }[] };
  };
  expect([initialised, validated, planned]).toEqual([0, 0, 2]);
  expect(survey.survey).toMatchObject({
    actors: 2,
    images: 29,
    types: [{ type: 'lead', actors: 2 }],
    problems: [],
  });
  expect(survey.survey.places).toEqual([{ folder: 's3://legacy/training/{actor}/', images: 29 }]);
  expect(made.plan.actors.map(({ total }) => total)).toMatchObject([
    { before: 14, target: 20 },
    { before: 15, target: 20 },
  ]);
  const written = studio.s3.requests.filter(
    ({ method, key }) => method === 'PUT' && !key.includes('-probe-'),
  );
  expect(written).toEqual([]);
});
