// Libraries of any size for benchmarks: balanced, of tiny pictures, with records as if the evaluator had seen all of them.
//
// Written once and kept in the folder for temporary files, since two million files take minutes. Everything a plan reads is real: files,
// manifests, records with the revisions that the files have. Only the pictures repeat, 120 different ones.
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { revisionOf } from '../../controller/object-store/file-listing.ts';
import type { ActorRecord } from '../../controller/records/actor-record.ts';
import { openWorkspace } from '../../controller/wire.ts';
import { FILM } from '../support/build-library.ts';
import { COLOUR_CATEGORIES, colourPicture } from '../support/colour-pictures.ts';

export const IMAGES = 20;
const COPIES = 40;
/** Grows with every change of what is written here. */
const VERSION = 1;

interface Picture {
  readonly category: string;
  readonly quality: number;
  readonly bytes: Buffer;
  readonly digest: string;
}

/** Ids sort as numbers do. */
export function actorId(n: number): string {
  return String(n).padStart(6, '0');
}

/** Of the evaluator that a library of these specs has. */
export async function localEvaluatorId(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'callsheet-bench-'));
  try {
    await writeFile(join(folder, 'film.yaml'), FILM);
    await using workspace = await openWorkspace({ specs: folder, version: 'bench' });
    return workspace.evaluatorId;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The folder of a library whose records name `evaluator`; written when it is not there yet. */
export async function scaleLibrary(actors: number, evaluator: string): Promise<string> {
  const key = createHash('sha256').update(evaluator).digest('hex').slice(0, 8);
  const root = join(tmpdir(), `callsheet-bench-${VERSION}-${actors}-${key}`);
  if (existsSync(join(root, 'complete'))) return root;
  rmSync(root, { recursive: true, force: true });
  await writeLibrary(root, actors, evaluator);
  writeFileSync(join(root, 'complete'), '');
  return root;
}

/** A library that nobody has looked at; removed when it is disposed of. */
export async function freshLibrary(actors: number): Promise<AsyncDisposable & { readonly root: string }> {
  const root = await mkdtemp(join(tmpdir(), 'callsheet-bench-'));
  await writeLibrary(root, actors, undefined);
  return { root, [Symbol.asyncDispose]: async () => await rm(root, { recursive: true, force: true }) };
}

async function writeLibrary(root: string, actors: number, evaluator: string | undefined): Promise<void> {
  const pictures = await drawPictures();
  mkdirSync(join(root, 'specs'), { recursive: true });
  mkdirSync(join(root, 'state/actors'), { recursive: true });
  mkdirSync(join(root, 'data/actor_manifests'), { recursive: true });
  writeFileSync(join(root, 'specs/film.yaml'), FILM);
  for (let n = 0; n < actors; n += 1) writeActor(root, n, pictures, evaluator);
}

async function drawPictures(): Promise<Picture[][]> {
  return await Promise.all(
    COLOUR_CATEGORIES.map((category) =>
      Promise.all(
        Array.from({ length: COPIES }, async (_, n) => {
          const quality = 5 + (n % 5);
          const bytes = await colourPicture(category, quality, n + 1);
          return { category, quality, bytes, digest: createHash('sha256').update(bytes).digest('hex') };
        }),
      ),
    ),
  );
}

function writeActor(
  root: string,
  n: number,
  pictures: readonly Picture[][],
  evaluator: string | undefined,
): void {
  const id = actorId(n);
  const folder = `data/actors/${id}/training_data`;
  mkdirSync(join(root, folder, 'images'), { recursive: true });
  const set = Array.from({ length: IMAGES }, (_, k) => {
    const picture = pictures[k < 13 ? 0 : k < 17 ? 1 : 2]![(n * 7 + k) % COPIES]!;
    const key = `${folder}/images/${String(k).padStart(2, '0')}.png`;
    writeFileSync(join(root, key), picture.bytes);
    return { key, picture };
  });
  const images = set.map(({ key }, k) => ({ key, prompt: `picture ${k}` }));
  writeFileSync(join(root, folder, 'manifest.json'), JSON.stringify({ actor_id: id, images }, null, 2));
  writeFileSync(
    join(root, `data/actor_manifests/${id}.json`),
    JSON.stringify({ actor_id: id, type: 'film', base_image: `${folder}/images/00.png` }),
  );
  if (evaluator === undefined) return;
  writeFileSync(
    join(root, `state/actors/${id}.json`),
    `${JSON.stringify(recordOf(root, id, set, evaluator), null, 2)}\n`,
  );
}

function recordOf(
  root: string,
  actor: string,
  set: readonly { readonly key: string; readonly picture: Picture }[],
  evaluator: string,
): ActorRecord {
  const objects = set.map(({ key, picture }) => [
    key,
    { revision: revisionOf(lstatSync(join(root, key))), digest: picture.digest },
  ]);
  const facts = set.map(({ picture: { digest, bytes } }) => [
    digest,
    { width: 48, height: 48, format: 'png', bytes: bytes.length },
  ]);
  const verdicts = set.map(({ picture: { digest, category, quality } }) => [
    digest,
    { category, quality, confidence: 0.95, uncertain: false },
  ]);
  return {
    formatVersion: '1.0',
    actor,
    objects: Object.fromEntries(objects),
    pictures: Object.fromEntries(facts),
    evaluations: { [evaluator]: Object.fromEntries(verdicts) },
    judgements: {},
    trash: [],
  };
}
