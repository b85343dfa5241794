import { existsSync } from 'node:fs';
import { unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { colourPicture } from '../colour-pictures.ts';
import { type Entry, SOAK_ACTORS } from './soak-library.ts';
import { HOUR_MS, type SoakLife } from './soak-life.ts';

/** One thing that happens in the life of a library. Says what it was. */
export type Misfortune = (life: SoakLife, actor: string) => Promise<string>;

export const MISFORTUNES: readonly Misfortune[] = [
  deleteObject,
  deleteEntry,
  addPicture,
  pin,
  breakManifest,
  switchGenerator,
  switchEvaluator,
  changeTarget,
  breakSpecs,
  suspend,
  stepClock,
  fillDisk,
  kill,
  stop,
];

/** Some misfortune, for somebody. */
export async function misfortune(life: SoakLife): Promise<string> {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(life.random() * from.length)]!;
  return await pick(MISFORTUNES)(life, pick(SOAK_ACTORS));
}

/** Everything that strangers can put right again. */
export async function putRight(life: SoakLife): Promise<void> {
  life.fillDisk(false);
  life.wall.set(0);
  life.down.generator = false;
  life.down.evaluator = false;
  life.switchProviders();
  for (const [actor, text] of life.broken) await writeFile(life.library.manifestPath(actor), text);
  life.broken.clear();
  // The pin of a picture that is gone is a person's to take away.
  for (const actor of SOAK_ACTORS)
    await saveEntries(life, actor, (entries) =>
      entries.filter(({ pinned, key }) => !pinned || isThere(life, key)),
    );
}

function isThere({ library }: SoakLife, key: string): boolean {
  return existsSync(join(library.root, key));
}

async function deleteObject(life: SoakLife, actor: string): Promise<string> {
  const { library } = life;
  const one = someEntry(life, actor);
  if (one === undefined) return 'nothing';
  const before = library.contents();
  await unlink(join(library.root, one.key)).catch(() => undefined);
  const after = library.contents();
  for (const digest of before) if (!after.has(digest)) life.removed.add(digest);
  return 'an object is deleted';
}

async function deleteEntry(life: SoakLife, actor: string): Promise<string> {
  const one = someEntry(life, actor);
  await saveEntries(life, actor, (entries) => entries.filter((entry) => entry !== one));
  return 'an entry is deleted';
}

async function addPicture(life: SoakLife, actor: string): Promise<string> {
  const salt = Math.floor(life.random() * 1e9);
  const key = `${life.library.folder(actor)}/images/added-${salt}.png`;
  const bytes = await colourPicture('photorealistic', 4, salt);
  await writeFile(join(life.library.root, key), bytes);
  await saveEntries(life, actor, (entries) => [...entries, { key }]);
  return 'somebody adds a picture';
}

/** The pin goes to another picture: more than one pinned could put the target out of reach. */
async function pin(life: SoakLife, actor: string): Promise<string> {
  const one = someEntry(life, actor);
  await saveEntries(life, actor, (entries) =>
    entries.map(({ pinned: _pinned, ...entry }) =>
      entry.key === one?.key ? { ...entry, pinned: true } : entry,
    ),
  );
  return 'another picture is pinned';
}

async function breakManifest(life: SoakLife, actor: string): Promise<string> {
  const path = life.library.manifestPath(actor);
  const before = life.broken.get(actor);
  if (before === undefined) {
    const text = JSON.stringify(await life.library.manifest(actor));
    life.broken.set(actor, text);
    await writeFile(path, text.slice(0, text.length / 2));
    return 'a manifest is broken';
  }
  await writeFile(path, before);
  life.broken.delete(actor);
  return 'a manifest is mended';
}

async function switchGenerator(life: SoakLife): Promise<string> {
  life.down.generator = !life.down.generator;
  life.switchProviders();
  return `the generator ${life.down.generator ? 'goes down' : 'is back'}`;
}

async function switchEvaluator(life: SoakLife): Promise<string> {
  life.down.evaluator = !life.down.evaluator;
  life.switchProviders();
  return `the evaluator ${life.down.evaluator ? 'goes down' : 'is back'}`;
}

async function changeTarget(life: SoakLife): Promise<string> {
  life.photorealistic = 2 + Math.floor(life.random() * 2);
  await life.library.setTarget(life.photorealistic);
  await life.watched.controller.pokeSource();
  return `the target is ${life.photorealistic}`;
}

async function breakSpecs(life: SoakLife): Promise<string> {
  await life.library.writeSpec('kind: [');
  await life.watched.controller.pokeSource();
  await life.library.setTarget(life.photorealistic);
  return 'the specs are broken for a while';
}

async function suspend(life: SoakLife, name: string): Promise<string> {
  const { controller } = life.watched;
  // One that cannot use its state, since the disk is full, can suspend nothing.
  if (!controller.ready().ready) return 'nothing';
  const target = { kind: 'actor', name } as const;
  await controller.suspend(target, { reason: 'a shoot', by: 'me' });
  await controller.resume(target, 'me');
  return 'an actor is suspended and resumed';
}

async function stepClock(life: SoakLife): Promise<string> {
  const aheadMs = life.wall.isOff ? 0 : Math.round((life.random() - 0.5) * 52 * HOUR_MS);
  life.wall.set(aheadMs);
  return `the clock is ${aheadMs === 0 ? 'right' : aheadMs > 0 ? 'ahead' : 'behind'}`;
}

async function fillDisk(life: SoakLife): Promise<string> {
  life.fillDisk(!life.isDiskFull);
  return `the disk ${life.isDiskFull ? 'is full' : 'has room'}`;
}

async function kill(life: SoakLife): Promise<string> {
  life.killAfter(Math.floor(life.random() * 60));
  return 'it is about to be killed';
}

async function stop(life: SoakLife): Promise<string> {
  await life.restart();
  return 'it is stopped and started';
}

function someEntry(life: SoakLife, actor: string): Entry | undefined {
  const entries = life.library.entries(actor) ?? [];
  return entries[Math.floor(life.random() * entries.length)];
}

async function saveEntries(
  life: SoakLife,
  actor: string,
  change: (entries: Entry[]) => Entry[],
): Promise<void> {
  if (life.broken.has(actor)) return;
  const manifest = await life.library.manifest(actor);
  await writeFile(
    life.library.manifestPath(actor),
    JSON.stringify({ ...manifest, images: change(manifest.images) }),
  );
}
