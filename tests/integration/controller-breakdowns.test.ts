import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFileObjectStore } from '../../controller/object-store/file-object-store.ts';
import { Stores } from '../../controller/object-store/stores.ts';
import { noMetrics } from '../../controller/reconcile/controller-ports.ts';
import { leaveRequest } from '../../controller/reconcile/requests.ts';
import { createObjectStoreState } from '../../controller/state-backend/object-store-state.ts';
import { actorStatusPath, emptyActorStatus } from '../../controller/status/status-document.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { quickFolder } from '../support/quick-folder.ts';
import { watchController } from '../support/watch-controller.ts';

let root: string;
beforeEach(async () => {
  root = await quickFolder('callsheet-breakdowns-');
  await buildLibrary(root, [{ id: '0001', images: some('photorealistic', 1) }]);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(root, { recursive: true, force: true });
});

describe('a request that waits when a controller begins', () => {
  it('is taken up when it is known who there is: what stalled the actor is forgotten', async () => {
    await buildLibrary(root, [{ id: '0001', images: some('photorealistic', 1) }], {
      'library.yaml':
        'apiVersion: callsheet.dev/v1\nkind: Library\nmetadata: { name: test }\nspec: { apply: manual }\n',
    });
    await mkdir(join(root, 'state'), { recursive: true });
    const state = createObjectStoreState(createFileObjectStore({ root: join(root, 'state') }));
    await state.write(actorStatusPath('0001'), { ...emptyActorStatus('0001'), fruitless: 9 });
    await leaveRequest(state, { token: 't', actors: ['0001'], by: 'somebody', at: '2026-11-22T12:00:00Z' });

    // A bucket that takes its time to be listed.
    const at = Stores.prototype.at;
    vi.spyOn(Stores.prototype, 'at').mockImplementation(async function (this: Stores, location) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return await at.call(this, location);
    });
    const { controller, idle, start } = watchController(root);
    const stop = start();
    await idle();
    expect(controller.actor('0001')!.conditions[0]!.reason).toBe('AwaitingApproval');
    await stop();
  });
});

describe('a controller that does not know yet who there is', () => {
  it('says so to whoever asks for an actor, and of nobody that there is no such actor', async () => {
    const begun = Promise.withResolvers<void>();
    const listed = Promise.withResolvers<void>();
    const at = Stores.prototype.at;
    vi.spyOn(Stores.prototype, 'at').mockImplementation(async function (this: Stores, location) {
      begun.resolve();
      await listed.promise;
      return await at.call(this, location);
    });
    const { controller, idle, start } = watchController(root);
    const stop = start();
    await begun.promise;
    await expect(controller.reconcileNow(['0001'])).rejects.toMatchObject({
      code: 'unavailable',
      message: 'the library is being listed',
    });

    listed.resolve();
    await idle();
    expect(await controller.reconcileNow(['0001'])).toEqual({ accepted: 1 });
    await expect(controller.reconcileNow(['0009'])).rejects.toMatchObject({ code: 'not-found' });
    await stop();
  });
});

describe('a controller that breaks down', () => {
  it('is not alive while it does so again and again, and is once it has led for a while', async () => {
    const timer = new FakeClock();
    let isBroken = true;
    const metrics = {
      ...noMetrics,
      queue() {
        if (isBroken) throw new Error('a bug');
      },
    };
    const { controller, start } = watchController(root, { timer, metrics, statePollMs: 60_000 });
    const stop = start();
    const until = async (holds: () => boolean) => {
      while (!holds()) await timer.advance(1_000);
    };
    await until(() => !controller.health().ready);
    isBroken = false;
    await until(() => controller.ready().reasons.length === 0);
    expect(controller.health().ready).toBe(false);

    await timer.advance(600_000);
    expect(controller.health().ready).toBe(true);
    isBroken = true;
    await until(() => controller.ready().reasons.length > 0);
    expect(controller.health().ready).toBe(true);
    await stop();
  });

  it('keeps nobody waiting who asks it when it has ended', async () => {
    const { controller, idle, start } = watchController(root);
    const stop = start();
    await idle();
    const asked = controller.pokeState();
    await stop();

    await asked;
    await controller.pokeSource();
  });
});
