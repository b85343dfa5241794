import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFileObjectStore } from '../object-store/file-object-store.ts';
import type { Raster } from '../picture/raster.ts';
import type { PictureRecord } from '../records/actor-record.ts';
import { createObjectStoreState } from '../state-backend/object-store-state.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import { stripPathOf, Thumbnails } from './thumbnails.ts';

let root: string;
let state: StateBackend;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-thumbnails-'));
  state = createObjectStoreState(createFileObjectStore({ root }));
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

function tile(shade: number, width = 64, height = 40): Raster {
  return { width, height, channels: 3, data: new Uint8Array(width * height * 3).fill(shade) };
}

function record(place: string | undefined): PictureRecord {
  return {
    width: 640,
    height: 400,
    format: 'jpeg',
    bytes: 9,
    ...(place === undefined ? {} : { tile: place }),
  };
}

it('keeps tiles that come together in a few files, and finds each by what its record says', async () => {
  const tiles = new Map(Array.from({ length: 30 }, (_, n) => [`digest-${n}`, tile(n * 8, 64, 10 + n)]));
  const kept = new Thumbnails(state, 64).keep(tiles);

  await kept.write();

  const files = [];
  for await (const path of state.list('thumbnails/')) files.push(path);
  expect(files).toHaveLength(2);
  const thumbnails = new Thumbnails(state, 64);
  for (const [digest, { data, height }] of tiles) {
    const found = await thumbnails.get(digest, record(kept.places.get(digest)));
    expect(found).toMatchObject({ width: 64, height });
    expect(Math.abs(found!.data[500]! - data[500]!)).toBeLessThanOrEqual(2);
    expect(files).toContain(stripPathOf(record(kept.places.get(digest))));
  }
  expect(
    [...(await thumbnails.getJpeg('digest-1', record(kept.places.get('digest-1'))))!].slice(0, 2),
  ).toEqual([0xff, 0xd8]);
});

it('finds a tile that came alone', async () => {
  await new Thumbnails(state, 64).put('digest', tile(99));

  expect(await new Thumbnails(state, 64).get('digest', record(undefined))).toMatchObject({ height: 40 });
});

it('has none of another size, none that is damaged, and looks again for one that was not there', async () => {
  const thumbnails = new Thumbnails(state, 64);
  const kept = thumbnails.keep(new Map([['digest', tile(99)]]));
  const known = record(kept.places.get('digest'));

  expect(await thumbnails.get('digest', known)).toBeUndefined();
  await kept.write();
  expect(await thumbnails.get('digest', known)).toMatchObject({ width: 64 });
  expect(await new Thumbnails(state, 128).get('digest', known)).toBeUndefined();
  await state.writeBlob(stripPathOf(known)!, Buffer.from('no JPEG'), 'image/jpeg');
  expect(await new Thumbnails(state, 64).get('digest', known)).toBeUndefined();
});
