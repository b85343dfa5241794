import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CallsheetError } from '../../controller/diagnostics/errors.ts';
import { hasChanges } from '../../controller/plan/plan.ts';
import { planLibrary } from '../../controller/usecases/plan-library.ts';
import { audit } from '../support/audit.ts';
import { buildLibrary, some } from '../support/build-library.ts';
import { readBooks } from '../support/colour-generator.ts';
import { colourPicture } from '../support/colour-pictures.ts';
import { openColourWorkspace } from '../support/open-colour-workspace.ts';
import { VirtualClock } from '../support/virtual-clock.ts';
import { type WatchedController, watchController } from '../support/watch-controller.ts';

const HOUR_MS = 3_600_000;
const DAYS = Number(process.env.CALLSHEET_SOAK_DAYS ?? 7);
const ACTORS = ['0001', '0002', '0003', '0004', '0005', '0006'];

const LIBRARY = `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: soak }
spec:
  apply: auto
  interval: 2h
  guards: { maxDeletes: 8, maxDeleteShare: 100 }
  rollout: { canary: 1, batch: 3, maxFailures: 6 }
  limits: { budget: { perDay: 2 } }
  trash: { retention: 60d }
`;

function distribution(photorealistic: number): string {
  return `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: ${photorealistic + 2}
  tolerance: { images: 0 }
  categories:
    photorealistic: { count: ${photorealistic} }
    bw_stylized: { count: 1 }
    color_stylized: { count: 1 }
`;
}

/** A small generator of chance, so that a failure can be repeated. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-soak-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

/** What happened to the library that nobody of ours did: contents that others have removed, and the pinned ones. */
interface Fate {
  readonly removed: Set<string>;
  photorealistic: number;
}

function folderOf(actor: string): string {
  return `data/actors/${actor}/training_data`;
}

async function manifestOf(actor: string): Promise<{ images: { key: string }[] }> {
  return JSON.parse(await readFile(join(root, folderOf(actor), 'manifest.json'), 'utf8'));
}

/** One thing that happens in the life of a library. */
async function misfortune(
  { evaluator, generator, controller }: WatchedController,
  fate: Fate,
  random: () => number,
): Promise<string> {
  const actor = ACTORS[Math.floor(random() * ACTORS.length)]!;
  const manifest = await manifestOf(actor);
  const one = manifest.images[Math.floor(random() * manifest.images.length)];
  const save = (images: unknown[]) =>
    writeFile(join(root, folderOf(actor), 'manifest.json'), JSON.stringify({ ...manifest, images }));
  switch (Math.floor(random() * 8)) {
    case 0: {
      if (one === undefined) return 'nothing';
      const before = contents();
      await unlink(join(root, one.key)).catch(() => undefined);
      const after = contents();
      for (const digest of before) if (!after.has(digest)) fate.removed.add(digest);
      return `an object of ${actor} is deleted`;
    }
    case 1:
      await save(manifest.images.filter((image) => image !== one));
      return `an entry of ${actor} is deleted`;
    case 2: {
      const salt = Math.floor(random() * 1e9);
      const path = `${folderOf(actor)}/images/added-${salt}.png`;
      await writeFile(join(root, path), await colourPicture('photorealistic', 4, salt));
      await save([...manifest.images, { key: path }]);
      return `somebody adds a picture to ${actor}`;
    }
    case 3:
      generator.down =
        generator.down === undefined ? new CallsheetError('unavailable', 'the generator is down') : undefined;
      return `the generator ${generator.down === undefined ? 'is back' : 'goes down'}`;
    case 4:
      evaluator.down =
        evaluator.down === undefined ? new CallsheetError('unavailable', 'the evaluator is down') : undefined;
      return `the evaluator ${evaluator.down === undefined ? 'is back' : 'goes down'}`;
    case 5:
      fate.photorealistic = 2 + Math.floor(random() * 2);
      await writeFile(join(root, 'specs/film.yaml'), distribution(fate.photorealistic));
      await controller.pokeSource();
      return `the target is ${fate.photorealistic}`;
    case 6: {
      await writeFile(join(root, 'specs/film.yaml'), 'kind: [');
      await controller.pokeSource();
      await writeFile(join(root, 'specs/film.yaml'), distribution(fate.photorealistic));
      return 'the specs are broken for a while';
    }
    default: {
      const target = { kind: 'actor', name: actor } as const;
      await controller.suspend(target, { reason: 'a shoot', by: 'me' });
      await controller.resume(target, 'me');
      return `${actor} is suspended and resumed`;
    }
  }
}

