import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { CallsheetError } from '../../controller/diagnostics/errors.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { watchController } from '../support/watch-controller.ts';

const MANUAL = `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: test }
spec: { apply: manual }
`;

function distribution(type: string, photorealistic: number, more = ''): string {
  return `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: ${type} }
spec:
  selector: { types: [${type}]${more} }
  total: ${photorealistic + 1}
  tolerance: { images: 0 }
  categories:
    photorealistic: { count: ${photorealistic} }
    bw_stylized: { count: 1 }
    color_stylized: { count: 0 }
`;
}

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-carry-'));
  const images = [...some('photorealistic', 2), ...some('bw_stylized', 1)];
  await buildLibrary(
    root,
    [
      { id: '0001', type: 'lead', images },
      { id: '0002', type: 'lead', images },
      { id: '0003', type: 'extra', images },
      { id: '0004', type: 'nobody', images },
    ],
    { 'library.yaml': MANUAL, 'lead.yaml': distribution('lead', 2), 'extra.yaml': distribution('extra', 1) },
  );
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

it('looks only at those anew for whom a revision means something else, and plans for all', async () => {
  const watched = watchController(root);
  const stop = watched.start();
  await watched.idle();
  const looked = () =>
    watched.events.splice(0).flatMap((event) => (event.type === 'reconciled' ? [event.actor] : []));
  const planned = () => watched.events.findLast((event) => event.type === 'plan-written');
  const change = async (name: string, text: string) => {
    await writeFile(join(root, 'specs', name), text);
    await watched.controller.pokeSource();
    await watched.idle();
  };
  expect(looked().sort()).toEqual(['0001', '0002', '0003', '0004']);

  await change('lead.yaml', distribution('lead', 1));
  expect(planned()).toMatchObject({ actors: 3, delete: 3 });
  expect(looked().sort()).toEqual(['0001', '0002']);
  const revision = watched.controller.library()!.revision;
  expect(watched.controller.library()).toMatchObject({ surveyedRevision: revision });

  await change('lead.yaml', distribution('lead', 2));
  expect(planned()).toMatchObject({ actors: 1, delete: 1 });
  expect(looked().sort()).toEqual(['0001', '0002']);

  // Whom it selects now: one that nobody managed.
  await change('nobody.yaml', distribution('nobody', 2));
  expect(looked()).toEqual(['0004']);
  expect(watched.controller.actor('0004')!.conditions[0]!.reason).toBe('Balanced');

  // What kept a picture out may have been its size.
  await change(
    'library.yaml',
    MANUAL.replace('{ apply: manual }', '{ apply: manual, limits: { maxImageBytes: 60000000 } }'),
  );
  expect(looked().sort()).toEqual(['0001', '0002', '0003', '0004']);

  // How a picture is judged is the ground that all plans stand on.
  await change(
    'library.yaml',
    MANUAL.replace('{ apply: manual }', '{ apply: manual, evaluator: { columns: 4 } }'),
  );
  expect(looked().sort()).toEqual(['0001', '0002', '0003', '0004']);
  await stop();
});

it('says of each revision that comes what it waits for, though it means what the one before it meant', async () => {
  const watched = watchController(root);
  const stop = watched.start();
  const held = () => watched.events.flatMap((event) => (event.type === 'plan-held' ? [event.plan] : []));
  await watched.idle();
  const [plan] = held();

  await writeFile(join(root, 'specs/lead.yaml'), `# Words.\n${distribution('lead', 2)}`);
  await watched.controller.pokeSource();
  await watched.idle();
  await watched.controller.reconcileNow();
  await watched.idle();

  expect(held()).toEqual([plan, plan]);
  await stop();
});

it('loses nobody who was being looked at when a revision came', async () => {
  const watched = watchController(root);
  const stop = watched.start();
  await watched.idle();
  for (let round = 0; round < 8; round += 1) {
    await watched.controller.reconcileNow();
    await writeFile(join(root, 'specs/lead.yaml'), distribution('lead', 1 + (round % 2)));
    await watched.controller.pokeSource();
  }
  await watched.idle();

  const { revision, surveyedRevision, conditions } = watched.controller.library()!;
  expect(surveyedRevision).toBe(revision);
  expect(conditions.some(({ type }) => type === 'Reconciling')).toBe(false);
  await stop();
});

it('looks again at those who could not be evaluated for want of money when there is more of it', async () => {
  const watched = watchController(root);
  watched.evaluator.down = new CallsheetError('budget-exceeded', 'the budget of the day is used up');
  const stop = watched.start();
  await watched.idle();
  const ready = () => watched.controller.actor('0001')!.conditions[0]!.reason;
  expect(ready()).toBe('BudgetExhausted');

  watched.evaluator.down = undefined;
  const more = MANUAL.replace('{ apply: manual }', '{ apply: manual, limits: { budget: { perDay: 100 } } }');
  await writeFile(join(root, 'specs/library.yaml'), more);
  await watched.controller.pokeSource();
  await watched.idle();
  expect(ready()).toBe('Balanced');
  await stop();
});
