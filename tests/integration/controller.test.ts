import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CallsheetError } from '../../controller/diagnostics/errors.ts';
import type { ControllerEvent } from '../../controller/reconcile/controller-ports.ts';
import type { Condition } from '../../controller/status/condition.ts';
import { approvePlan } from '../../controller/usecases/approve-plan.ts';
import { rejectPlan } from '../../controller/usecases/decide-plan.ts';
import { judgeImage } from '../../controller/usecases/judge-image.ts';
import { loadPlan } from '../../controller/usecases/plan-files.ts';
import { steerRollout } from '../../controller/usecases/steer-rollout.ts';
import type { Workspace } from '../../controller/workspace.ts';
import { audit, held } from '../support/audit.ts';
import { type BuiltActor, buildLibrary, some } from '../support/build-library.ts';
import { colourPicture } from '../support/colour-pictures.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';
import { type WatchedController, type WatchedOptions, watchController } from '../support/watch-controller.ts';

/** `extra`: further fields of the Library's spec, one a line. */
function library(...extra: string[]): string {
  const fields = ['apply: auto', 'guards: { maxDeleteShare: 100 }', ...extra]
    .map((field) => `  ${field}\n`)
    .join('');
  return `apiVersion: callsheet.dev/v1\nkind: Library\nmetadata: { name: test }\nspec:\n${fields}`;
}

function distribution(photorealistic: number, bw = 1, color = 1): string {
  return `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: ${photorealistic + bw + color}
  tolerance: { images: 0 }
  categories:
    photorealistic: { count: ${photorealistic} }
    bw_stylized: { count: ${bw} }
    color_stylized: { count: ${color} }
`;
}

function actor(id: string, photorealistic: number): BuiltActor {
  return {
    id,
    images: [
      ...some('photorealistic', photorealistic),
      ...some('bw_stylized', 1),
      ...some('color_stylized', 1),
    ],
  };
}

let root: string;
let stops: (() => Promise<void>)[];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-controller-'));
  stops = [];
});
afterEach(async () => {
  for (const stop of stops) await stop();
  await rm(root, { recursive: true, force: true });
});

async function build(actors: readonly BuiltActor[], spec = library(), film = distribution(2)): Promise<void> {
  await buildLibrary(root, actors, { 'library.yaml': spec, 'film.yaml': film });
}

async function start(options: WatchedOptions = {}): Promise<WatchedController & { stop(): Promise<void> }> {
  const watched = watchController(root, options);
  const stop = watched.start();
  stops.push(stop);
  await watched.idle();
  return { ...watched, stop };
}

async function rewrite({ controller, idle }: WatchedController, name: string, text: string): Promise<void> {
  await writeFile(join(root, 'specs', name), text);
  await controller.pokeSource();
  await idle();
}

async function asPerson<T>(act: (workspace: Workspace) => Promise<T>): Promise<T> {
  const { workspace } = await openColourWorkspace(root);
  await using _ = workspace;
  return await act(workspace);
}

function ready({ controller }: WatchedController, id?: string): Pick<Condition, 'status' | 'reason'> {
  const conditions = (id === undefined ? controller.library() : controller.actor(id))!.conditions;
  const { status, reason } = conditions[0]!;
  return { status, reason };
}

function sizes(): number[] {
  return [...audit(root).sets.values()].map((set) => set.length);
}

function ofType<T extends ControllerEvent['type']>({ events }: WatchedController, type: T) {
  return events.filter((event): event is Extract<ControllerEvent, { type: T }> => event.type === type);
}

async function removeImage(id: string): Promise<void> {
  const folder = join(root, `data/actors/${id}/training_data/images`);
  await unlink(join(folder, (await readdir(folder)).sort()[0]!));
}

