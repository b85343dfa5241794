import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CallsheetError } from '../../controller/diagnostics/errors.ts';
import { audit } from '../support/audit.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { quickFolder } from '../support/quick-folder.ts';
import { DoomedDisk } from '../support/soak/doomed-disk.ts';
import { untilIdle } from '../support/until-idle.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { type WatchedController, watchController } from '../support/watch-controller.ts';

const HOUR_MS = 3_600_000;
const ACTORS = ['0001', '0002', '0003', '0004', '0005'];

const LIBRARY = `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: outages }
spec:
  apply: auto
  interval: 2h
  guards: { maxDeleteShare: 100 }
  rollout: { canary: 1, batch: 5 }
`;
const FILM = `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: 4
  categories: { photorealistic: { count: 2 }, bw_stylized: { count: 1 }, color_stylized: { count: 1 } }
`;

// Days pass; on a busy machine that takes a while.
vi.setConfig({ testTimeout: 120_000 });

let root: string;
let clock: VirtualClock;
let watched: WatchedController;
let stop: () => Promise<void>;

/** Actors who lack a picture, under a controller whose time is virtual. */
beforeEach(async () => {
  root = await quickFolder('callsheet-outages-');
  const images = [...some('photorealistic', 1), ...some('bw_stylized', 1), ...some('color_stylized', 1)];
  await buildLibrary(
    root,
    ACTORS.map((id) => ({ id, images })),
    { 'library.yaml': LIBRARY, 'film.yaml': FILM },
  );
  clock = new VirtualClock();
  watched = watchController(root, { clock, timer: clock, statePollMs: HOUR_MS });
});

afterEach(async () => {
  await stop();
  await rm(root, { recursive: true, force: true });
});

async function pass(hours: number): Promise<void> {
  await clock.pass(hours * HOUR_MS, () => untilIdle(() => watched.controller.isIdle()));
}

function counted<Port extends object>(port: Port, method: keyof Port & string): () => number {
  let calls = 0;
  const ask = (port[method] as (...values: unknown[]) => unknown).bind(port);
  Object.assign(port, {
    [method]: (...values: unknown[]) => {
      calls += 1;
      return ask(...values);
    },
  });
  return () => calls;
}

function reasons(): string[] {
  return watched.controller
    .actors()
    .map(({ conditions }) => conditions.map(({ reason }) => reason).join(' '));
}

function conditionChanges(): number {
  return watched.events.filter(({ type }) => type.startsWith('condition-')).length;
}

describe('a day without an evaluator', () => {
  it('is one that one actor asks for now and then; everybody waits, nobody is given up, and all go on when it is back', async () => {
    const asked = counted(watched.evaluator, 'evaluate');
    watched.evaluator.down = new CallsheetError('unavailable', 'the evaluator is down');
    stop = watched.start();
    await pass(1);
    const changes = conditionChanges();
    const before = asked();
    await pass(24);

    expect(asked() - before).toBeLessThan(60);
    expect(reasons()).toEqual(ACTORS.map(() => 'EvaluatorUnavailable Retrying'));
    expect(conditionChanges()).toBe(changes);

    watched.evaluator.down = undefined;
    await pass(2);
    expect(reasons()).toEqual(ACTORS.map(() => 'Balanced'));
  });
});

describe('a library that cannot be listed', () => {
  it('is what the library says, and whether it is ready, until it can be again', async () => {
    const ready = () => watched.controller.library()?.conditions.find(({ type }) => type === 'Ready')?.reason;
    stop = watched.start();
    await pass(3);
    expect(ready()).toBe('Synced');

    const folder = join(root, 'data/actor_manifests');
    await rename(folder, `${folder}.away`);
    await writeFile(folder, '');
    await pass(3);
    expect(ready()).toBe('LibraryUnavailable');
    expect(watched.controller.ready()).toMatchObject({
      ready: true,
      reasons: [{ code: 'LibraryUnavailable' }],
    });

    await rm(folder);
    await rename(`${folder}.away`, folder);
    await pass(3);
    expect(ready()).toBe('Synced');
    expect(watched.controller.ready().reasons).toEqual([]);
  });
});

