import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DEMO_ACTORS, type DemoActor } from './actors.ts';
import { baseImage, createDraughtsman, type Draughtsman, photograph } from './pictures.ts';
import { DEMO_SPECS } from './specs.ts';

export interface DemoLibrary {
  readonly dir: string;
  readonly actors: readonly DemoActor[];
  /** Files under `images/` folders, sound or not. */
  readonly images: number;
}

/**
 * Writes a small library with real pictures, laid out as users have theirs and out of balance in every way that Callsheet knows.
 * The same files, byte for byte, every time. `dir` is made when it is missing; files that are there are overwritten.
 */
export async function writeDemoLibrary(dir: string): Promise<DemoLibrary> {
  const draughtsman = createDraughtsman();
  const counts = await Promise.all(DEMO_ACTORS.map((actor) => writeActor(dir, actor, draughtsman)));
  for (const [name, text] of Object.entries(DEMO_SPECS)) await write(join(dir, 'specs', name), text);
  return { dir, actors: DEMO_ACTORS, images: counts.reduce((sum, count) => sum + count, 0) };
}

/** Writes one actor's manifests and pictures; returns the number of pictures. */
async function writeActor(dir: string, actor: DemoActor, draughtsman: Draughtsman): Promise<number> {
  const base = await baseImage(actor);
  const pictures = await makePictures(actor, base, draughtsman);
  const folder = `data/actors/${actor.id}/training_data`;
  const names = pictures.map((_, i) => `${folder}/images/${String(i + 1).padStart(2, '0')}.jpg`);
  await Promise.all(pictures.map((bytes, i) => write(join(dir, names[i]!), bytes)));
  await write(join(dir, `data/base_images/${actor.id}.jpg`), base);
  await writeJson(join(dir, `data/actor_manifests/${actor.id}.json`), {
    actor_id: actor.id,
    name: actor.name,
    type: actor.type,
    labels: actor.labels,
    base_image: `data/base_images/${actor.id}.jpg`,
    call_time: '06:45',
  });
  await writeJson(join(dir, folder, 'manifest.json'), trainingManifest(actor, names));
  return pictures.length;
}

async function makePictures(
  actor: DemoActor,
  base: Uint8Array,
  draughtsman: Draughtsman,
): Promise<Uint8Array[]> {
  const orphans = actor.fault === 'orphan-object' ? 1 : 0;
  const pictures = await Promise.all([
    ...count(actor.photos, (i) => photograph(base, i)),
    ...count(actor.blackAndWhite, (i) => draughtsman.blackAndWhite(actor.id, base, i)),
    ...count(actor.colour + orphans, (i) => draughtsman.colour(actor.id, base, i)),
  ]);
  if (actor.fault === 'truncated-picture') {
    const whole = await photograph(base, actor.photos);
    pictures.push(whole.subarray(0, Math.floor(whole.length * 0.4)));
  }
  return pictures;
}

function count<T>(amount: number, make: (index: number) => T): T[] {
  return Array.from({ length: amount }, (_, index) => make(index));
}

/** The manifest that the training job reads, with fields of the studio's own that nobody but the studio understands. */
function trainingManifest(actor: DemoActor, names: readonly string[]): object {
  const listed = actor.fault === 'orphan-object' ? names.slice(0, -1) : [...names];
  const entries = listed.map((name, i) => manifestEntry(actor, name, i));
  if (actor.fault === 'dangling-entry') {
    entries.splice(4, 0, {
      key: `data/actors/${actor.id}/training_data/images/lost_negative.jpg`,
      roll: 'B',
      frame: 36,
    });
  }
  return {
    actor_id: actor.id,
    schema: 'studio-training/2',
    images: entries,
    trained: { steps: 1800, rank: 16 },
  };
}

function manifestEntry(actor: DemoActor, name: string, index: number): unknown {
  const plain = actor.form === 'strings' || (actor.form === 'mixed' && index % 3 === 0);
  if (plain) return name;
  const pinned = actor.pinned === index ? { pinned: true, pinned_because: 'approved by the director' } : {};
  return { key: name, roll: index < actor.photos ? 'A' : 'art', frame: index + 1, ...pinned };
}

async function writeJson(path: string, value: object): Promise<void> {
  await write(path, `${JSON.stringify(value, null, 2)}\n`);
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}
