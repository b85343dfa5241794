import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { colourPicture } from './colour-pictures.ts';

export interface BuiltImage {
  readonly category: string;
  readonly quality: number;
  readonly pinned?: boolean;
  /** The object is left out: a dangling entry. */
  readonly missing?: boolean;
  /** The entry is left out: an orphan. */
  readonly unlisted?: boolean;
  /** Written instead of a picture. */
  readonly bytes?: Buffer;
  /** Written as a bare path rather than an object. */
  readonly bare?: boolean;
  readonly fields?: Readonly<Record<string, unknown>>;
}

export interface BuiltActor {
  readonly id: string;
  readonly type?: string;
  readonly images: readonly BuiltImage[];
}

const LIBRARY = `apiVersion: callsheet.dev/v1
kind: Library
metadata: { name: test }
spec:
  actors: file:data/actor_manifests/{actor}.json
  manifests: file:data/actors/{actor}/training_data/manifest.json
  images: file:data/actors/{actor}/training_data/images/
  state: file:state
  guards: { maxDeleteShare: 100 }
`;

export const FILM = `apiVersion: callsheet.dev/v1
kind: Distribution
metadata: { name: film }
spec:
  total: 20
  categories:
    photorealistic: { share: 65 }
    bw_stylized: { share: 20 }
    color_stylized: { share: 15 }
`;

/** Writes a library in the users' layout, of pictures whose truth is known. Returns nothing: the folder is the library. */
export async function buildLibrary(
  root: string,
  actors: readonly BuiltActor[],
  specs: Readonly<Record<string, string>> = { 'library.yaml': LIBRARY, 'film.yaml': FILM },
): Promise<void> {
  await mkdir(join(root, 'specs'), { recursive: true });
  await mkdir(join(root, 'data/actor_manifests'), { recursive: true });
  for (const [name, text] of Object.entries(specs)) await writeFile(join(root, 'specs', name), text);
  let salt = 1;
  for (const actor of actors) {
    const folder = `data/actors/${actor.id}/training_data`;
    await mkdir(join(root, folder, 'images'), { recursive: true });
    const entries: unknown[] = [];
    for (const [index, image] of actor.images.entries()) {
      const path = `${folder}/images/${String(index + 1).padStart(2, '0')}.png`;
      salt += 1;
      if (image.missing !== true) {
        await writeFile(
          join(root, path),
          image.bytes ?? (await colourPicture(image.category, image.quality, salt)),
        );
      }
      if (image.unlisted === true) continue;
      const pinned = image.pinned === true ? { pinned: true } : {};
      entries.push(image.bare === true ? path : { key: path, shot: index, ...image.fields, ...pinned });
    }
    await writeFile(
      join(root, folder, 'manifest.json'),
      `${JSON.stringify({ actor_id: actor.id, studio: 'kept', images: entries }, null, 2)}\n`,
    );
    const base = `data/actors/${actor.id}/base.png`;
    await writeFile(join(root, base), await colourPicture('photorealistic', 9, 0));
    await writeFile(
      join(root, `data/actor_manifests/${actor.id}.json`),
      JSON.stringify({
        actor_id: actor.id,
        name: `Actor ${actor.id}`,
        type: actor.type ?? 'film',
        base_image: base,
      }),
    );
  }
}

/** So many images of a category, with the qualities given or all 7. */
export function some(category: string, count: number, qualities: readonly number[] = []): BuiltImage[] {
  return Array.from({ length: count }, (_, index) => ({ category, quality: qualities[index] ?? 7 }));
}
