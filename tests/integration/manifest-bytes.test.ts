import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyPlan } from '../../controller/usecases/apply-plan.ts';
import { judgeImage } from '../../controller/usecases/judge-image.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { planRunRollback } from '../../controller/usecases/plan-rollback.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';

const FOLDER = 'data/actors/0001/training_data';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-bytes-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

/** What a parser and a printer would change: numbers, the order and repetition of keys, escapes, white space. */
function byHand(index: number): string {
  const path = `${FOLDER}/images/${String(index + 1).padStart(2, '0')}.png`;
  const gap = index % 3 === 0 ? '\n\n    ' : index % 3 === 1 ? '   ' : '\n\t';
  return `${gap}{"z": 1.50, "key" : "${path}", "id":900719925474099300${index}, "9": 1, "1": -0.0, "t": "\\u00e9\\/", "z": 2.0}`;
}

async function writeByHand(count: number): Promise<string> {
  const dead = `{ "key": "${FOLDER}/images/gone.png", "crop": [1.0, 1e3] }`;
  const entries = Array.from({ length: count }, (_, index) => byHand(index))
    .toSpliced(2, 0, dead)
    .toSpliced(20, 0, ` ${byHand(4).trim()}`, byHand(0));
  const text = `\uFEFF{"images": [${entries.join(',')}\r\n  ],\n "studio": {"version": 3.10}, "actor_id": "0001" }\n\n`;
  await writeFile(join(root, FOLDER, 'manifest.json'), text);
  return text;
}

describe('a training manifest that people wrote', () => {
  it('is the same to the byte after an apply and its rollback, and after a pin and its unpin', async () => {
    const images = [...some('photorealistic', 18), ...some('bw_stylized', 2), ...some('color_stylized', 3)];
    await buildLibrary(root, [{ id: '0001', images }]);
    const before = await writeByHand(images.length);
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;

    const plan = await planLibrary(workspace, { refresh: true });
    const run = await applyPlan(workspace, plan);
    const applied = await readFile(join(root, FOLDER, 'manifest.json'), 'utf8');
    const undo = await applyPlan(workspace, await planRunRollback(workspace, run.id), {
      kind: 'rollback',
      undoes: run.id,
    });
    const after = await readFile(join(root, FOLDER, 'manifest.json'), 'utf8');
    await judgeImage(workspace, '0001#3', { kind: 'pin' });
    const pinned = await readFile(join(root, FOLDER, 'manifest.json'), 'utf8');
    await judgeImage(workspace, '0001#3', { kind: 'unpin' });

    expect(plan.summary).toMatchObject({ generate: 2, delete: 5, forget: 3 });
    expect([run.status, undo.status]).toEqual(['succeeded', 'succeeded']);
    expect(applied).not.toBe(before);
    expect(after).toBe(before);
    expect(pinned).toContain('"pinned": true');
    expect(await readFile(join(root, FOLDER, 'manifest.json'), 'utf8')).toBe(before);
  });
});
