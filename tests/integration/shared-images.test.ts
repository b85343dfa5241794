import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyPlan } from '../../controller/usecases/apply-plan.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { planRunRollback } from '../../controller/usecases/plan-rollback.ts';
import { type BuiltActor, buildLibrary, some } from '../support/build-library.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-shared-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

/** One photograph too many; the first is the worst. */
function surplus(id: string): BuiltActor {
  const photographs = some('photorealistic', 16, [4, 8]);
  return { id, images: [...photographs, ...some('bw_stylized', 3), ...some('color_stylized', 2)] };
}

function folderOf(actor: string): string {
  return `data/actors/${actor}/training_data/`;
}

async function imagesOf(actor: string): Promise<string[]> {
  const text = await readFile(join(root, folderOf(actor), 'manifest.json'), 'utf8');
  return (JSON.parse(text) as { images: { key: string }[] }).images.map(({ key }) => key);
}

/** Lets the first image of a set be another object. */
async function nameFirst(actor: string, image: string): Promise<void> {
  const path = join(root, folderOf(actor), 'manifest.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as { images: { key: string }[] };
  const [first, ...others] = manifest.images;
  await rm(join(root, first!.key));
  await writeFile(path, JSON.stringify({ ...manifest, images: [{ ...first, key: image }, ...others] }));
}

/** Moves an actor's first image to a place, where both actors then name it. */
async function share(image: string): Promise<void> {
  await mkdir(dirname(join(root, image)), { recursive: true });
  await copyFile(join(root, folderOf('0001'), 'images/01.png'), join(root, image));
  for (const actor of ['0001', '0002']) await nameFirst(actor, image);
}

async function planAndApply(only?: string) {
  const { workspace } = await openColourWorkspace(root);
  await using _ = workspace;
  const made = await planLibrary(workspace, {
    refresh: true,
    ...(only === undefined ? {} : { actors: [only] }),
  });
  return { plan: made, run: await applyPlan(workspace, made) };
}

async function rollback(run: string) {
  const { workspace } = await openColourWorkspace(root);
  await using _ = workspace;
  const made = await planRunRollback(workspace, run);
  return await applyPlan(workspace, made, { kind: 'rollback', undoes: run });
}

describe('an image that two training sets name', () => {
  const shared = 'data/shared/both.png';

  it('stays for the other when it lies in the folder of neither and one lets it go', async () => {
    await buildLibrary(root, [surplus('0001'), surplus('0002')]);
    await share(shared);

    const { plan, run } = await planAndApply('0001');

    expect(plan.actors[0]!.notes).toContainEqual(
      expect.objectContaining({ code: 'object-stays', image: shared }),
    );
    expect(run.status).toBe('succeeded');
    expect(run.actors[0]!.actions.find(({ image }) => image === shared)).toMatchObject({
      outcome: 'done',
      message: expect.stringContaining('its object stays'),
    });
    expect(await imagesOf('0001')).not.toContain(shared);
    expect(await imagesOf('0002')).toContain(shared);
    expect(existsSync(join(root, shared))).toBe(true);
  });

  it('stays when both let it go, and both have it back by a rollback', async () => {
    await buildLibrary(root, [surplus('0001'), surplus('0002')]);
    await share(shared);

    const { run } = await planAndApply();
    const without = [await imagesOf('0001'), await imagesOf('0002')];
    const undone = await rollback(run.id);

    expect(without.flat()).not.toContain(shared);
    expect([run.status, undone.status]).toEqual(['succeeded', 'succeeded']);
    expect(existsSync(join(root, shared))).toBe(true);
    expect([(await imagesOf('0001'))[0], (await imagesOf('0002'))[0]]).toEqual([shared, shared]);
  });

  it('stays in its own folder while another actor that was once looked at names it, and goes when none does', async () => {
    await buildLibrary(root, [surplus('0001'), surplus('0002'), surplus('0003')]);
    const [kept, gone] = [`${folderOf('0001')}images/01.png`, `${folderOf('0002')}images/01.png`];
    await nameFirst('0003', kept);
    {
      const { workspace } = await openColourWorkspace(root);
      await using _ = workspace;
      await planLibrary(workspace, { refresh: true, actors: ['0003'] });
    }

    const { run } = await planAndApply('0001');
    await planAndApply('0002');

    expect(run.actors[0]!.actions.find(({ image }) => image === kept)?.message).toContain(
      'actor "0003" uses it',
    );
    expect([await imagesOf('0001'), await imagesOf('0002')].flat()).not.toContain(kept);
    expect([existsSync(join(root, kept)), existsSync(join(root, gone))]).toEqual([true, false]);

    await writeFile(join(root, folderOf('0003'), 'manifest.json'), '{"actor_id": "0003", "images": []}');
    await rollback(run.id);
    await planAndApply('0001');

    expect(existsSync(join(root, kept))).toBe(false);
  });
});

describe('a base image', () => {
  it('that is not there is named by the plan, with what to do, and only where pictures are to be made', async () => {
    const short = { images: some('photorealistic', 13) };
    await buildLibrary(root, [
      { id: '0001', ...short },
      { id: '0002', images: [...short.images, ...some('bw_stylized', 4), ...some('color_stylized', 3)] },
      { id: '0003', ...short },
    ]);
    for (const actor of ['0001', '0002']) await rm(join(root, `data/actors/${actor}/base.png`));
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;

    const plan = await planLibrary(workspace, { refresh: true });

    const notes = plan.actors.map((actor) => actor.notes.map(({ code, message }) => ({ code, message })));
    expect(notes).toEqual([
      [
        {
          code: 'base-image-missing',
          message:
            'The base image data/actors/0001/base.png is not there: the 7 images that are planned cannot be generated. Put the picture there, or correct base_image in data/actor_manifests/0001.json.',
        },
      ],
      [],
      [],
    ]);
  });

  it('that is not there leaves no order open, so that the actor can be mended in any way', async () => {
    await buildLibrary(root, [{ id: '0001', images: some('photorealistic', 13) }]);
    await rm(join(root, 'data/actors/0001/base.png'));

    const { run } = await planAndApply();
    const path = join(root, 'data/actor_manifests/0001.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace(/,"base_image":"[^"]*"/, ''));
    const { plan } = await planAndApply();

    expect(run.actors[0]!.actions.map(({ outcome, message }) => ({ outcome, message }))).toEqual(
      Array.from({ length: 7 }, () => ({
        outcome: 'failed',
        message:
          'The base image data/actors/0001/base.png is not there. Put the picture there, or correct base_image in data/actor_manifests/0001.json.',
      })),
    );
    expect(plan.actors[0]!.notes.map(({ code }) => code)).not.toContain('run-open');
    expect(plan.actors[0]!.actions).toEqual([]);
  });
});
