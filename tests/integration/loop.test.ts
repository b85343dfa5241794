import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasChanges, type Plan } from '../../controller/plan/plan.ts';
import { applyPlan, recoverActors } from '../../controller/usecases/apply-plan.ts';
import { judgeImage } from '../../controller/usecases/judge-image.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { planRunRollback } from '../../controller/usecases/plan-rollback.ts';
import { audit, held } from '../support/audit.ts';
import { type BuiltActor, buildLibrary, FILM, some } from '../support/build-library.ts';
import { chance } from '../support/chance.ts';
import { colourPicture } from '../support/colour-pictures.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';

const BALANCED = [...some('photorealistic', 13), ...some('bw_stylized', 4), ...some('color_stylized', 3)];

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-loop-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function plan(
  options: Parameters<typeof openColourWorkspace>[1] = {},
): Promise<{ plan: Plan; asked: number }> {
  const { workspace, evaluator } = await openColourWorkspace(root, options);
  await using _ = workspace;
  return { plan: await planLibrary(workspace, { refresh: true }), asked: evaluator.asked };
}

async function planAndApply(options: Parameters<typeof openColourWorkspace>[1] = {}) {
  const { workspace } = await openColourWorkspace(root, options);
  await using _ = workspace;
  const made = await planLibrary(workspace, { refresh: true });
  return { plan: made, run: await applyPlan(workspace, made) };
}

async function rollback(run: string) {
  const { workspace } = await openColourWorkspace(root);
  await using _ = workspace;
  const made = await planRunRollback(workspace, run);
  return { plan: made, run: await applyPlan(workspace, made, { kind: 'rollback', undoes: run }) };
}

function deletesOf(made: Plan, actor: string): string[] {
  const found = made.actors.find((candidate) => candidate.actor === actor)!;
  return found.actions.flatMap((action) => (action.kind === 'delete' ? [action.image.slice(-6)] : []));
}

async function manifestOf(actor: string): Promise<{ studio: string; images: Record<string, unknown>[] }> {
  return JSON.parse(await readFile(join(root, `data/actors/${actor}/training_data/manifest.json`), 'utf8'));
}

