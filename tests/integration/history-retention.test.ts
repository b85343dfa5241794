import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepHouse } from '../../controller/reconcile/housekeeping.ts';
import { digestOf } from '../../controller/spec/canonical.ts';
import { applyPlan } from '../../controller/usecases/apply-plan.ts';
import { keepPlan } from '../../controller/usecases/plan-files.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';
import { quickFolder } from '../support/quick-folder.ts';

const DAY_MS = 86_400_000;

let root: string;
beforeEach(async () => {
  root = await quickFolder('callsheet-history-');
  const images = [...some('photorealistic', 15), ...some('bw_stylized', 4), ...some('color_stylized', 3)];
  await buildLibrary(root, [{ id: '0001', images }]);
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function files(folder: string): Promise<string[]> {
  return (await readdir(join(root, 'state', folder)).catch(() => [])).filter((name) => !name.startsWith('.'));
}

describe('the history of a library under a controller', () => {
  it('is kept for its retention, and then removed as a whole; a plan that is older is not applied', async () => {
    const { workspace: opened } = await openColourWorkspace(root);
    await using _ = opened;
    const plan = await planLibrary(opened, { refresh: true });
    await keepPlan(opened, plan, '# the plan');
    await applyPlan(opened, plan);
    const unused = await planLibrary(opened, { refresh: true });
    await keepPlan(opened, unused, '# nobody applies it');
    const later = (days: number) => ({ ...opened, clock: new FakeClock(Date.now() + days * DAY_MS) });

    await keepHouse(later(364), new Set());
    expect(await files('runs')).toHaveLength(2);
    expect(await files('plans')).toEqual(['applied.json', 'json', 'md'].map((end) => `${plan.id}.${end}`));

    await keepHouse(later(366), new Set([plan.id]));
    expect(await files('plans')).toHaveLength(3);
    await keepHouse(later(366), new Set());
    // The emptying of the trash is a run of its own, and younger.
    expect(await files('runs')).toHaveLength(1);
    expect(await files('plans')).toEqual([]);

    await expect(applyPlan(later(366), plan)).rejects.toMatchObject({ code: 'stale' });
  });

  it('knows of the last hundred rollouts, and of the one that goes on', async () => {
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    const planOf = (n: number) => `plan-20260101T0000${String(n).padStart(3, '0')}Z-0000000`;
    const keep = (n: number) => workspace.state.write(`rollouts/${digestOf(n)}.json`, { plan: planOf(n) });
    for (let n = 0; n < 199; n += 1) await keep(n);
    await keepHouse(workspace, new Set());
    expect(await files('rollouts')).toHaveLength(199);

    await keep(199);
    await keepHouse(workspace, new Set([planOf(3)]));
    const kept = [3, ...Array.from({ length: 100 }, (_, n) => 100 + n)].map((n) => `${digestOf(n)}.json`);
    expect((await files('rollouts')).sort()).toEqual(kept.sort());
  });
});
