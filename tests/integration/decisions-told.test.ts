import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ControllerEvent } from '../../controller/reconcile/controller-ports.ts';
import { approvePlan } from '../../controller/usecases/approve-plan.ts';
import { rejectPlan } from '../../controller/usecases/decide-plan.ts';
import { loadPlan } from '../../controller/usecases/plan-files.ts';
import { askController } from '../../controller/usecases/reconcile-now.ts';
import { resumeTarget, suspendTarget } from '../../controller/usecases/suspend.ts';
import type { Workspace } from '../../controller/workspace.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';
import { quickFolder } from '../support/quick-folder.ts';
import { type WatchedController, watchController } from '../support/watch-controller.ts';

const LIBRARY = `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: test }
spec: { apply: manual, guards: { maxDeletes: 0 } }
`;
const FILM = `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec: { total: 1, categories: { photorealistic: { count: 1 } } }
`;
const ACTOR = { kind: 'actor', name: '0001' } as const;
const FILMS = { kind: 'distribution', name: 'film' } as const;
const UNTIL = '2099-01-01T00:00:00Z';
const TOLD = ['suspended', 'resumed', 'plan-decided', 'look-requested'];

let root: string;
let stops: (() => Promise<void>)[];
beforeEach(async () => {
  root = await quickFolder('callsheet-told-');
  stops = [];
  const images = some('photorealistic', 2);
  const actors = ['0001', '0002'].map((id) => ({ id, images }));
  await buildLibrary(root, actors, { 'library.yaml': LIBRARY, 'film.yaml': FILM });
});
afterEach(async () => {
  for (const stop of stops) await stop();
  await rm(root, { recursive: true, force: true });
});

async function start(): Promise<WatchedController> {
  const watched = watchController(root);
  stops.push(watched.start());
  await watched.idle();
  return watched;
}

async function stop(): Promise<void> {
  await stops.pop()!();
}

async function asKim<T>(act: (workspace: Workspace) => Promise<T>): Promise<T> {
  const { workspace } = await openColourWorkspace(root);
  await using _ = workspace;
  return await act({ ...workspace, who: 'kim' });
}

function told({ events }: WatchedController) {
  return events
    .filter(({ type }) => TOLD.includes(type))
    .map((event) => {
      const { at: _at, saidAt: _saidAt, ...said } = event as ControllerEvent & { saidAt?: string };
      return said;
    });
}

it('a suspension and its end are told once, by command as by the API', async () => {
  const watched = await start();
  await asKim(async (workspace) => {
    await suspendTarget(workspace, ACTOR, { reason: 'a shoot', until: UNTIL });
    await resumeTarget({ ...workspace, who: 'ada' }, ACTOR);
  });
  await watched.idle();
  await watched.controller.suspend(FILMS, { reason: 'a new look', by: 'ada' });
  await watched.controller.resume(FILMS, 'kim');
  await watched.idle();

  const [actor, film] = [{ what: 'actor "0001"' }, { what: 'distribution "film"' }];
  expect(told(watched)).toEqual([
    { type: 'suspended', ...actor, by: 'kim', reason: 'a shoot', until: UNTIL },
    { type: 'resumed', ...actor, by: 'ada', suspendedBy: 'kim', hasEnded: false },
    { type: 'suspended', ...film, by: 'ada', reason: 'a new look' },
    { type: 'resumed', ...film, by: 'kim', suspendedBy: 'ada', hasEnded: false },
  ]);
});

it('what people say of a plan is told once, and that they want actors looked at', async () => {
  const watched = await start();
  const { plan } = watched.controller.library()!.pending!;
  await asKim(async (workspace) => {
    const pending = await loadPlan(workspace, plan);
    await rejectPlan(workspace, pending, { reason: 'not her', actors: ['0002'] });
    await approvePlan(workspace, pending, { guards: ['max-deletes'], reason: 'meant', by: 'ada' });
  });
  await watched.idle();
  await asKim((workspace) => askController(workspace, ['0001'], { waitMs: 0 }));
  await watched.idle();

  const said = { type: 'plan-decided', plan };
  expect(told(watched)).toEqual([
    { ...said, verdict: 'rejected', by: 'kim', actors: 1, reason: 'not her' },
    { ...said, verdict: 'approved', by: 'ada', guards: ['max-deletes'], reason: 'meant' },
    { type: 'look-requested', by: 'kim', actors: ['0001'] },
  ]);
});

it('what was decided while no controller ran is told at the next start, and nothing again at the one after', async () => {
  const { plan } = (await start()).controller.library()!.pending!;
  await stop();
  await asKim(async (workspace) => {
    await suspendTarget(workspace, ACTOR, { reason: 'a shoot' });
    await rejectPlan(workspace, await loadPlan(workspace, plan), { reason: 'no' });
  });

  expect(told(await start())).toMatchObject([
    { type: 'suspended', what: 'actor "0001"', by: 'kim' },
    { type: 'plan-decided', plan, verdict: 'rejected', by: 'kim' },
  ]);
  await stop();
  expect(told(await start())).toEqual([]);
});
