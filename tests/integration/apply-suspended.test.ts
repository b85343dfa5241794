import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyPlan } from '../../controller/usecases/apply-plan.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { planRunRollback } from '../../controller/usecases/plan-rollback.ts';
import { suspendTarget } from '../../controller/usecases/suspend.ts';
import { plainPalette } from '../../controller/views/palette.ts';
import { renderRun } from '../../controller/views/run-view.ts';
import { audit } from '../support/audit.ts';
import { buildLibrary, FILM, some } from '../support/build-library.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';

const TOO_MANY = [...some('photorealistic', 15), ...some('bw_stylized', 4), ...some('color_stylized', 3)];

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-apply-suspended-'));
  await buildLibrary(root, [
    { id: '0001', images: TOO_MANY },
    { id: '0002', images: TOO_MANY },
  ]);
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('a plan that was made before somebody said stop', () => {
  it('leaves suspended actors alone and says so, and does the rest', async () => {
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    const before = audit(root).sets.get('0001');
    const plan = await planLibrary(workspace, { refresh: true });
    await suspendTarget(workspace, { kind: 'actor', name: '0001' }, { reason: 'a legal question' });

    const run = await applyPlan(workspace, plan);

    expect(run.actors.map(({ actor, outcome, error }) => [actor, outcome, error?.code])).toEqual([
      ['0001', 'skipped', 'suspended'],
      ['0002', 'applied', undefined],
    ]);
    expect(audit(root).sets.get('0001')).toEqual(before);
    expect(audit(root).sets.get('0002')).toHaveLength(20);
    const shown = renderRun(run, { palette: plainPalette, width: 100 });
    expect(shown).toMatch(/Left alone:\n {2}0001: suspended: a legal question/);
    expect(shown).not.toContain('Failed:');
  });

  it('obeys a suspension that came with the specs', async () => {
    const first = await openColourWorkspace(root);
    const plan = await planLibrary(first.workspace, { refresh: true });
    await first.workspace[Symbol.asyncDispose]();
    const specs = FILM.replace('total: 20', 'total: 20\n  suspend: { reason: reshoot }');
    await writeFile(join(root, 'specs/film.yaml'), specs);
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;

    const run = await applyPlan(workspace, plan);

    expect(run.actors.map(({ error }) => error?.message)).toEqual([
      'suspended: reshoot',
      'suspended: reshoot',
    ]);
  });

  it('changes nothing while it cannot be told who is suspended', async () => {
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    const before = audit(root);
    const plan = await planLibrary(workspace, { refresh: true });
    await suspendTarget(workspace, { kind: 'library' }, { reason: 'stop' });
    await writeFile(join(root, 'state/suspensions.json'), '{ "formatVersion": ');

    const run = await applyPlan(workspace, plan);

    expect(run.actors.map(({ outcome }) => outcome)).toEqual(['not-attempted', 'not-attempted']);
    expect(audit(root)).toEqual(before);
  });

  it('does not keep people from undoing a run of what they have suspended', async () => {
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    const run = await applyPlan(workspace, await planLibrary(workspace, { refresh: true }));
    await suspendTarget(workspace, { kind: 'library' }, { reason: 'that was wrong' });
    const undo = await planRunRollback(workspace, run.id);

    await applyPlan(workspace, undo, { kind: 'rollback', undoes: run.id });

    expect(audit(root).sets.get('0001')).toHaveLength(22);
    const library = JSON.parse(
      await readFile(join(root, 'data/actors/0001/training_data/manifest.json'), 'utf8'),
    ) as { images: unknown[] };
    expect(library.images).toHaveLength(22);
  });
});
