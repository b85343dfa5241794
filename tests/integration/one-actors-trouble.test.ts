import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CallsheetError } from '../../controller/diagnostics/errors.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { type WatchedController, watchController } from '../support/watch-controller.ts';

const SPECS = {
  'library.yaml': `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: test }
spec:
  apply: auto
  guards: { maxDeleteShare: 100 }
  rollout: { canary: 1, batch: 1 }
`,
  'film.yaml': `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: 3
  tolerance: { images: 0 }
  categories: { photorealistic: { count: 3 } }
`,
};

let root: string;
let watched: WatchedController;
let stop: (() => Promise<void>) | undefined;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-trouble-'));
  const images = some('photorealistic', 2);
  await buildLibrary(
    root,
    ['0001', '0002', '0003'].map((id) => ({ id, images })),
    SPECS,
  );
  watched = watchController(root);
});
afterEach(async () => {
  await stop?.();
  await rm(root, { recursive: true, force: true });
});

function reasonOf(actor: string): string {
  return watched.controller.actor(actor)!.conditions[0]!.reason;
}

describe('what keeps one actor from its pictures keeps nobody else from theirs', () => {
  it('a base image that is not there; it is looked for again', async () => {
    const base = join(root, 'data/actors/0001/base.png');
    await copyFile(base, join(root, 'base.png'));
    await rm(base);
    stop = watched.start();
    await watched.idle();

    expect(['0001', '0002', '0003'].map(reasonOf)).toEqual(['TargetUnreachable', 'Balanced', 'Balanced']);
    expect(watched.controller.actor('0001')!.conditions[0]!.message).toContain('base.png is not there');
    const runs = watched.events.flatMap((event) => (event.type === 'run-finished' ? [event.run] : []));
    expect(runs.flatMap(({ actors }) => actors.map(({ actor }) => actor))).toEqual(['0002', '0003']);

    await copyFile(join(root, 'base.png'), base);
    await watched.controller.reconcileNow(['0001']);
    await watched.idle();
    expect(reasonOf('0001')).toBe('Balanced');
  });

  it('pictures that the provider refuses to make', async () => {
    const sell = watched.generator.submit.bind(watched.generator);
    watched.generator.submit = async (order) => {
      if (order.actor === '0001') throw new CallsheetError('content-rejected', 'flagged as sensitive');
      return await sell(order);
    };
    stop = watched.start();
    await watched.idle();

    expect(['0001', '0002', '0003'].map(reasonOf)).toEqual(['ApplyFailed', 'Balanced', 'Balanced']);
  });
});
