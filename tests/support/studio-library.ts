import { createHash } from 'node:crypto';
import type { ActorRecord } from '../../controller/records/actor-record.ts';
import type { BuiltActor } from './build-library.ts';
import type { S3Server } from './s3-server.ts';
import type { Studio } from './studio.ts';
import { studioPicture } from './studio-pictures.ts';

/** Where an actor's images lie and how its manifest says so. */
export interface StudioPlace {
  /** `s3`: s3://bucket/key as `s3_url`. `https`: https://bucket.s3.region.amazonaws.com/key as `url`. `bare`: the s3 URL as a string. */
  readonly form?: 's3' | 'https' | 'bare';
  readonly bucket?: string;
  /** What image names begin with. */
  readonly name?: string;
}

const JSON_TYPE = 'application/json';

/** Puts a library in the users' layout into the studio's buckets. Returns the digests of its images. */
export function fillStudio(
  { s3 }: Studio,
  actors: readonly (BuiltActor & StudioPlace)[],
  firstSalt = 1,
): Set<string> {
  const digests = new Set<string>();
  let salt = firstSalt;
  for (const { id, type = 'film', images, form = 's3', bucket = 'images', name = 'shot ' } of actors) {
    const entries: unknown[] = [];
    for (const [index, image] of images.entries()) {
      salt += 1;
      const key = `actors/${id}/${name}${index + 1}.png`;
      if (image.missing !== true) {
        const bytes = image.bytes ?? studioPicture(image.category, image.quality, salt);
        put(s3, bucket, key, bytes, 'image/png');
        digests.add(digestOf(bytes));
      }
      const pinned = image.pinned === true ? { pinned: true } : {};
      if (image.unlisted !== true) entries.push(entryOf(form, bucket, key, { shot: index, ...pinned }));
    }
    const manifest = { actor_id: id, studio: 'kept', images: entries };
    const base = `bases/${id}.png`;
    put(s3, 'studio', `data/actors/${id}/training_data/manifest.json`, json(manifest), JSON_TYPE);
    put(s3, 'studio', base, studioPicture('photorealistic', 9, 0), 'image/png');
    const actor = { actor_id: id, name: `Actor ${id}`, type, base_image: `s3://studio/${base}` };
    put(s3, 'studio', `data/actor_manifests/${id}.json`, json(actor), JSON_TYPE);
  }
  return digests;
}

function entryOf(form: StudioPlace['form'], bucket: string, key: string, fields: object): unknown {
  if (form === 'bare') return `s3://${bucket}/${key}`;
  if (form === 's3') return { s3_url: `s3://${bucket}/${key}`, ...fields };
  const path = key.split('/').map(encodeURIComponent).join('/');
  return { url: `https://${bucket}.s3.eu-west-1.amazonaws.com/${path}`, ...fields };
}

function put(s3: S3Server, bucket: string, key: string, bytes: Buffer, type: string): void {
  s3.buckets.put(bucket, key, bytes, type, {});
}

function json(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

/** Everything that the buckets hold: the judge of what the code under test says it did. */
export interface StudioAudit {
  /** Digests of the training sets, by actor. */
  readonly sets: ReadonlyMap<string, readonly string[]>;
  /** Digests in the trash that a record leads to. */
  readonly trashed: ReadonlySet<string>;
  /** Entries without an object. */
  readonly dangling: readonly string[];
  /** Objects below `actors/` that no entry names. */
  readonly orphans: readonly string[];
  /** Actors with an open journal. */
  readonly open: readonly string[];
}

const MANIFEST = /^data\/actors\/([^/]+)\/training_data\/manifest\.json$/;

export function auditStudio({ s3 }: Studio, records: readonly ActorRecord[]): StudioAudit {
  const sets = new Map<string, string[]>();
  const dangling: string[] = [];
  const named = new Set<string>();
  for (const [key, { body }] of s3.buckets.objects('studio')) {
    const actor = MANIFEST.exec(key)?.[1];
    if (actor === undefined) continue;
    const { images } = JSON.parse(body.toString()) as { images: unknown[] };
    const digests: string[] = [];
    for (const entry of images) {
      const url = placeOf(entry);
      named.add(url);
      const digest = digestAt(s3, url);
      if (digest === undefined) dangling.push(url);
      else digests.push(digest);
    }
    sets.set(actor, digests);
  }
  // In the actors' own folders: objects elsewhere may be anybody's, and stay when their images leave a set.
  const orphans = [...s3.buckets.objects('images').keys()]
    .filter((key) => key.startsWith('actors/') && !named.has(`s3://images/${key}`))
    .map((key) => `s3://images/${key}`);
  const trashed = records.flatMap(({ trash }) => trash.map(({ trashed }) => digestAt(s3, trashed)));
  return {
    sets,
    trashed: new Set(trashed.filter((digest) => digest !== undefined)),
    dangling,
    orphans,
    open: records.filter(({ journal }) => journal !== undefined).map(({ actor }) => actor),
  };
}

/** Records of state that lies in the bucket. */
export function recordsIn({ s3 }: Studio): ActorRecord[] {
  return [...s3.buckets.objects('studio')]
    .filter(([key]) => key.startsWith('state/actors/'))
    .map(([, { body }]) => JSON.parse(body.toString()) as ActorRecord);
}

/** Every content in a set or in the trash: what was there once must stay among it. */
export function heldBy({ sets, trashed }: StudioAudit): Set<string> {
  return new Set([...[...sets.values()].flat(), ...trashed]);
}

function placeOf(entry: unknown): string {
  const { s3_url, url } = (typeof entry === 'string' ? { s3_url: entry } : entry) as Record<string, string>;
  if (s3_url !== undefined) return s3_url;
  const https = /^https:\/\/([^.]+)\.s3\.[^/]+\/(.*)$/.exec(url ?? '');
  return https === null ? String(url) : `s3://${https[1]}/${decodeURIComponent(https[2]!)}`;
}

function digestAt(s3: S3Server, url: string): string | undefined {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(url) ?? [];
  const object = s3.buckets.objects(bucket).get(key);
  return object === undefined ? undefined : digestOf(object.body);
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
