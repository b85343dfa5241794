import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readActorStory } from '../../controller/server/ui/actor-view.ts';
import { stoppedBy } from '../../controller/server/ui/fleet-facts.ts';
import { StateIndex } from '../../controller/server/ui/state-index.ts';
import { nameOf, resumeTarget, suspendTarget } from '../../controller/usecases/suspend.ts';
import { audit } from '../support/audit.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';
import { quickFolder } from '../support/quick-folder.ts';
import { untilIdle } from '../support/until-idle.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { type WatchedController, watchController } from '../support/watch-controller.ts';

const HOUR_MS = 3_600_000;
const UNTIL = '2026-11-22T13:00:00Z';
const SUSPEND = `suspend: { reason: "new photographs", until: "${UNTIL}" }`;

function library(more = ''): string {
  return `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: test }
spec:
  apply: auto
  interval: 6h
  guards: { maxDeleteShare: 100 }
  ${more}
`;
}

function film(more = ''): string {
  return `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: 4
  categories: { photorealistic: { count: 2 }, bw_stylized: { count: 1 }, color_stylized: { count: 1 } }
  ${more}
`;
}

let root: string;
let clock: VirtualClock;
let watched: WatchedController;
let stop: (() => Promise<void>) | undefined;
beforeEach(async () => {
  root = await quickFolder('callsheet-suspension-');
  clock = new VirtualClock(Date.parse('2026-11-22T12:00:00Z'));
  watched = watchController(root, { clock, timer: clock, statePollMs: 60_000 });
});
afterEach(async () => {
  await stop?.();
  await rm(root, { recursive: true, force: true });
});

async function build(specs: { readonly library?: string; readonly film?: string } = {}): Promise<void> {
  const images = [...some('photorealistic', 1), ...some('bw_stylized', 1), ...some('color_stylized', 1)];
  await buildLibrary(root, [{ id: '0001', images }], {
    'library.yaml': library(specs.library),
    'film.yaml': film(specs.film),
  });
}

async function pass(hours: number): Promise<void> {
  await clock.pass(hours * HOUR_MS, () => untilIdle(() => watched.controller.isIdle()));
}

function messages(): (string | undefined)[] {
  const { controller } = watched;
  return [controller.library(), controller.actor('0001')].map((status) => status?.conditions[0]?.message);
}

describe('a suspension', () => {
  it.each([
    ['of the library in the specs', { library: SUSPEND }],
    ['of a distribution in the specs', { film: SUSPEND }],
    ['of the library by command', {}],
  ])('%s is over at its end, for the library’s condition too', async (name, specs) => {
    await build(specs);
    if (name.endsWith('command')) {
      const { workspace } = await openColourWorkspace(root);
      await using _ = workspace;
      const request = { reason: 'new photographs', until: UNTIL };
      await suspendTarget({ ...workspace, clock }, { kind: 'library' }, request);
    }
    stop = watched.start();
    await pass(0.9);
    expect(audit(root).paid).toBe(0);
    expect(messages()[1]).toBe(`Suspended: new photographs (until ${UNTIL}). 1 action is held back.`);
    await pass(0.2);

    expect(audit(root).paid).toBe(1);
    expect(watched.controller.actor('0001')!.conditions[0]).toMatchObject({ reason: 'Balanced' });
    expect(watched.controller.library()!.conditions[0]).toMatchObject({ reason: 'Synced' });
    const ended = watched.events.flatMap((event) => (event.type === 'resumed' ? [event.hasEnded] : []));
    expect(ended).toEqual([true]);
  });

  it('that somebody has ended before its time, or put off, is not told to have ended by itself', async () => {
    await build();
    const { workspace: opened } = await openColourWorkspace(root);
    await using _ = opened;
    const workspace = { ...opened, clock };
    const request = { reason: 'new photographs', until: UNTIL };
    await suspendTarget(workspace, { kind: 'library' }, request);
    await suspendTarget(workspace, { kind: 'actor', name: '0001' }, request);
    stop = watched.start();
    await pass(0.9);
    await resumeTarget(workspace, { kind: 'library' });
    const later = '2026-11-22T14:00:00Z';
    await suspendTarget(workspace, { kind: 'actor', name: '0001' }, { ...request, until: later });
    clock.step(0.2 * HOUR_MS);
    await pass(0.1);
    const ended = () => watched.events.filter((event) => event.type === 'resumed' && event.hasEnded);
    expect(ended()).toEqual([]);
    await pass(1);

    expect(ended()).toMatchObject([{ what: 'actor "0001"' }]);
  });

  it('is told with who, why and until when, and anew when that changes, but not by each who begins to lead', async () => {
    await build();
    stop = watched.start();
    await pass(0.1);
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    const suspend = async (request: { readonly reason: string; readonly until?: string }) => {
      await suspendTarget({ ...workspace, clock, who: 'ada' }, { kind: 'actor', name: '0001' }, request);
      await pass(0.1);
    };
    await suspend({ reason: 'new photographs' });
    await suspend({ reason: 'new photographs', until: UNTIL });
    await stop();
    stop = watched.start();
    await pass(0.1);

    const told = watched.events.filter(({ type }) => type === 'suspended' || type === 'resumed');
    const suspended = { what: 'actor "0001"', by: 'ada', reason: 'new photographs' };
    expect(told).toMatchObject([suspended, { ...suspended, until: UNTIL }]);
  });

  it('of a library in which there is nothing to do is over at its end', async () => {
    await build({ library: SUSPEND, film: 'tolerance: { points: 60 }' });
    stop = watched.start();
    await pass(0.9);
    expect(messages()[0]).toBe(`Suspended: new photographs (until ${UNTIL}).`);
    await pass(0.2);

    expect(watched.controller.library()!.conditions[0]).not.toMatchObject({ reason: 'Suspended' });
  });

  it('that has ended by itself cannot be resumed any more, and no page shows it', async () => {
    await build();
    const { workspace: opened } = await openColourWorkspace(root);
    await using _ = opened;
    const workspace = { ...opened, clock };
    const shown = async () => {
      const story = await readActorStory(workspace, '0001', { index: new StateIndex(), status: undefined });
      return [(await stoppedBy(workspace))?.reason, story.suspended?.reason];
    };
    const targets = [{ kind: 'library' }, { kind: 'actor', name: '0001' }] as const;
    for (const target of targets)
      await suspendTarget(workspace, target, { reason: 'new photographs', until: UNTIL });
    expect(await shown()).toEqual(['new photographs', 'new photographs']);
    clock.step(HOUR_MS);

    expect(await shown()).toEqual([undefined, undefined]);
    for (const target of targets) {
      await expect(resumeTarget(workspace, target)).rejects.toMatchObject({
        code: 'not-found',
        message: `${nameOf(target)} is not suspended by command any more: that ended by itself at ${UNTIL}`,
      });
    }
  });
});