/** The rules of design section 7 that can be seen from outside, after whatever has happened. */
function checkRules(fate: Fate, known: Set<string>, story: readonly string[]): void {
  const said = `after: ${story.slice(-3).join('; ')}`;
  const safe = contents();
  expect(
    [...known].filter((digest) => !safe.has(digest) && !fate.removed.has(digest)),
    `lost ${said}`,
  ).toEqual([]);
  for (const digest of safe) known.add(digest);
  const tickets = readBooks(join(root, 'provider-books.jsonl')).map(({ ticket }) => ticket);
  expect(new Set(tickets).size, `paid twice ${said}`).toBe(tickets.length);
}

/** Digests of every picture in the library's folders and in the trash. */
function contents(): Set<string> {
  const pictures = ACTORS.flatMap((actor) => {
    const folder = join(root, folderOf(actor), 'images');
    return readdirSync(folder).map((name) =>
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    );
  });
  return new Set([...pictures, ...audit(root).trashed]);
}

describe('a week (or CALLSHEET_SOAK_DAYS) in the life of a library', () => {
  it('lose no image, pay for nothing twice, act on no guess, and end as the specs say', async () => {
    const random = chance(20_261_122);
    await buildLibrary(
      root,
      ACTORS.map((id, index) => ({
        id,
        images: [
          ...some('photorealistic', 1 + (index % 4)),
          ...some('bw_stylized', 1),
          ...some('color_stylized', 1),
        ],
      })),
      { 'library.yaml': LIBRARY, 'film.yaml': distribution(2) },
    );
    const clock = new VirtualClock(Date.now());
    const watched = watchController(root, {
      clock,
      timer: clock,
      random,
      statePollMs: HOUR_MS,
      generating: { lost: 0.1, random },
    });
    const stop = watched.start();
    const settle = async () => {
      for (let quiet = 0; quiet < 2; ) {
        await new Promise((resolve) => setImmediate(resolve));
        quiet = (await watched.controller.isIdle()) ? quiet + 1 : 0;
      }
    };
    const fate: Fate = { removed: new Set(), photorealistic: 2 };
    const known = contents();
    const story: string[] = [];
    try {
      for (let hours = 0; hours < DAYS * 24; ) {
        const step = 1 + Math.floor(random() * 12);
        await clock.pass(step * HOUR_MS, settle);
        checkRules(fate, known, story);
        story.push(await misfortune(watched, fate, random));
        hours += step;
      }
      watched.generator.down = undefined;
      watched.evaluator.down = undefined;
      await watched.controller.pokeSource();
      await clock.pass(48 * HOUR_MS, settle);
      await watched.controller.reconcileNow(ACTORS);
      await clock.pass(48 * HOUR_MS, settle);
      checkRules(fate, known, story);
    } finally {
      await stop();
    }

    const end = audit(root);
    expect([...end.sets.values()].map((set) => set.length)).toEqual(
      ACTORS.map(() => fate.photorealistic + 2),
    );
    expect(end).toMatchObject({ open: [], dangling: [] });
    expect(watched.controller.library()!.conditions[0]).toMatchObject({ status: 'True', reason: 'Synced' });
    expect(new Set(story).size).toBeGreaterThan(10);
    const { workspace } = await openColourWorkspace(root);
    await using _ = workspace;
    expect(hasChanges(await planLibrary(workspace, { refresh: true }))).toBe(false);
    expect((await readdir(join(root, 'state/plans'))).length).toBeLessThan(1_000);
  }, 180_000);
});
