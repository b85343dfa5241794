import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collectStats } from '../../controller/usecases/collect-stats.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { readStatus, tellStatus } from '../../controller/usecases/read-status.ts';
import { plainPalette } from '../../controller/views/palette.ts';
import { renderStatus, renderStory } from '../../controller/views/status-view.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';

const options = { palette: plainPalette, width: 100 };

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-stats-'));
  await buildLibrary(root, [
    {
      id: '0001',
      type: 'lead',
      images: [...some('photorealistic', 13), ...some('bw_stylized', 4), ...some('color_stylized', 3)],
    },
    { id: '0002', type: 'lead', images: some('photorealistic', 15) },
    { id: '0003', type: 'extra', images: some('color_stylized', 22) },
  ]);
  await age(root);
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

/** What was written a moment ago may change again within the same tick of the clock, so it would be looked at twice. */
async function age(folder: string): Promise<void> {
  const lastYear = new Date('2025-11-22T00:00:00Z');
  for (const name of await readdir(folder, { recursive: true }))
    await utimes(join(folder, name), lastYear, lastYear);
}

describe('stats and status', () => {
  it('tell what is known before anything was evaluated, and write nothing', async () => {
    const { workspace, evaluator } = await openColourWorkspace(root);
    await using _ = workspace;

    const stats = await collectStats(workspace, {});

    expect(stats).toMatchObject({
      actors: 3,
      images: 57,
      average: 19,
      exactly: 1,
      under: 1,
      over: 1,
      unmanaged: 0,
      commonTarget: 20,
    });
    expect(stats.types.map(({ type, unknown }) => [type, unknown])).toEqual([
      ['extra', 22],
      ['lead', 35],
    ]);
    expect(evaluator.asked).toBe(0);
    expect(await readdir(root)).not.toContain('state');
  });

  it('tell the mix once a plan has looked', async () => {
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    await planLibrary(workspace, { refresh: true });

    const stats = await collectStats(workspace, {});
    const lead = stats.types.find(({ type }) => type === 'lead');
    expect(lead).toMatchObject({ actors: 2, images: 35, balanced: 1, unknown: 0, target: 20 });
    expect(lead?.categories.map(({ category, images, target }) => [category, images, target])).toEqual([
      ['photorealistic', 28, 26],
      ['bw_stylized', 4, 8],
      ['color_stylized', 3, 6],
    ]);

    const statuses = await readStatus(workspace, {});
    expect(statuses.map(({ conditions }) => conditions[0]?.reason)).toEqual([
      'Balanced',
      'OutsideTolerance',
      'OutsideTolerance',
    ]);
    const text = renderStatus(statuses, options);
    expect(text).toContain('3 actors: 1 ready, 2 not ready');
    expect(text.split('\n').filter((line) => line.length > 100)).toEqual([]);

    const story = await tellStatus(workspace, '0002');
    expect(renderStory(story, options)).toContain(
      'Photorealistic 15 of 13, B&W Stylized 0 of 4, Color Stylized 0 of 3',
    );
    await expect(tellStatus(workspace, '000')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('are about the selected actors only', async () => {
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    expect(await collectStats(workspace, { types: ['extra'] })).toMatchObject({ actors: 1, images: 22 });
    expect(await readStatus(workspace, { actors: ['0002'] })).toMatchObject([{ actor: '0002' }]);
  });
});