describe('an evaluator that goes away in the middle of a run', () => {
  it('is what the actors wait for whose pictures have been paid for; they are judged when it is back', async () => {
    const sell = watched.generator.submit.bind(watched.generator);
    watched.generator.submit = async (order) => {
      watched.evaluator.down = new CallsheetError('unavailable', 'the evaluator is down');
      return await sell(order);
    };
    stop = watched.start();
    await pass(3);
    expect(reasons().slice(0, 1)).toEqual(['EvaluatorUnavailable Retrying']);

    watched.generator.submit = sell;
    watched.evaluator.down = undefined;
    await pass(3);
    expect(reasons()).toEqual(ACTORS.map(() => 'Balanced'));
    expect(audit(root)).toMatchObject({ open: [], paid: ACTORS.length });
  });
});

describe('a day without a generator', () => {
  it('is one that one actor asks for now and then, which is nothing new to anybody', async () => {
    const asked = counted(watched.generator, 'submit');
    watched.generator.down = new CallsheetError('unavailable', 'the generator is down');
    stop = watched.start();
    await pass(1);
    const changes = conditionChanges();
    const held = watched.events.filter(({ type }) => type === 'plan-held').length;
    const before = asked();
    await pass(24);

    // An order is sent three times before it is given up.
    expect(asked() - before).toBeLessThan(3 * 60);
    expect(reasons()).toEqual(ACTORS.map(() => 'ProviderUnavailable'));
    const waves = watched.events.filter(({ type }) => type === 'rollout');
    expect(waves.at(-1)).toMatchObject({
      unserved: expect.any(Number),
      message: expect.stringMatching(/, 0 failed; [1-9]\d* of the last wave got nothing from a provider$/),
    });
    expect(conditionChanges()).toBe(changes);
    expect(watched.events.filter(({ type }) => type === 'plan-held')).toHaveLength(held);

    watched.generator.down = undefined;
    await pass(2);
    expect(reasons()).toEqual(ACTORS.map(() => 'Balanced'));
  });
});

describe('a day on which no plan can be written', () => {
  it('is told once, whoever comes meanwhile', async () => {
    stop = watched.start();
    await pass(1);
    const plans = join(root, 'state/plans');
    await rename(plans, `${plans}-aside`);
    await writeFile(plans, 'in the way');
    await writeFile(join(root, 'specs/film.yaml'), FILM.replace('total: 4', 'total: 3').replace('2', '1'));
    await watched.controller.pokeSource();
    for (const id of ['0006', '0007', '0008']) {
      await pass(3);
      await buildLibrary(root, [{ id, images: some('photorealistic', 2) }], {});
    }
    await pass(3);
    const said = watched.events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
    expect(said.filter((message) => message.startsWith('nothing can be planned'))).toHaveLength(1);

    await rm(plans);
    await rename(`${plans}-aside`, plans);
    await pass(1);
    expect(new Set(reasons())).toEqual(new Set(['Balanced']));
  });
});

describe('a disk that is full in the middle of a run', () => {
  it('is waited for however long it takes, and not blamed on the evaluator', async () => {
    using doomed = new DoomedDisk();
    const disk = { isFull: false, isDead: false, changesLeft: Infinity };
    const sell = watched.generator.submit.bind(watched.generator);
    watched.generator.submit = async (order) => {
      disk.isFull = true;
      return await sell(order);
    };
    stop = doomed.run(disk, () => watched.start());
    await pass(3);

    disk.isFull = false;
    watched.generator.submit = sell;
    await pass(7);
    expect(reasons()).toEqual(ACTORS.map(() => 'Balanced'));
    expect(audit(root)).toMatchObject({ open: [], paid: ACTORS.length });
  });
});
