import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { directorySpecSource } from '../../controller/spec-source/directory-spec-source.ts';
import { joinCrew } from '../../controller/wire-crew.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { PostgresServer } from '../support/postgres-server.ts';
import { type WatchedController, type WatchedOptions, watchController } from '../support/watch-controller.ts';

let server: PostgresServer;
let root: string;
let stops: (() => Promise<void>)[];

beforeAll(async () => {
  server = await PostgresServer.start();
}, 60_000);
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-revisions-'));
  vi.stubEnv('DATABASE_URL', await server.createDatabase());
  stops = [];
  await buildLibrary(root, [{ id: '0001', images: some('photorealistic', 2) }], {
    'library.yaml': `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: revisions }
spec: { state: 'postgres://', interval: 1h, apply: manual }
`,
    'film.yaml': film(2),
  });
});
afterEach(async () => {
  await Promise.all(stops.map((stop) => stop()));
  vi.unstubAllEnvs();
  await rm(root, { recursive: true, force: true });
});

function film(total: number): string {
  return `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec: { total: ${total}, categories: { photorealistic: { count: ${total} } } }
`;
}

function start(options: WatchedOptions = {}): WatchedController {
  const watched = watchController(root, {
    share: ({ settings }, signal) => joinCrew({ url: settings.state }, signal),
    ...options,
  });
  stops.push(watched.start());
  return watched;
}

async function until(isTrue: () => boolean): Promise<void> {
  for (const endMs = Date.now() + 90_000; Date.now() < endMs; ) {
    if (isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it did not come true within ninety seconds');
}

function revision({ events }: WatchedController): string | undefined {
  return events.findLast((event) => event.type === 'revision-loaded')?.revision;
}

describe('replicas whose sources differ', () => {
  it('work under the revision of the one that leads, also where it is not their own', async () => {
    const leader = start();
    await until(() => leader.controller.actor('0001') !== undefined);

    const other = join(root, 'specs-of-another-clone');
    await cp(join(root, 'specs'), other, { recursive: true });
    await writeFile(join(other, 'film.yaml'), film(7));
    const source = directorySpecSource({ directory: other });
    const follower = start({ source });
    await until(() => revision(follower) !== undefined && revision(follower) === revision(leader));
    expect(follower.events.filter(({ type }) => type === 'leader')).toEqual([]);
    expect(follower.controller.ready()).toMatchObject({ ready: true, reasons: [{ code: 'StandingBy' }] });

    await writeFile(join(root, 'specs/film.yaml'), film(3));
    // A webhook may reach the one that does not lead.
    await follower.controller.pokeSource();
    // Whichever of them looks at it: it does so under the new revision.
    await until(() => leader.controller.plans!().some(({ total }) => total.target === 3));
  }, 120_000);
});
