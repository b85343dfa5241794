import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchFolder } from '../../controller/reconcile/watch-folder.ts';
import { steadyClock } from '../../controller/runtime/clock.ts';
import { StandbyApi } from '../../controller/server/standby-api.ts';
import { StateApi } from '../../controller/server/state-api.ts';
import { mountDashboard } from '../../controller/server/ui/dashboard.ts';
import { FollowedLibrary } from '../../controller/server/ui/followed-library.ts';
import { directorySpecSource } from '../../controller/spec-source/directory-spec-source.ts';
import { keepPlan } from '../../controller/usecases/plan-files.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { openWorkspace, type WorkspaceOptions } from '../../controller/wire.ts';
import { startApiServer } from '../support/api-server.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { ColourEvaluator } from '../support/colour-evaluator.ts';
import { serve } from '../support/dashboard.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';
import { watchController } from '../support/watch-controller.ts';

// A browser on a machine that many share takes its time; every wait below ends by itself.
vi.setConfig({ testTimeout: 90_000 });

const SOON = { timeout: 20_000 };
const LIBRARY = `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: harbour }
spec:
  state: file:state
  apply: manual
  interval: 1h
`;
const FILM = (total: number) => `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: ${total}
  tolerance: { images: 0 }
  categories:
    photorealistic: { share: 100 }
`;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-follow-'));
  await buildLibrary(root, [{ id: '0001', images: some('photorealistic', 3) }], {
    'library.yaml': LIBRARY,
    'film.yaml': FILM(3),
  });
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

async function text(url: string): Promise<string> {
  return await (await fetch(url)).text();
}

describe('a dashboard without a controller', () => {
  it('follows the specs, and keeps the last good ones while new ones cannot be used', async () => {
    const specs = join(root, 'specs');
    const opening: WorkspaceOptions = {
      specs,
      version: '0.0.0-test',
      providers: { evaluator: () => new ColourEvaluator() },
    };
    const first = await openWorkspace(opening);
    await keepPlan(first, await planLibrary(first, { refresh: true }), '');
    await using library = new FollowedLibrary(first, {
      source: directorySpecSource({ directory: specs }),
      timer: steadyClock,
      random: Math.random,
      settleMs: 10,
      open: (loaded) => openWorkspace({ ...opening, loaded }),
      watch: (onChange) => watchFolder(specs, onChange),
    });
    await using dashboard = await serve(library);
    expect(await text(`${dashboard.url}/actors/0001`)).toContain('of 3');

    await writeFile(join(specs, 'film.yaml'), FILM(2));
    await expect.poll(() => text(`${dashboard.url}/actors/0001`), SOON).toContain('of 2');
    await expect.poll(() => text(dashboard.url), SOON).toContain('The specs have changed since');

    await writeFile(join(specs, 'film.yaml'), FILM(-1));
    await expect
      .poll(() => text(dashboard.url), SOON)
      .toMatch(/The newest specs are not in force\.<\/b>[^<]*film\.yaml:5/);
    expect(await text(`${dashboard.url}/actors/0001`)).toContain('of 2');

    await writeFile(join(specs, 'film.yaml'), FILM(3));
    await expect.poll(() => text(`${dashboard.url}/actors/0001`), SOON).toContain('of 3');
    await expect.poll(() => text(dashboard.url), SOON).not.toContain('not in force');
    expect(await text(dashboard.url)).not.toContain('The specs have changed');
  });
});

describe('a controller that stands by', () => {
  it('tells what is in the state, and leaves what it is asked there for the one that leads', async () => {
    const leader = watchController(root);
    const stopLeader = leader.start();
    await leader.idle();
    const second = watchController(root, { statePollMs: 500 });
    const stopSecond = second.start();
    try {
      await expect.poll(() => second.controller.ready().ready, SOON).toBe(true);
      const access = {
        use: <R>(work: Parameters<typeof second.controller.use<R>>[0]) => second.controller.use(work),
      };
      const { workspace } = await openColourWorkspace(root);
      await using _open = workspace;
      const api = new StandbyApi(second.controller, new StateApi(access));
      await using server = await startApiServer(workspace, { api, pages: mountDashboard });
      const actors = async () => {
        const answer = await fetch(`${server.server.url}/api/v1/actors`);
        return ((await answer.json()) as { items: { actor: string; ready: { reason: string } }[] }).items;
      };

      await expect.poll(actors, SOON).toMatchObject([{ actor: '0001', ready: { reason: 'Balanced' } }]);
      expect(second.controller.actors()).toEqual([]);
      expect(await text(server.server.url)).toContain('Another controller leads');
      expect(await text(`${server.server.url}/actors/0001`)).toContain('Another controller leads');
      const before = leader.events.filter(({ type }) => type === 'reconciled').length;
      const asked = await fetch(`${server.server.url}/api/v1/reconcile`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-callsheet-request': '1' },
        body: '{"actors":["0001"]}',
      });
      expect([asked.status, await asked.json()]).toEqual([202, { accepted: 1 }]);
      await expect
        .poll(() => leader.events.filter(({ type }) => type === 'reconciled').length, SOON)
        .toBeGreaterThan(before);

      await stopLeader();
      await expect.poll(() => second.controller.ready().reasons, SOON).toEqual([]);
      await second.idle();
      expect(second.controller.actors()).toHaveLength(1);
      expect(api.actors()).toEqual(second.controller.actors());
      await expect.poll(() => text(server.server.url), SOON).not.toContain('Another controller leads');
    } finally {
      await stopSecond();
    }
  });
});

describe('a plan that waits', () => {
  it('is said to wait for its window while that is shut, and for a decision when it is one that is missing', async () => {
    const windows = `  windows: [{ schedule: "0 3 29 2 *", duration: 1h }]\n`;
    await writeFile(join(root, 'specs/library.yaml'), LIBRARY + windows);
    await writeFile(join(root, 'specs/film.yaml'), FILM(2));
    const leader = watchController(root);
    const stop = leader.start();
    try {
      await leader.idle();
      const { workspace } = await openColourWorkspace(root);
      await using _open = workspace;
      const api = leader.controller;
      await using server = await startApiServer(workspace, { api, pages: mountDashboard });
      const page = async () => (await text(server.server.url)).replaceAll(/<[^>]*>/g, '');

      await expect
        .poll(page, SOON)
        .toMatch(/A plan waits\. Planned; the next window opens at \d{4}-02-29T03:00:00\.000Z\. 1 to delete/);
      expect(await page()).not.toContain('waits for a decision');

      await writeFile(join(root, 'specs/library.yaml'), LIBRARY);
      await api.pokeSource();
      await expect.poll(page, SOON).toContain('A plan waits for a decision: 1 to delete');
    } finally {
      await stop();
    }
  });
});
