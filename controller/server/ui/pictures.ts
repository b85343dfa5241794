import { CallsheetError } from '../../diagnostics/errors.ts';
import { parseLocation } from '../../library/location.ts';
import { sharp } from '../../picture/sharp.ts';
import { sniff } from '../../picture/sniff.ts';
import type { ActorRecord } from '../../records/actor-record.ts';
import { readActorRecord } from '../../records/actor-records.ts';
import type { Workspace } from '../../workspace.ts';

/** A picture as it is sent; the type is ours, never the file's. */
export interface ServedPicture {
  readonly bytes: Uint8Array;
  readonly contentType: string;
}

const THUMB_SIDE = 240;
const THUMB_QUALITY = 62;
const PREVIEW_SIDE = 1280;
const PREVIEW_QUALITY = 80;
const FACE_SIDE = 88;
/** Thumbnails kept in memory; about 8 kB each. */
const KEPT = 4000;
const TYPES: Readonly<Record<string, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  tiff: 'image/tiff',
};

/** Pictures of one library by their content, small enough for pages. */
export class Pictures {
  private readonly kept = new Map<string, Promise<Uint8Array>>();

  /** A picture of an actor's set or trash as WebP, from the tile that the contact sheet was drawn of. @throws CallsheetError `not-found`. */
  async thumbnail(workspace: Workspace, actor: string, digest: string): Promise<ServedPicture> {
    const bytes = await this.keep(digest, () => this.makeThumbnail(workspace, actor, digest));
    return { bytes, contentType: 'image/webp' };
  }

  /** The best picture of an actor's set, for a list of actors; undefined while nobody has looked at any. */
  async face(workspace: Workspace, actor: string, signal?: AbortSignal): Promise<ServedPicture | undefined> {
    const { record } = await readActorRecord(workspace.state, actor, signal);
    const digest = bestPicture(record, workspace);
    if (digest === undefined) return undefined;
    const bytes = await this.keep(`${digest} face`, async () => {
      const thumbnail = await this.thumbnail(workspace, actor, digest);
      return await shrink(thumbnail.bytes, FACE_SIDE, THUMB_QUALITY, workspace, 'cover');
    });
    return { bytes, contentType: 'image/webp' };
  }

  /** What is being made is made for everybody who asks meanwhile: nobody who leaves ends it. */
  private keep(name: string, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const known = this.kept.get(name);
    if (known !== undefined) return known;
    const making = make();
    const oldest = this.kept.keys().next().value;
    if (this.kept.size >= KEPT && oldest !== undefined) this.kept.delete(oldest);
    this.kept.set(name, making);
    making.catch(() => this.kept.delete(name));
    return making;
  }

  /** The picture as large as a screen needs it. @throws CallsheetError `not-found`. */
  async preview(
    workspace: Workspace,
    actor: string,
    digest: string,
    signal?: AbortSignal,
  ): Promise<ServedPicture> {
    const bytes = await readOriginal(workspace, actor, digest, signal);
    return {
      bytes: await shrink(bytes, PREVIEW_SIDE, PREVIEW_QUALITY, workspace),
      contentType: 'image/webp',
    };
  }

  /** The file itself, for whoever asks for it. @throws CallsheetError `not-found`. */
  async original(
    workspace: Workspace,
    actor: string,
    digest: string,
    signal?: AbortSignal,
  ): Promise<ServedPicture> {
    const bytes = await readOriginal(workspace, actor, digest, signal);
    const kind = sniff(bytes);
    const contentType = kind.kind === 'picture' ? TYPES[kind.format] : undefined;
    return { bytes, contentType: contentType ?? 'application/octet-stream' };
  }

  private async makeThumbnail(workspace: Workspace, actor: string, digest: string): Promise<Uint8Array> {
    const { state, observing } = workspace;
    const { record } = await readActorRecord(state, actor);
    const tile = await observing.thumbnails.getJpeg(digest, record.pictures[digest]);
    const bytes = tile ?? (await readOriginal(workspace, actor, digest));
    return await shrink(bytes, THUMB_SIDE, THUMB_QUALITY, workspace);
  }
}

/** One of the contact sheets of an actor. @throws CallsheetError `not-found`. */
export async function contactSheet(
  { state }: Workspace,
  actor: string,
  sheet: number,
  signal?: AbortSignal,
): Promise<ServedPicture> {
  const name = `${actor}_composite${sheet === 1 ? '' : `_${sheet}`}.jpg`;
  const bytes = await state.readBlob(`evaluations/${name}`, signal);
  if (bytes === undefined)
    throw new CallsheetError('not-found', `actor "${actor}" has no contact sheet ${sheet}`);
  return { bytes, contentType: 'image/jpeg' };
}

async function shrink(
  bytes: Uint8Array,
  side: number,
  quality: number,
  { observing }: Workspace,
  fit: 'inside' | 'cover' = 'inside',
): Promise<Uint8Array> {
  try {
    return await sharp(bytes, { limitInputPixels: observing.limits.maxImagePixels, autoOrient: true })
      .resize(side, side, { fit, position: 'top', withoutEnlargement: true })
      .toColourspace('srgb')
      .webp({ quality, effort: 4 })
      .toBuffer();
  } catch (cause) {
    throw new CallsheetError('not-found', 'this file is no picture that can be shown', { cause });
  }
}

/** The one of highest quality in the category that the taxonomy names first, else of all; of equal ones the first. */
function bestPicture(
  { objects, evaluations, judgements }: ActorRecord,
  { specs }: Workspace,
): string | undefined {
  const [taxonomy] = specs.taxonomies.values();
  const first = taxonomy?.categories[0]?.name;
  const verdicts = Object.assign({}, ...Object.values(evaluations)) as (typeof evaluations)[string];
  const rank = (digest: string) => {
    const verdict = verdicts[digest];
    return verdict === undefined || judgements[digest]?.rejected !== undefined
      ? -1
      : verdict.quality + (verdict.category === first ? 100 : 0);
  };
  const digests = Object.keys(objects)
    .sort()
    .map((image) => objects[image]!.digest);
  const best = digests.reduce<string | undefined>(
    (found, digest) => (found === undefined || rank(digest) > rank(found) ? digest : found),
    undefined,
  );
  return best === undefined || rank(best) < 0 ? undefined : best;
}

/** Reads a picture of an actor by its content; only what the actor's own record names can be reached. */
async function readOriginal(
  workspace: Workspace,
  actor: string,
  digest: string,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const { state, stores, layout, observing } = workspace;
  const { record } = await readActorRecord(state, actor, signal);
  const image =
    Object.entries(record.objects).find(([, object]) => object.digest === digest)?.[0] ??
    record.trash.find((item) => item.digest === digest)?.trashed;
  if (image === undefined)
    throw new CallsheetError('not-found', `actor "${actor}" has no picture ${digest.slice(0, 12)}`);
  const { store, key } = await stores.at(parseLocation(image, layout.root));
  const options = { maxBytes: observing.limits.maxImageBytes, ...(signal === undefined ? {} : { signal }) };
  return (await store.get(key, options)).bytes;
}
