import { afterEach, describe, expect, it } from 'vitest';
import { hasChanges, type Plan } from '../../controller/plan/plan.ts';
import type { RunRecord } from '../../controller/records/run-record.ts';
import { applyPlan } from '../../controller/usecases/apply-plan.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { planRunRollback } from '../../controller/usecases/plan-rollback.ts';
import { some } from '../support/build-library.ts';
import { Studio, type StudioOptions } from '../support/studio.ts';
import { auditStudio, fillStudio } from '../support/studio-library.ts';

const BALANCED = [...some('photorealistic', 13), ...some('bw_stylized', 4), ...some('color_stylized', 3)];

let studio: Studio;
afterEach(async () => {
  await studio[Symbol.asyncDispose]();
});

async function open(options?: StudioOptions, library?: string, state?: string): Promise<void> {
  studio = await Studio.open(options);
  await studio.writeSpecs(library, state);
}

async function plan(): Promise<Plan> {
  await using workspace = await studio.workspace();
  return await planLibrary(workspace, { refresh: true });
}

async function planAndApply(): Promise<{ plan: Plan; run: RunRecord }> {
  await using workspace = await studio.workspace();
  const made = await planLibrary(workspace, { refresh: true });
  return { plan: made, run: await applyPlan(workspace, made) };
}

async function rollback(run: string): Promise<RunRecord> {
  await using workspace = await studio.workspace();
  return await applyPlan(workspace, await planRunRollback(workspace, run), { kind: 'rollback', undoes: run });
}

const MIXED = [
  {
    id: '0042',
    images: [
      ...some('photorealistic', 15, [9, 8, 6, 8, 9, 8, 5]),
      ...some('bw_stylized', 4),
      ...some('color_stylized', 3),
    ],
    name: 'shot +1 über 100% ',
  },
  {
    id: '0043',
    images: [...some('photorealistic', 10), ...some('bw_stylized', 1)],
    form: 'https',
    name: 'bild ü+',
  },
  { id: '0044', images: BALANCED, form: 'bare' },
  { id: '0045', images: [...some('photorealistic', 13), ...some('bw_stylized', 5)], bucket: 'legacy' },
] as const;

describe.each([
  ['in S3', 's3://studio/state/'],
  ['in files', 'file:state/'],
])('the studio with its state %s', (_, state) => {
  it('plans, applies, has nothing left to do, and rolls back to what was there', async () => {
    await open({}, '', state);
    fillStudio(studio, MIXED);
    const manifests = () =>
      MIXED.map(({ id }) =>
        JSON.parse(
          studio.s3.buckets.object('studio', `data/actors/${id}/training_data/manifest.json`).body.toString(),
        ),
      );
    const before = manifests();

    const { plan: made, run } = await planAndApply();
    const between = auditStudio(studio, []);
    const again = await plan();
    const undone = await rollback(run.id);

    expect(made.summary).toMatchObject({ delete: 3, generate: 12, adopt: 0, forget: 0 });
    expect(made.actors[0]!.actions.flatMap((a) => (a.kind === 'delete' ? [a.image] : []))).toEqual([
      's3://images/actors/0042/shot +1 über 100% 7.png',
      's3://images/actors/0042/shot +1 über 100% 3.png',
    ]);
    expect(run).toMatchObject({ status: 'succeeded' });
    expect([...between.sets.values()].map((set) => set.length)).toEqual([20, 20, 20, 20]);
    expect(between).toMatchObject({ dangling: [], orphans: [] });
    expect(studio.replicate.orders).toHaveLength(12);
    expect(hasChanges(again)).toBe(false);
    expect(undone.status).toBe('succeeded');
    expect(manifests()).toEqual(before);
  }, 60_000);
});