describe('the controller', () => {
  it('brings a library into balance in waves, canary first, each from a plan that was written before', async () => {
    await build(
      [actor('0001', 4), actor('0002', 1), actor('0003', 1), actor('0004', 2)],
      library('rollout: { canary: 1, batch: 2 }'),
    );
    const before = audit(root);

    const watched = await start();

    expect(sizes()).toEqual([4, 4, 4, 4]);
    expect(ready(watched)).toEqual({ status: 'True', reason: 'Synced' });
    expect(ofType(watched, 'run-finished').map(({ run }) => run.actors.map(({ actor }) => actor))).toEqual([
      ['0001'],
      ['0002', '0003'],
    ]);
    const written = await readdir(join(root, 'state/plans'));
    for (const { run } of ofType(watched, 'run-finished')) expect(written).toContain(`${run.plan}.json`);
    expect(ofType(watched, 'rollout').at(-1)).toMatchObject({ state: 'completed', done: 3, total: 3 });
    expect([...held(before)].filter((digest) => !held(audit(root)).has(digest))).toEqual([]);
    expect(watched.controller.actor('0001')).toMatchObject({
      lastAppliedRevision: watched.controller.library()!.revision,
    });
    expect(watched.controller.actor('0002')!.history[0]).toMatchObject({
      outcome: 'applied',
      done: { generate: 1 },
    });
  });

  it('asks nobody and writes nothing while nothing changes', async () => {
    await build([actor('0001', 2), actor('0002', 2)]);
    const watched = await start();
    // A file that was written just before it is read is read once more.
    await new Promise((resolve) => setTimeout(resolve, 60));
    await watched.controller.reconcileNow();
    await watched.idle();
    const [asked, states] = [watched.evaluator.asked, await stateVersions()];

    await watched.controller.reconcileNow();
    await watched.idle();

    expect(watched.evaluator.asked).toBe(asked);
    expect(await stateVersions()).toEqual(states);
    expect(ofType(watched, 'reconciled').length).toBeGreaterThanOrEqual(4);
    expect(ofType(watched, 'plan-written')).toEqual([]);
  });

  it('repairs what was changed behind its back', async () => {
    await build([actor('0001', 2), actor('0002', 2)], library('interval: 100ms'));
    const watched = await start();

    await removeImage('0002');
    await until(
      () => sizes().join() === '4,4' && audit(root).dangling.length === 0 && audit(root).paid === 1,
    );
    await watched.idle();

    expect(ready(watched, '0002')).toEqual({ status: 'True', reason: 'Balanced' });
    expect(watched.controller.actor('0002')!.history[0]).toMatchObject({ done: { forget: 1, generate: 1 } });
  });

  it('keeps the last good revision in force while the specs are broken or gone, and says so', async () => {
    await build([actor('0001', 2)]);
    const watched = await start();
    const { revision } = watched.controller.library()!;

    await rewrite(watched, 'film.yaml', distribution(2).replace('total: 4', 'total: many'));
    const broken = watched.controller.library()!;
    await rm(join(root, 'specs'), { recursive: true });
    await watched.controller.pokeSource();
    await removeImage('0001');
    await watched.controller.reconcileNow(['0001']);
    await watched.idle();
    const gone = watched.controller.library()!;

    expect(broken.conditions.map(({ type, reason }) => [type, reason])).toEqual([
      ['Ready', 'SpecsInvalid'],
      ['Stalled', 'SpecsInvalid'],
    ]);
    expect(broken.conditions[0]!.message).toContain('film.yaml');
    expect(broken.revision).toBe(revision);
    expect(gone.revision).toBe(revision);
    expect(ready(watched)).toEqual({ status: 'False', reason: 'SourceUnavailable' });
    // The old target still holds: drift is repaired under it.
    expect(sizes()).toEqual([4]);
  });

  it('waits for a person where applying is manual, keeps its plan over a restart, and applies what was approved', async () => {
    await build(
      [actor('0001', 4), actor('0002', 1)],
      library('apply: manual').replace('  apply: auto\n', ''),
    );
    const first = await start();
    const waiting = first.controller.library()!.pending!;
    expect(waiting.reason).toBe('AwaitingApproval');
    expect(ready(first, '0001')).toEqual({ status: 'False', reason: 'AwaitingApproval' });
    expect(sizes()).toEqual([6, 3]);
    await first.stop();

    const second = await start();
    expect(second.controller.library()!.pending!.plan).toBe(waiting.plan);
    await asPerson(async (workspace) =>
      approvePlan(workspace, await loadPlan(workspace, waiting.plan), { guards: [] }),
    );
    await second.idle();

    expect(sizes()).toEqual([4, 4]);
    expect(ready(second)).toEqual({ status: 'True', reason: 'Synced' });
  });

  it('says of nobody that a plan waits once it is approved, and how far its rollout is from wave to wave', async () => {
    await build(
      [actor('0001', 4), actor('0002', 4), actor('0003', 4)],
      library('apply: manual', 'rollout: { canary: 1, batch: 1 }').replace('  apply: auto\n', ''),
    );
    const seen: unknown[] = [];
    const watched = watchController(root, {
      observer: {
        event({ type }) {
          if (type !== 'run-started') return;
          const { conditions, rollout, pending } = watched.controller.library()!;
          const waits = ready(watched, '0003');
          seen.push([conditions[0]!.reason, waits.reason, rollout?.done, pending]);
        },
      },
    });
    stops.push(watched.start());
    await watched.idle();
    const { plan } = watched.controller.library()!.pending!;
    await asPerson(async (workspace) =>
      approvePlan(workspace, await loadPlan(workspace, plan), { guards: [] }),
    );
    await watched.idle();

    expect(seen).toEqual([
      ['OutsideTolerance', 'OutsideTolerance', 0, undefined],
      ['OutsideTolerance', 'OutsideTolerance', 1, undefined],
      ['OutsideTolerance', 'OutsideTolerance', 2, undefined],
    ]);
    expect(ready(watched)).toEqual({ status: 'True', reason: 'Synced' });
  });

  it('does not do what a person has rejected, and does not ask again', async () => {
    await build(
      [actor('0001', 4), actor('0002', 1)],
      library('apply: manual').replace('  apply: auto\n', ''),
    );
    const watched = await start();
    const { plan } = watched.controller.library()!.pending!;

    await asPerson(async (workspace) =>
      rejectPlan(workspace, await loadPlan(workspace, plan), { reason: 'no', actors: ['0001'] }),
    );
    await asPerson(async (workspace) =>
      approvePlan(workspace, await loadPlan(workspace, plan), { guards: [], actors: ['0002'] }),
    );
    await watched.idle();

    expect(sizes()).toEqual([6, 4]);
    expect(ofType(watched, 'plan-written')).toHaveLength(1);
  });

  it('holds guards over the whole change, so that a bad spec drains nobody, until a person lifts them', async () => {
    await build(
      [actor('0001', 3), actor('0002', 3), actor('0003', 3)],
      library('rollout: { canary: 1 }').replace('maxDeleteShare: 100', 'maxDeletes: 2, maxDeleteShare: 100'),
      distribution(3),
    );
    const watched = await start();

    await rewrite(watched, 'film.yaml', distribution(2));
    expect(sizes()).toEqual([5, 5, 5]);
    expect(ready(watched)).toEqual({ status: 'False', reason: 'GuardDenied' });
    expect(ofType(watched, 'plan-held').at(-1)).toMatchObject({ guards: ['max-deletes'] });
    const { plan } = watched.controller.library()!.pending!;
    await asPerson(async (workspace) =>
      approvePlan(workspace, await loadPlan(workspace, plan), { guards: ['max-deletes'], reason: 'meant' }),
    );
    await watched.idle();

    expect(sizes()).toEqual([4, 4, 4]);
    expect(ofType(watched, 'plan-decided')).toMatchObject([
      { plan, verdict: 'approved', guards: ['max-deletes'], reason: 'meant' },
    ]);
  });

  it('counts the deletes of a day together: one actor after the other is no way around a guard', async () => {
    await build(
      [actor('0001', 2), actor('0002', 2), actor('0003', 2)],
      library().replace('maxDeleteShare: 100', 'maxDeletes: 2, maxDeleteShare: 100'),
    );
    const watched = await start();

    for (const id of ['0001', '0002', '0003']) {
      await buildExtra(id);
      await watched.controller.reconcileNow([id]);
      await watched.idle();
    }

    expect(sizes()).toEqual([4, 4, 5]);
    expect(ready(watched, '0003')).toEqual({ status: 'False', reason: 'GuardDenied' });
  });

  it('does not call waiting what has been approved and is being done', async () => {
    await build([actor('0001', 4)], library('apply: manual').replace('  apply: auto\n', ''));
    const pending: unknown[] = [];
    const watched = watchController(root, {
      observer: {
        event: ({ type }) => {
          if (type === 'run-started') pending.push(watched.controller.library()!.pending);
        },
      },
    });
    stops.push(watched.start());
    await watched.idle();
    const { plan } = watched.controller.library()!.pending!;
    await asPerson(async (workspace) =>
      approvePlan(workspace, await loadPlan(workspace, plan), { guards: [] }),
    );
    await watched.idle();

    expect(pending).toEqual([undefined]);
    expect(sizes()).toEqual([4]);
  });

  it('counts what a run deleted that was cut off before it was booked', async () => {
    await build(
      [actor('0001', 3), actor('0002', 2)],
      library().replace('maxDeleteShare: 100', 'maxDeletes: 1, maxDeleteShare: 100'),
    );
    const tally = join(root, 'state/rollouts/_tally.json');
    let asItBegan = '';
    const first = watchController(root, {
      observer: {
        event: ({ type }) => {
          if (type === 'run-started') asItBegan = readFileSync(tally, 'utf8');
        },
      },
    });
    const stop = first.start();
    await first.idle();
    await stop();
    expect(sizes()).toEqual([4, 4]);

    // What it had done is there; that it had ended, nobody has written down.
    await writeFile(tally, asItBegan);
    const second = await start();
    await buildExtra('0002');
    await second.controller.reconcileNow(['0002']);
    await second.idle();

    expect(JSON.parse(asItBegan).entries).toMatchObject([{ deletes: 1, open: true }]);
    expect(ready(second, '0002')).toEqual({ status: 'False', reason: 'GuardDenied' });
    expect(sizes()).toEqual([4, 5]);
  });

  it('observes and plans what is suspended, applies nothing, and goes on when resumed', async () => {
    await build([actor('0001', 2)]);
    const watched = await start();
    await watched.controller.suspend({ kind: 'actor', name: '0001' }, { reason: 'a shoot', by: 'me' });
    await removeImage('0001');
    await watched.controller.reconcileNow(['0001']);
    await watched.idle();
    expect(ready(watched, '0001')).toEqual({ status: 'False', reason: 'Suspended' });
    expect(watched.controller.actor('0001')!.conditions[0]!.message).toContain('a shoot');
    expect(sizes()).toEqual([3]);

    await watched.controller.resume({ kind: 'actor', name: '0001' }, 'me');
    await watched.idle();
    expect(sizes()).toEqual([4]);
    expect(ready(watched, '0001')).toEqual({ status: 'True', reason: 'Balanced' });
    expect(ofType(watched, 'suspended')).toMatchObject([
      { what: 'actor "0001"', reason: 'a shoot', by: 'me' },
    ]);
    expect(ofType(watched, 'resumed')).toMatchObject([
      { what: 'actor "0001"', suspendedBy: 'me', hasEnded: false },
    ]);
  });

  it('goes by what a person says of an image beside it, without being asked to look', async () => {
    await build([actor('0001', 2)]);
    const watched = await start();
    const [image] = await readdir(join(root, 'data/actors/0001/training_data/images'));
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    const path = `data/actors/0001/training_data/images/${image}`;
    await judgeImage(workspace, path, { kind: 'reject', reason: 'blurred' });

    // What was rejected goes to the trash, and another takes its place.
    await until(() => !audit(root).dangling.includes(path) && ofType(watched, 'run-finished').length > 0);
    await watched.idle();
    expect(sizes()).toEqual([4]);
    expect(ready(watched, '0001')).toEqual({ status: 'True', reason: 'Balanced' });
  });

  it('plans outside its windows and applies inside', async () => {
    await build([actor('0001', 1)], library('windows: [{ schedule: "0 2 30 2 *", duration: 1h }]'));
    const watched = await start();
    expect(ready(watched)).toEqual({ status: 'False', reason: 'WindowClosed' });
    expect(sizes()).toEqual([3]);

    await rewrite(watched, 'library.yaml', library('windows: [{ schedule: "* * * * *", duration: 2m }]'));
    expect(sizes()).toEqual([4]);
  });

  it('halts a rollout when too much fails, and goes on when a person says so', async () => {
    await build(
      [actor('0001', 1), actor('0002', 1), actor('0003', 1)],
      library('rollout: { canary: 1, batch: 1, maxFailures: 0 }'),
    );
    const watched = watchController(root);
    watched.generator.only = 'bw_stylized';
    stops.push(watched.start());
    await watched.idle();

    expect(ready(watched)).toEqual({ status: 'False', reason: 'RolloutHalted' });
    expect(
      new Set(ofType(watched, 'run-finished').flatMap(({ run }) => run.actors.map(({ actor }) => actor))),
    ).toEqual(new Set(['0001']));
    expect(ready(watched, '0002')).toEqual({ status: 'False', reason: 'RolloutHalted' });
    watched.generator.only = undefined;
    await asPerson((workspace) => steerRollout(workspace, { kind: 'resume' }));
    await watched.controller.reconcileNow(['0001']);
    await watched.idle();

    expect(sizes()).toEqual([4, 4, 4]);
  });

  it('stops an actor whose category goes back and forth, with the evidence', async () => {
    await build([actor('0001', 2)]);
    const watched = await start();
    const again = async (change: () => Promise<void>) => {
      await change();
      await watched.controller.reconcileNow();
      await watched.idle();
    };
    await again(() => buildExtra('0001'));
    await again(() => removeImage('0001'));
    await again(() => buildExtra('0001'));

    expect(ready(watched, '0001')).toMatchObject({ reason: 'FlappingDetected' });
    expect(watched.controller.actor('0001')!.conditions.map(({ type }) => type)).toContain('Stalled');
    expect(watched.controller.actor('0001')!.conditions[0]!.message).toMatch(
      /deleted at .* added at .* deleted again/,
    );
    expect(sizes()).toEqual([5]);
    await watched.controller.reconcileNow(['0001']);
    await watched.idle();
    expect(sizes()).toEqual([4]);
  });

  it('follows a target that goes there and back, whatever was mended under it before', async () => {
    await build([actor('0001', 3)]);
    const watched = await start();
    await removeImage('0001');
    await watched.controller.reconcileNow();
    await watched.idle();
    await rewrite(watched, 'film.yaml', distribution(4));
    expect(sizes()).toEqual([6]);

    await rewrite(watched, 'film.yaml', distribution(2));

    expect(ready(watched, '0001')).toEqual({ status: 'True', reason: 'Balanced' });
    expect(sizes()).toEqual([4]);
  });

  it('tries again when the evaluator is back, and concludes nothing meanwhile', async () => {
    await build([actor('0001', 4)]);
    const watched = watchController(root);
    watched.evaluator.down = new CallsheetError('unavailable', 'the evaluator is down');
    stops.push(watched.start());
    await watched.idle();
    expect(ready(watched, '0001')).toMatchObject({ reason: 'EvaluatorUnavailable' });
    expect(sizes()).toEqual([6]);

    watched.evaluator.down = undefined;
    await until(() => sizes()[0] === 4);
    await watched.idle();
    expect(ready(watched, '0001')).toEqual({ status: 'True', reason: 'Balanced' });
  });

  it('stands by while another leads, and takes over when that one is gone', async () => {
    await build([actor('0001', 2)]);
    const first = await start();
    const second = watchController(root);
    stops.push(second.start());
    await until(() => second.controller.ready().reasons.some(({ code }) => code === 'StandingBy'));
    expect(ofType(second, 'leader')).toEqual([]);

    await removeImage('0001');
    await first.stop();
    await second.idle();

    expect(ofType(second, 'leader')[0]).toMatchObject({
      leading: true,
      message: 'leads with fencing token 2',
    });
    expect(sizes()).toEqual([4]);
  });

  it('proposes anew what a stop left undone of a plan that it had used up', async () => {
    await build([actor('0001', 4), actor('0002', 4), actor('0003', 1)], library('rollout: { canary: 0 }'));
    const first = watchController(root, { generating: { latencyMs: 50 } });
    const stop = first.start();
    stops.push(stop);
    await until(() => ofType(first, 'run-started').length > 0);
    await stop();
    expect(ofType(first, 'run-finished')[0]!.run.status).toBe('interrupted');

    const second = await start();

    expect(sizes()).toEqual([4, 4, 4]);
    expect(ofType(second, 'warning')).toEqual([]);
    expect(ready(second)).toEqual({ status: 'True', reason: 'Synced' });
  });

  it('keeps to the budget of the day', async () => {
    await build(
      [actor('0001', 1), actor('0002', 1), actor('0003', 1)],
      library('limits: { budget: { perDay: 0.10 } }'),
    );
    const watched = await start();

    expect(audit(root).paid).toBe(2);
    expect(ready(watched)).toEqual({ status: 'False', reason: 'BudgetExhausted' });
    expect(ofType(watched, 'budget').at(-1)).toMatchObject({ limitUsd: 0.1 });
  });
});

/** Puts one more picture into an actor's folder and manifest, as somebody else would. */
async function buildExtra(id: string): Promise<void> {
  const folder = `data/actors/${id}/training_data`;
  const path = `${folder}/images/extra-${Date.now()}.png`;
  await writeFile(join(root, path), await colourPicture('photorealistic', 3, Date.now() % 100_000));
  const file = join(root, folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as { images: unknown[] };
  await writeFile(file, JSON.stringify({ ...manifest, images: [...manifest.images, { key: path }] }));
}

async function stateVersions(): Promise<string[]> {
  const folder = join(root, 'state');
  const names = (await readdir(folder, { recursive: true }))
    .filter((name) => name.endsWith('.json') && !name.startsWith('leases'))
    .sort();
  return await Promise.all(names.map(async (name) => `${name} ${(await stat(join(folder, name))).mtimeMs}`));
}

async function until(isTrue: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_500; tries += 1) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it did not come true within fifteen seconds');
}
