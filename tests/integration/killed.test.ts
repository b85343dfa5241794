import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execaNode } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { type Audit, audit, held } from '../support/audit.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';

const CHILD = join(import.meta.dirname, '../support/apply-child.ts');

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-killed-'));
  await buildLibrary(root, [
    {
      id: '0001',
      images: [
        ...some('photorealistic', 16, [3, 8, 4]),
        ...some('bw_stylized', 3),
        ...some('color_stylized', 1),
      ],
    },
    {
      id: '0002',
      images: [
        ...some('photorealistic', 11),
        ...some('bw_stylized', 6, [2, 9]),
        { category: 'photorealistic', quality: 8, unlisted: true },
      ],
    },
  ]);
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function applyOnce(
  killAt = 0,
  moment: 'before' | 'after' = 'before',
): Promise<{ killed: boolean; done: boolean }> {
  const child = await execaNode(CHILD, [root, String(killAt), moment], { reject: false, timeout: 60_000 });
  if (child.signal !== 'SIGKILL' && child.stderr !== '') throw new Error(child.stderr);
  return { killed: child.signal === 'SIGKILL', done: child.exitCode === 0 };
}

/** Looks at every picture once, so that what is killed afterwards is the apply and not the first look. */
async function planOnce(): Promise<void> {
  const { workspace } = await openColourWorkspace(root);
  await using _ = workspace;
  await planLibrary(workspace, { refresh: true });
}

function runStatuses(): string[] {
  const folder = join(root, 'state/runs');
  if (!existsSync(folder)) return [];
  // A kill in the middle of a write leaves the half-written file in a hidden folder beside it.
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).status);
}

function expectNothingLost(before: Audit, now: Audit): void {
  const safe = held(now);
  expect([...held(before)].filter((digest) => !safe.has(digest))).toEqual([]);
}

describe('an apply that is killed', () => {
  it('at any change it makes to the disk loses no image, pays for none twice, and the next runs converge', async () => {
    await planOnce();
    const before = audit(root);
    // A small generator, so that a failure can be repeated: strides through the life of an apply, dying before or after a change.
    const points = Array.from({ length: 14 }, (_, n) => 3 + ((n * 37) % 90));

    // Wherever those fall: one of them in the middle of a run.
    for (let point = 20; point < 200 && !runStatuses().includes('running'); point += 10)
      await applyOnce(point, 'after');
    for (const [n, point] of points.entries()) {
      await applyOnce(point, n % 2 === 0 ? 'before' : 'after');
      expectNothingLost(before, audit(root));
    }
    let done = false;
    for (let tries = 0; tries < 6 && !done; tries += 1) ({ done } = await applyOnce());
    const after = audit(root);

    expect(done).toBe(true);
    expectNothingLost(before, after);
    expect(after).toMatchObject({ dangling: [], orphans: [], open: [] });
    expect(runStatuses()).not.toContain('running');
    expect(runStatuses()).toContain('interrupted');
    expect([...after.sets.values()].map((set) => set.length)).toEqual([20, 20]);
    const original = held(before);
    const made = [...held(after)].filter((digest) => !original.has(digest) && digest !== undefined);
    // The orphan was adopted; everything else that is new was paid for, once.
    expect(after.paid).toBe(made.length - 1);
  }, 240_000);
});