describe('the loop on a file library', () => {
  it('takes away neither the picture of another actor nor the one that new pictures are made from', async () => {
    await buildLibrary(root, [
      { id: '0001', images: some('photorealistic', 16) },
      { id: '0002', images: BALANCED },
    ]);
    const [base, borrowed] = ['data/actors/0001/base.png', 'data/actors/0002/training_data/images/01.png'];
    const path = join(root, 'data/actors/0001/training_data/manifest.json');
    const manifest = JSON.parse(await readFile(path, 'utf8'));
    await writeFile(path, JSON.stringify({ ...manifest, images: [base, borrowed, ...manifest.images] }));

    const { plan: made } = await planAndApply();

    const [actor] = made.actors;
    expect(actor!.actions.filter(({ kind }) => kind === 'delete')).toHaveLength(5);
    expect(actor!.notes).toContainEqual(expect.objectContaining({ code: 'borrowed-image', image: borrowed }));
    expect([base, borrowed].filter((image) => !existsSync(join(root, image)))).toEqual([]);
  });

  it('deletes the worst of what is too many, generates what is missing, and then has nothing left to do', async () => {
    const actors: BuiltActor[] = [
      {
        id: '0042',
        images: [
          ...some('photorealistic', 15, [9, 8, 6, 8, 9, 8, 5]),
          ...some('bw_stylized', 4),
          ...some('color_stylized', 3),
        ],
      },
      { id: '0043', images: [...some('photorealistic', 10), ...some('bw_stylized', 1)] },
      { id: '0044', images: BALANCED },
    ];
    await buildLibrary(root, actors);
    const before = audit(root);

    const { plan: made, run } = await planAndApply();
    const after = audit(root);
    const again = await plan();

    expect(deletesOf(made, '0042')).toEqual(['07.png', '03.png']);
    expect(made.summary).toMatchObject({ delete: 2, generate: 9, adopt: 0, forget: 0, restore: 0 });
    expect(made.summary.cost.estimateUsd).toBeCloseTo(0.36);
    expect(run.status).toBe('succeeded');
    expect(run.costUsd).toBeCloseTo(0.36);
    expect([...after.sets.values()].map((set) => set.length)).toEqual([20, 20, 20]);
    expect(after).toMatchObject({ dangling: [], orphans: [], open: [], paid: 9 });
    expect([...held(before)].filter((digest) => !held(after).has(digest))).toEqual([]);
    expect(hasChanges(again.plan)).toBe(false);
    expect(again.asked).toBe(0);
  });

  it('keeps unknown fields, adopts what fits, forgets what is gone and leaves the unreadable alone', async () => {
    await buildLibrary(root, [
      {
        id: '0001',
        images: [
          ...some('photorealistic', 12).map((image) => ({
            ...image,
            fields: { prompt: 'p', nested: { a: [1, 2] } },
          })),
          ...some('bw_stylized', 4).map((image) => ({ ...image, bare: true })),
          ...some('color_stylized', 3),
          { category: 'photorealistic', quality: 9, unlisted: true },
          { category: 'photorealistic', quality: 9, missing: true },
          { category: 'photorealistic', quality: 9, bytes: Buffer.from('not a picture at all') },
        ],
      },
    ]);

    const { plan: made, run } = await planAndApply();
    const manifest = await manifestOf('0001');

    expect(made.summary).toMatchObject({ adopt: 1, forget: 1, generate: 0, delete: 0 });
    expect(made.actors[0]!.unreadable).toBe(1);
    expect(run.status).toBe('succeeded');
    expect(manifest.studio).toBe('kept');
    expect(manifest.images.filter((entry) => typeof entry === 'string')).toHaveLength(4);
    expect(manifest.images[0]).toMatchObject({ prompt: 'p', nested: { a: [1, 2] }, shot: 0 });
    expect(audit(root)).toMatchObject({ orphans: [], dangling: [] });
    expect(hasChanges((await plan()).plan)).toBe(false);
  });

  it('never deletes a pinned image, however bad, and lets go of it when unpinned', async () => {
    const images = [
      ...some('photorealistic', 15, [1, 2]),
      ...some('bw_stylized', 4),
      ...some('color_stylized', 3),
    ];
    await buildLibrary(root, [{ id: '0001', images }]);
    const { workspace } = await openColourWorkspace(root);
    {
      await using _ = workspace;
      await planLibrary(workspace, { refresh: true });
      await judgeImage(workspace, '0001#1', { kind: 'pin' });
    }

    const pinned = await plan();

    expect((await manifestOf('0001')).images[0]).toMatchObject({ pinned: true, shot: 0 });
    expect(deletesOf(pinned.plan, '0001')).toEqual(['02.png', '03.png']);
  });

  it('rolls a run back to exactly the manifests and pictures that were there', async () => {
    await buildLibrary(root, [
      {
        id: '0001',
        images: [
          ...some('photorealistic', 18, [3, 9, 4]),
          ...some('bw_stylized', 1),
          { category: 'bw_stylized', quality: 5, missing: true },
        ],
      },
    ]);
    const textBefore = await readFile(join(root, 'data/actors/0001/training_data/manifest.json'), 'utf8');
    const before = audit(root);
    const { run } = await planAndApply();

    const undone = await rollback(run.id);

    expect(undone.run.status).toBe('succeeded');
    expect(
      JSON.parse(await readFile(join(root, 'data/actors/0001/training_data/manifest.json'), 'utf8')),
    ).toEqual(JSON.parse(textBefore));
    expect(audit(root).sets.get('0001')).toEqual(before.sets.get('0001'));
  });

  it('rolls a rollback back too, and restores from the trash before it pays for anything', async () => {
    await buildLibrary(root, [
      {
        id: '0001',
        images: [...some('photorealistic', 16), ...some('bw_stylized', 2), ...some('color_stylized', 2)],
      },
    ]);
    const first = await planAndApply();
    const undone = await rollback(first.run.id);

    const redone = await rollback(undone.run.id);

    expect(redone.run.status).toBe('succeeded');
    expect(audit(root).sets.get('0001')).toHaveLength(20);
    expect(audit(root).paid).toBe(3);
    expect(hasChanges((await plan()).plan)).toBe(false);
  });

  it('restores beside what has taken the place meanwhile, even when that leaves in the same plan', async () => {
    const images = [
      ...some('photorealistic', 14, [3]),
      ...some('bw_stylized', 3),
      ...some('color_stylized', 3),
    ];
    await buildLibrary(root, [{ id: '0001', images }]);
    await writeFile(
      join(root, 'specs/film.yaml'),
      FILM.replace('spec:', 'spec:\n  tolerance: { images: 0 }'),
    );
    await planAndApply();
    const folder = 'data/actors/0001/training_data';
    const manifest = await manifestOf('0001');
    const intruder = { key: `${folder}/images/01.png` };
    await writeFile(join(root, intruder.key), await colourPicture('bw_stylized', 2, 900));
    const shots = [...manifest.images, intruder];
    await writeFile(join(root, folder, 'manifest.json'), JSON.stringify({ ...manifest, images: shots }));
    await rm(join(root, folder, 'images/02.png'));
    const before = audit(root);

    const { plan: made, run } = await planAndApply();
    const after = audit(root);

    expect(made.summary).toMatchObject({ restore: 1, delete: 1, generate: 0 });
    expect(deletesOf(made, '0001')).toEqual(['01.png']);
    expect((await manifestOf('0001')).images).toContainEqual(
      expect.objectContaining({ shot: 0, key: expect.stringMatching(/images\/01-[0-9a-f]{8}\.png$/) }),
    );
    expect(after).toMatchObject({ dangling: [], orphans: [], open: [], paid: 1 });
    expect([...held(before)].filter((digest) => !held(after).has(digest))).toEqual([]);
    expect(hasChanges((await plan()).plan)).toBe(false);

    await rollback(run.id);
    expect(audit(root).sets).toEqual(before.sets);
  });

  it('refuses a plan that has been used up, and skips an actor that has changed since', async () => {
    await buildLibrary(root, [
      { id: '0001', images: some('photorealistic', 13) },
      { id: '0002', images: some('photorealistic', 13) },
    ]);
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    const made = await planLibrary(workspace, { refresh: true });
    await writeFile(
      join(root, 'data/actors/0001/training_data/manifest.json'),
      JSON.stringify({ actor_id: '0001', images: (await manifestOf('0001')).images.slice(1) }),
    );

    const run = await applyPlan(workspace, made);

    expect(run.actors.map((actor) => actor.outcome)).toEqual(['stale', 'applied']);
    expect(run.status).toBe('partial');
    await expect(applyPlan(workspace, made)).rejects.toMatchObject({ code: 'stale' });
  });

  it('pays for pictures of the wrong category, does not count them, and keeps them in the trash', async () => {
    await buildLibrary(root, [
      { id: '0001', images: [...some('photorealistic', 13), ...some('bw_stylized', 4)] },
    ]);

    const { run } = await planAndApply({ wrong: 0.5 });
    const after = audit(root);

    const kept = after.sets.get('0001')!.length - 17;
    const attempts = run.actors[0]!.actions.reduce((sum, action) => sum + (action.attempts ?? 0), 0);
    expect(after.paid).toBe(attempts);
    expect(kept + after.trashed.size).toBe(attempts);
    expect(run.costUsd).toBeCloseTo(attempts * 0.04);
  });

  it('asks for an order whose answer was lost instead of paying again', async () => {
    await buildLibrary(root, [{ id: '0001', images: some('photorealistic', 13) }]);

    const { run } = await planAndApply({ lost: 0.7 });
    const after = audit(root);

    expect(run.status).toBe('succeeded');
    expect(after).toMatchObject({ paid: 7, orphans: [], open: [] });
    expect(after.sets.get('0001')).toHaveLength(20);
  });

  it('keeps an order open while nobody can tell whether it was taken, and settles it before anything else', async () => {
    await buildLibrary(root, [{ id: '0001', images: some('photorealistic', 13) }]);
    const first = await planAndApply({ lost: 0.7, deaf: true, random: chance(1) });
    const between = audit(root);
    const settled: string[] = [];
    const { workspace } = await openColourWorkspace(root, {
      report: (event) => {
        if (event.type === 'recovered') settled.push(event.message);
      },
    });
    await using _ = workspace;

    await recoverActors(workspace, ['0001']);
    const rest = await planLibrary(workspace, { refresh: true });
    await applyPlan(workspace, rest);
    const after = audit(root);

    expect(first.run.status).toBe('partial');
    expect(between.open).toEqual(['0001']);
    expect(settled).toEqual([
      expect.stringMatching(
        /^run \S+ ended as partial and left something open; (its \d+ open steps were finished|\d+ of its \d+ open steps were finished, the others taken back)$/,
      ),
    ]);
    expect(rest.summary.generate + between.paid).toBe(7);
    expect(after).toMatchObject({ paid: 7, orphans: [], open: [] });
    expect(after.sets.get('0001')).toHaveLength(20);
  });

  it('finishes the pictures in flight when it is told to stop, begins nothing new, and the next run does the rest', async () => {
    await buildLibrary(root, [
      { id: '0001', images: [...some('photorealistic', 14), ...some('bw_stylized', 1)] },
      { id: '0002', images: some('photorealistic', 10) },
    ]);
    const stop = new AbortController();
    const { workspace } = await openColourWorkspace(root, { latencyMs: 300 });
    await using _ = workspace;
    const made = await planLibrary(workspace, { refresh: true });

    setTimeout(() => stop.abort(), 400);
    const run = await applyPlan(workspace, made, {}, stop.signal);
    const between = audit(root);
    await applyPlan(workspace, await planLibrary(workspace, { refresh: true }));
    const after = audit(root);

    expect(run.status).toBe('interrupted');
    expect(between).toMatchObject({ open: [], orphans: [], dangling: [] });
    expect([...between.sets.values()].flat()).toHaveLength(25 + between.paid);
    expect([...after.sets.values()].map((set) => set.length)).toEqual([20, 20]);
    expect(after.paid).toBe(made.summary.generate);
  });
});
