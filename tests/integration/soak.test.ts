import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasChanges } from '../../controller/plan/plan.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { audit } from '../support/audit.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';
import { quickFolder } from '../support/quick-folder.ts';
import { soak } from '../support/soak/soak.ts';
import { SOAK_ACTORS } from '../support/soak/soak-library.ts';

const DAYS = Number(process.env.CALLSHEET_SOAK_DAYS ?? 4);
/** Another seed is another life; a failure is repeated with the same. */
const SEED = Number(process.env.CALLSHEET_SOAK_SEED ?? 20_261_122);
/** What a day may leave in the heap. Bytes. */
const DAILY_GROWTH = 300_000;

/** A small generator of chance, so that a failure can be repeated. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

let root: string;
beforeEach(async () => {
  root = await quickFolder('callsheet-soak-');
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('days (CALLSHEET_SOAK_DAYS) in the life of a library', () => {
  it('break no rule, whatever happens, and end as the specs say', async ({ annotate }) => {
    const { broken, story, heap, target, ready, deaths, events } = await soak(root, DAYS, chance(SEED));
    await annotate(`${story.length} misfortunes, ${deaths} deaths, ${JSON.stringify(events)}`);

    expect(broken).toEqual([]);
    expect(ready).toMatchObject({ status: 'True', reason: 'Synced' });
    const end = audit(root);
    expect([...end.sets.values()].map((set) => set.length)).toEqual(SOAK_ACTORS.map(() => target));
    expect(end).toMatchObject({ open: [], dangling: [] });
    expect(new Set(story).size).toBeGreaterThan(Math.min(10, DAYS));
    // The first days fill caches.
    const growth = heap.at(-1)! - Math.max(...heap.slice(0, 3));
    expect(growth).toBeLessThan(5_000_000 + DAYS * DAILY_GROWTH);
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    expect(hasChanges(await planLibrary(workspace, { refresh: true }))).toBe(false);
  }, 300_000);
});
