import { createHmac } from 'node:crypto';
import { mkdir, readdir, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { watchFolder } from '../../controller/reconcile/watch-folder.ts';
import { systemClock } from '../../controller/runtime/clock.ts';
import { createLogger } from '../../controller/runtime/logger.ts';
import { prepareServing } from '../../controller/server/serve-controller.ts';
import { readServerSettings } from '../../controller/server/server-settings.ts';
import { recallSpecs } from '../../controller/wire-recall.ts';
import { openSpecSource } from '../../controller/wire-specs.ts';
import { audit } from '../support/audit.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { createGitRepo, type GitRepo } from '../support/git-repo.ts';
import { quickFolder } from '../support/quick-folder.ts';
import { type WatchedController, type WatchedOptions, watchController } from '../support/watch-controller.ts';

// What is waited for comes when a loaded machine has time for it.
vi.setConfig({ testTimeout: 60_000 });

function library(interval = '1h'): string {
  return `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: sources }
spec:
  apply: auto
  interval: ${interval}
  guards: { maxDeleteShare: 100 }
`;
}

function film(photorealistic: number): string {
  return `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: ${photorealistic}
  tolerance: { images: 0 }
  categories: { photorealistic: { count: ${photorealistic} } }
`;
}

let root: string;
let ends: (() => Promise<void>)[];

beforeEach(async () => {
  root = await quickFolder('callsheet-sources-');
  ends = [];
  await buildLibrary(root, [{ id: '0001', images: some('photorealistic', 3) }], {
    'library.yaml': library(),
    'film.yaml': film(3),
  });
});

afterEach(async () => {
  for (const end of ends.reverse()) await end();
  await rm(root, { recursive: true, force: true });
});

async function start(options: WatchedOptions): Promise<WatchedController & { stop: () => Promise<void> }> {
  const watched = watchController(root, options);
  const stop = watched.start();
  ends.push(stop);
  await watched.idle();
  return { ...watched, stop };
}

async function until(holds: () => boolean | undefined): Promise<void> {
  while (holds() !== true) await new Promise((resolve) => setTimeout(resolve, 10));
}

function ready({ controller }: WatchedController) {
  return controller.library()?.conditions.find(({ type }) => type === 'Ready');
}

function rewriting({ controller }: WatchedController) {
  return controller.library()?.conditions.find(({ type }) => type === 'HistoryRewritten');
}

function size(): number {
  return audit(root).sets.get('0001')!.length;
}

function revisions({ events }: WatchedController): number {
  return events.filter(({ type }) => type === 'revision-loaded').length;
}

describe('a folder that is watched', () => {
  const spec = (name: string) => join(root, 'specs', name);
  const watching = (): WatchedOptions => ({
    settleMs: 30,
    watch: (onChange) => watchFolder(join(root, 'specs'), onChange),
  });

  it('is noticed when a file is replaced, as editors do, whose temporary files are nothing new', async () => {
    const watched = await start(watching());
    await writeFile(spec('.film.yaml.swp'), 'b0VIM 9.0');
    await writeFile(spec('film.yaml~'), film(9));
    await writeFile(spec('4913'), '');
    await unlink(spec('4913'));
    await mkdir(spec('.git'), { recursive: true });
    await writeFile(spec('.git/index.lock'), '');
    await writeFile(spec('.film.yaml.tmp'), film(2));
    await rename(spec('.film.yaml.tmp'), spec('film.yaml'));

    await until(() => size() === 2);
    expect(revisions(watched)).toBe(2);
    await unlink(spec('.film.yaml.swp'));
    await watched.controller.pokeSource();
    expect(revisions(watched)).toBe(2);
  });

  it('keeps the last good revision in force while a spec is broken, and goes on when it is mended', async () => {
    const watched = await start(watching());
    await writeFile(spec('film.yaml'), film(2).replace('total: 2', 'total: two'));
    await until(() => ready(watched)?.reason === 'SpecsInvalid');
    expect(ready(watched)?.message).toContain('film.yaml:5');
    expect(size()).toBe(3);

    await writeFile(spec('film.yaml'), film(2));
    await until(() => size() === 2 && ready(watched)?.reason === 'Synced');
  });

  it('is out of reach when it is gone, and wrong when it is empty', async () => {
    const watched = await start(watching());
    await rename(join(root, 'specs'), join(root, 'elsewhere'));
    await until(() => ready(watched)?.reason === 'SourceUnavailable');
    expect(ready(watched)?.message).toContain('it does not exist');

    await mkdir(join(root, 'specs'));
    await until(() => ready(watched)?.reason === 'SpecsInvalid');
    await rm(join(root, 'specs'), { recursive: true });
    await rename(join(root, 'elsewhere'), join(root, 'specs'));
    await until(() => ready(watched)?.reason === 'Synced');
    expect([size(), revisions(watched)]).toEqual([3, 1]);
  });

  it('goes on under the last good revision also after a restart, and says what is wrong', async () => {
    const first = await start({});
    await first.stop();
    await writeFile(spec('film.yaml'), 'kind: [');
    const [gone] = await readdir(join(root, 'data/actors/0001/training_data/images'));
    await unlink(join(root, 'data/actors/0001/training_data/images', gone!));

    const second = await start({});

    expect(ready(second)).toMatchObject({ status: 'False', reason: 'SpecsInvalid' });
    expect(second.controller.ready().ready).toBe(true);
    // Drift is repaired as before.
    expect(size()).toBe(3);
    expect(second.controller.library()!.revision).toBe(first.controller.library()!.revision);

    await writeFile(spec('film.yaml'), film(2));
    await second.controller.pokeSource();
    await second.idle();
    expect(size()).toBe(2);
    expect(ready(second)).toMatchObject({ status: 'True', reason: 'Synced' });
  });

  it('is not called mended when only what was in force has been found', async () => {
    const first = await start({});
    await first.stop();
    await writeFile(spec('film.yaml'), 'kind: [');
    let isAway = true;
    const watched = watchController(root, {
      async recall(head, signal) {
        if (isAway) return undefined;
        return await recallSpecs(head, { key: root, env: {}, root, clock: systemClock }, signal);
      },
    });
    ends.push(watched.start());
    await watched.controller.pokeSource();
    isAway = false;
    await watched.controller.pokeSource();
    await watched.idle();

    expect(ready(watched)?.reason).toBe('SpecsInvalid');
    const about = watched.events.filter(({ type }) => type.startsWith('source-'));
    expect(about.map(({ type }) => type)).toEqual(['source-failed']);
  });

  it.each([
    ['is below a file', 'file:newstate/deep'],
    ['is no database', 'postgres://127.0.0.1:1/nowhere'],
  ])('keeps the last good revision in force and at work while state %s', async (_, place) => {
    const watched = await start(watching());
    const { revision } = watched.controller.library()!;
    await writeFile(join(root, 'newstate'), 'a file');
    await writeFile(spec('library.yaml'), `${library()}  state: ${place}\n`);

    await until(() => ready(watched)?.reason === 'LibraryUnavailable');
    expect(watched.controller.library()!.revision).toBe(revision);
    expect(watched.controller.ready()).toMatchObject({
      ready: true,
      reasons: [{ code: 'LibraryUnavailable' }],
    });
    const [gone] = await readdir(join(root, 'data/actors/0001/training_data/images'));
    await unlink(join(root, 'data/actors/0001/training_data/images', gone!));
    await watched.controller.reconcileNow();
    await until(() => size() === 3);
    expect(watched.events.filter(({ type }) => type === 'leader')).toHaveLength(1);

    await writeFile(spec('library.yaml'), `${library()}  state: file:newstate-that-can-be\n`);
    await until(() => ready(watched)?.reason === 'Synced' && revisions(watched) === 2);
  });

  it('does nothing at a first start under specs that cannot be used', async () => {
    await writeFile(spec('film.yaml'), 'kind: [');
    const watched = watchController(root, {});
    ends.push(watched.start());
    await watched.controller.pokeSource();
    expect(watched.controller.ready()).toMatchObject({ ready: false, reasons: [{ code: 'SpecsInvalid' }] });
    expect(size()).toBe(3);
  });
});

describe('a controller that is to do what can be done and end', () => {
  it('ends when there have never been specs that can be used', async () => {
    await writeFile(join(root, 'specs/film.yaml'), 'kind: [');
    const { controller, events } = watchController(root);
    await controller.run(new AbortController().signal, 'idle');
    expect(controller.library()).toBeUndefined();
    expect(events).toMatchObject([{ type: 'source-failed', reason: 'SpecsInvalid' }]);
  });
});

describe('a git branch', () => {
  let repo: GitRepo;
  beforeEach(async () => {
    repo = await createGitRepo();
    ends.push(async () => await repo[Symbol.asyncDispose]());
    await repo.commit({ 'specs/library.yaml': library('100ms'), 'specs/film.yaml': film(3) });
  });
  const following = (): WatchedOptions => ({
    source: openSpecSource(`${repo.originUrl}#main:specs`, {
      root,
      env: {
        PATH: process.env.PATH,
        HOME: repo.folder,
        GIT_CONFIG_GLOBAL: '/dev/null',
        CALLSHEET_CACHE: join(repo.folder, 'cache'),
      },
    }),
  });

  it('is asked at every interval', async () => {
    const watched = await start(following());
    await repo.commit({ 'specs/film.yaml': film(2) });
    await until(() => size() === 2);
    expect(watched.controller.library()!.revision).toMatch(/^main@sha1:[0-9a-f]{40}$/);
  });

  it('may be pushed by force: what is there now is in force, whatever was before', async () => {
    await repo.commit({ 'specs/film.yaml': film(4) });
    const watched = await start(following());
    expect(size()).toBe(4);
    await repo.git('reset', '--quiet', '--hard', 'HEAD~1');
    const rewritten = await repo.commit({ 'specs/film.yaml': film(2) }, 'Another history', ['--amend']);
    await until(() => watched.controller.library()?.revision === `main@sha1:${rewritten}`);
    await until(() => size() === 2);

    // It is said, also by the next controller, until the branch goes on from there.
    await until(() => rewriting(watched) !== undefined);
    expect(rewriting(watched)).toMatchObject({ status: 'True', reason: 'ForcedPush' });
    expect(rewriting(watched)!.message).toContain(`not in the history of main@sha1:${rewritten}`);
    await watched.stop();
    const next = await start(following());
    expect(rewriting(next)).toMatchObject({ reason: 'ForcedPush' });
    await repo.commit({ 'specs/film.yaml': film(3) });
    await until(() => size() === 3 && rewriting(next) === undefined);
  });

  it('that was pushed by force while no controller ran is told from one that has gone on', async () => {
    const first = await start(following());
    await first.stop();
    await repo.commit({ 'specs/film.yaml': film(4) });
    const second = await start(following());
    await until(() => size() === 4);
    expect(rewriting(second)).toBeUndefined();
    await second.stop();
    await repo.commit({ 'specs/film.yaml': film(2) }, 'Another history', ['--amend']);

    const third = await start(following());
    await until(() => rewriting(third) !== undefined && size() === 2);
  });

  it('that is deleted changes nothing but the condition, over a restart too', async () => {
    const watched = await start(following());
    const { revision } = watched.controller.library()!;
    await repo.gitInOrigin('update-ref', '-d', 'refs/heads/main');
    await until(() => ready(watched)?.reason === 'RevisionMissing');
    expect(watched.events.filter(({ type }) => type === 'source-failed')).toMatchObject([
      { reason: 'RevisionMissing' },
    ]);
    await watched.stop();

    const again = await start(following());
    expect(ready(again)).toMatchObject({ status: 'False', reason: 'RevisionMissing' });
    expect(again.controller.library()!.revision).toBe(revision);
    expect(size()).toBe(3);
  });

  it('is looked at by the controller that leads although one that stands by was told of the push', async () => {
    await repo.commit({ 'specs/library.yaml': library('1h') });
    await start(following());
    const standby = watchController(root, following());
    ends.push(standby.start());
    await until(() => standby.controller.ready().reasons.some(({ code }) => code === 'StandingBy'));
    await repo.commit({ 'specs/film.yaml': film(2) });

    await standby.controller.pokeSource();
    await until(() => size() === 2);
  });

  it('has its plan written at once after a push, when a webhook tells of it', async ({ annotate }) => {
    await repo.commit({ 'specs/library.yaml': library('1h') });
    const env = { CALLSHEET_WEBHOOK_SECRET: 'a-webhook-secret', XDG_RUNTIME_DIR: join(root, 'run') };
    const logger = await createLogger({
      level: 'error',
      format: 'json',
      sink: { write: () => true },
      clock: systemClock,
      secrets: [],
    });
    const settings = await readServerSettings(env, '127.0.0.1:0');
    const facts = {
      settings,
      version: '0',
      env,
      logger,
      secrets: [],
      clock: systemClock,
      random: Math.random,
    };
    const serving = prepareServing(facts);
    const watched = await start(following());
    const server = await serving.start(watched.controller);
    ends.push(async () => await server[Symbol.asyncDispose]());
    await repo.commit({ 'specs/film.yaml': film(2) });
    const from = watched.events.length;

    const body = JSON.stringify({ ref: 'refs/heads/main' });
    const signature = createHmac('sha256', 'a-webhook-secret').update(body).digest('hex');
    const pushedMs = performance.now();
    const answer = await fetch(`${server.url}/hooks/git`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-github-event': 'push',
        'x-github-delivery': 'd-1',
        'x-hub-signature-256': `sha256=${signature}`,
      },
      body,
    });
    const types = () => watched.events.slice(from).map(({ type }) => type);
    await until(() => types().includes('plan-written'));
    await annotate(`from push to written plan: ${Math.round(performance.now() - pushedMs)} ms`);

    expect(answer.ok).toBe(true);
    // Nothing but the push had it look: the interval is an hour.
    expect(performance.now() - pushedMs).toBeLessThan(50_000);
    const order = types();
    expect(order.indexOf('revision-loaded')).toBeLessThan(order.indexOf('plan-written'));
    expect(watched.events.slice(from).find(({ type }) => type === 'plan-written')).toMatchObject({
      revision: expect.stringMatching(/^main@sha1:/),
      delete: 1,
    });
  });
});
