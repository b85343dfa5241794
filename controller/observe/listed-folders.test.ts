import { describe, expect, it } from 'vitest';
import { parseUrlTemplate } from '../library/url-template.ts';
import type { ObjectInfo } from '../object-store/object-store.ts';
import { listingDigest } from './basis.ts';
import { ListedFolders } from './listed-folders.ts';

const layout = {
  root: '/',
  actors: parseUrlTemplate('s3://studio/data/actor_manifests/{actor}.json', '/'),
  manifests: parseUrlTemplate('s3://studio/data/actors/{actor}/manifest.json', '/'),
  images: parseUrlTemplate('s3://studio/data/actors/{actor}/images/', '/', { folder: true }),
};

function object(key: string, revision = `etag of ${key}`): ObjectInfo {
  return { key, revision, size: 1, modifiedMs: 0 };
}

function listed(...parts: ObjectInfo[][]): ListedFolders {
  const folders = new ListedFolders(layout, (key) => ({ kind: 's3', bucket: 'studio', key }));
  for (const objects of parts) {
    const part = folders.part();
    for (const info of objects) part.add(info);
    part.end();
  }
  return folders;
}

const of = (actor: string) => `s3://studio/data/actors/${actor}/images/`;

describe('the folders of a listing', () => {
  it('keeps the objects of each actor, and the revisions of the manifests on the way', () => {
    const images = [object('data/actors/1/images/a.png'), object('data/actors/1/images/deep/b.png')];
    const folders = listed(
      [object('data/actors/1/base.png'), ...images, object('data/actors/1/manifest.json', 'm1')],
      [object('data/actors/10/images/c.png'), object('data/actors/10/manifest.json', 'm10')],
    );

    expect(folders.objectsIn(of('1'))?.map(({ image }) => image)).toEqual([
      `${of('1')}a.png`,
      `${of('1')}deep/b.png`,
    ]);
    expect(folders.digestOf(of('1'))).toBe(listingDigest(images.toReversed()));
    expect(folders.objectsIn(of('10'))).toHaveLength(1);
    expect(folders.has(of('2'))).toBe(false);
    expect([...folders.manifests]).toEqual([
      ['1', 'm1'],
      ['10', 'm10'],
    ]);
  });

  it('concludes nothing about a folder that comes in pieces', () => {
    const folders = listed(
      [object('data/actors/1/images/a.png'), object('data/actors/2/images/a.png')],
      [object('data/actors/1/images/b.png')],
    );

    expect(folders.has(of('1'))).toBe(true);
    expect(folders.objectsIn(of('1'))).toBeUndefined();
    expect(folders.digestOf(of('1'))).toBeUndefined();
    expect(folders.objectsIn(of('2'))).toHaveLength(1);
  });

  it('keeps of a very large library no more than the digests', () => {
    const actors = Array.from({ length: 220 }, (_, index) => String(index).padStart(4, '0'));
    const folders = listed(
      actors.flatMap((actor) =>
        Array.from({ length: 1_000 }, (_, index) => object(`data/actors/${actor}/images/${index}.png`)),
      ),
    );

    const kept = actors.filter((actor) => folders.objectsIn(of(actor)) !== undefined);
    expect(kept).toHaveLength(200);
    expect(actors.every((actor) => folders.digestOf(of(actor)) !== undefined)).toBe(true);
  });
});
