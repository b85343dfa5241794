import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { joinCrew } from '../../controller/wire-crew.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { PostgresServer } from '../support/postgres-server.ts';
import { quickFolder } from '../support/quick-folder.ts';
import { S3Server } from '../support/s3-server.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { type WatchedController, type WatchedOptions, watchController } from '../support/watch-controller.ts';

/** Where state is, how it goes away, and how it comes back. */
interface Place extends AsyncDisposable {
  readonly url: string;
  readonly options?: WatchedOptions;
  leave(): Promise<void>;
  comeBack(): Promise<void>;
}

let root: string;
let clock: VirtualClock;
let place: Place | undefined;
let stops: (() => Promise<void>)[];

beforeEach(async () => {
  root = await quickFolder('callsheet-state-away-');
  clock = new VirtualClock();
  stops = [];
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => clock.passUntil(stop())));
  await place?.[Symbol.asyncDispose]();
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

async function start({ url, options }: Place): Promise<WatchedController> {
  await buildLibrary(root, [{ id: '0001', images: some('photorealistic', 2) }], {
    'library.yaml': `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: away }
spec: { state: '${url}', apply: manual }
`,
  });
  const watched = watchController(root, {
    ...options,
    clock,
    timer: clock,
    statePollMs: 1_000,
    leaseMs: 2_000,
  });
  stops.push(watched.start());
  return watched;
}

async function until(holds: () => boolean): Promise<void> {
  const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 10));
  for (const endMs = Date.now() + 60_000; !holds(); ) {
    if (Date.now() > endMs) throw new Error('it did not come true within a minute');
    await clock.pass(2_000, settle);
  }
}

const codes = ({ controller }: WatchedController): string[] =>
  controller.ready().reasons.map(({ code }) => code);

async function folder(): Promise<Place> {
  const path = join(root, 'kept');
  return {
    url: 'file:kept/',
    async leave() {
      await rename(path, `${path}.away`);
      await writeFile(path, '');
    },
    async comeBack() {
      await rm(path);
      await rename(`${path}.away`, path);
    },
    async [Symbol.asyncDispose]() {},
  };
}

async function bucket(): Promise<Place> {
  let isAway = false;
  const server = await S3Server.start({ faults: () => (isAway ? 'reset-before' : undefined) });
  vi.stubEnv('AWS_ENDPOINT_URL_S3', server.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  return {
    url: 's3://bucket/state/',
    async leave() {
      isAway = true;
    },
    async comeBack() {
      isAway = false;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function database(): Promise<Place> {
  const server = await PostgresServer.start();
  vi.stubEnv('DATABASE_URL', await server.createDatabase());
  return {
    url: 'postgres://',
    options: { share: ({ settings }, signal) => joinCrew({ url: settings.state }, signal) },
    leave: () => server.crash(),
    comeBack: () => server.launch(),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const away = { ready: false, reasons: [{ code: 'StateUnavailable' }] };
const isOut = ({ controller }: WatchedController) => !controller.leads() && !controller.ready().ready;

describe.each([
  ['a folder', folder],
  ['a bucket', bucket],
])('state in %s', (_name, open) => {
  it('that goes away leaves nobody to lead: who led and who stood by are not ready, until it is back', async () => {
    place = await open();
    const leader = await start(place);
    await until(() => leader.controller.ready().ready && codes(leader).length === 0);
    const other = await start(place);
    await until(() => codes(other).includes('StandingBy'));
    expect(other.controller.ready().ready).toBe(true);

    await place.leave();
    await until(() => isOut(leader) && isOut(other));
    for (const { controller } of [leader, other]) {
      expect(controller.ready()).toMatchObject(away);
      expect(controller.health().ready).toBe(true);
    }

    await place.comeBack();
    await until(() => leader.controller.ready().ready && other.controller.ready().ready);
    await until(() => codes(leader).length + codes(other).length === 1);
    expect([...codes(leader), ...codes(other)]).toEqual(['StandingBy']);
  }, 120_000);
});

describe('state in a database', () => {
  it('that goes away has its controller not ready at once, while it is still waited for, and until it is back', async () => {
    place = await database();
    const watched = await start(place);
    const { controller } = watched;
    await until(() => controller.leads() && controller.ready().reasons.length === 0);

    await place.leave();
    await until(() => isOut(watched));
    expect(controller.ready()).toMatchObject(away);

    await place.comeBack();
    await until(() => controller.leads() && controller.ready().reasons.length === 0);
  }, 120_000);
});
