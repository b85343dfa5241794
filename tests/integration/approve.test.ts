import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyPlan } from '../../controller/usecases/apply-plan.ts';
import { approvePlan, liftedGuards } from '../../controller/usecases/approve-plan.ts';
import { keepPlan } from '../../controller/usecases/plan-files.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { planStanding, staleActors } from '../../controller/usecases/plan-standing.ts';
import { readHistory } from '../../controller/usecases/read-history.ts';
import { renderStanding } from '../../controller/views/plan-standing-view.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-approve-'));
  await buildLibrary(root, [
    {
      id: '0001',
      images: [...some('photorealistic', 16), ...some('bw_stylized', 4), ...some('color_stylized', 3)],
    },
  ]);
  const library = join(root, 'specs/library.yaml');
  await writeFile(library, (await readFile(library, 'utf8')).replace('maxDeleteShare: 100', 'maxDeletes: 2'));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

test('a denied plan is refused until a person lifts the guard with a reason; then it is applied once, and all of it is on record', async () => {
  await using disposable = (await openColourWorkspace(root)).workspace;
  const workspace = disposable;
  const plan = await planLibrary(workspace, { refresh: true });
  await keepPlan(workspace, plan, '');
  await expect(applyPlan(workspace, plan)).rejects.toMatchObject({
    code: 'invalid-input',
    hint: expect.stringContaining('--guard max-deletes'),
  });

  // An approval alone lifts nothing.
  await approvePlan(workspace, plan, { guards: [] });
  await expect(applyPlan(workspace, plan)).rejects.toMatchObject({ code: 'invalid-input' });
  await expect(approvePlan(workspace, plan, { guards: ['max-deletes'] })).rejects.toMatchObject({
    code: 'invalid-input',
    hint: expect.stringContaining('--reason'),
  });
  await expect(approvePlan(workspace, plan, { guards: ['max-delete'], reason: 'x' })).rejects.toMatchObject({
    hint: expect.stringContaining('Did you mean "max-deletes"'),
  });
  await expect(approvePlan(workspace, plan, { guards: ['price'], reason: 'x' })).rejects.toMatchObject({
    code: 'invalid-input',
  });

  await approvePlan(workspace, plan, { guards: ['max-deletes'], reason: 'retired the 2024 set', by: 'kim' });
  const run = await applyPlan(workspace, plan);
  expect(run.status).toBe('succeeded');
  await expect(approvePlan(workspace, plan, { guards: [] })).rejects.toMatchObject({ code: 'stale' });

  const history = await readHistory(workspace, { limit: 10 });
  expect(history.map(({ kind, note = '' }) => `${kind} ${note}`.trim()).toSorted()).toEqual([
    'apply',
    'approve',
    'approve lifted max-deletes: for kim: retired the 2024 set',
  ]);
  const said = renderStanding(await planStanding(workspace, plan));
  expect(said).toContain('Approved by kim');
  expect(said).toContain('lifting max-deletes: retired the 2024 set');
  expect(said).toContain(`Used up: applied by ${workspace.who}`);
});

test('an approval holds for one plan: not for the next, not for an edited one; several people may approve at once', async () => {
  await using disposable = (await openColourWorkspace(root)).workspace;
  const workspace = disposable;
  const plan = await planLibrary(workspace, { refresh: true });
  await Promise.all(
    ['a', 'b', 'c'].map((by) => approvePlan(workspace, plan, { guards: ['max-deletes'], reason: by, by })),
  );
  const { approvals } = await planStanding(workspace, plan);
  expect(approvals.map(({ by }) => by).toSorted()).toEqual(['a', 'b', 'c']);
  expect(await liftedGuards(workspace.state, { ...plan, digest: 'f'.repeat(64) })).toEqual([]);
  expect(await staleActors(workspace, plan)).toEqual([]);
  await rm(join(root, 'data/actors/0001/training_data/images/01.png'));
  const stale = await staleActors(workspace, plan);
  expect(renderStanding({ approvals: [], specsChanged: false, stale })).toBe(
    'Stale: 1 actor changed since, and an apply skips them: 0001.',
  );
  const next = await planLibrary(workspace, { refresh: true });
  await keepPlan(workspace, { ...next, id: `${next.id}-later` }, '');
  expect(await liftedGuards(workspace.state, next)).toEqual([]);
  expect(renderStanding(await planStanding(workspace, plan))).toContain('Superseded');
});
