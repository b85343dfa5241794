import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { S3Server } from '../../tests/support/s3-server.ts';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { ObjectInfo, ObjectStore } from './object-store.ts';
import { listInParts, type PartReader } from './parallel-listing.ts';
import { openS3ObjectStore } from './s3-object-store.ts';

const credentials = { accessKeyId: 'AKIATEST', secretAccessKey: 'very-secret' };

let server: S3Server;
let store: ObjectStore;

beforeEach(async () => {
  server = await S3Server.start();
  store = await openS3ObjectStore({ bucket: 'bucket', endpoint: server.url, credentials });
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
});

/** Keeps what each part was given, whole parts only. */
class Parts {
  readonly keys: string[][] = [];

  part(): PartReader {
    const keys: string[] = [];
    return {
      add: ({ key }: ObjectInfo) => void keys.push(key),
      end: () => void this.keys.push(keys),
    };
  }

  all(): string[] {
    return this.keys.flat();
  }
}

const folders = Array.from({ length: 300 }, (_, index) => `actors/${String(index).padStart(4, '0')}/`);

function put(key: string): void {
  server.buckets.put('bucket', key, Buffer.from('x'), 'image/png', {});
}

function fill(): string[] {
  const keys = folders.flatMap((folder) =>
    ['01.png', '02.png', 'a/ü.png', 'z.png'].map((name) => folder + name),
  );
  const odd = ['actors/', 'actors/ä/1.png', 'actors/\u{1f600}/1.png', 'actors/0042', 'actors/~/1.png'];
  for (const key of [...keys, ...odd, 'other/1.png', 'actor.txt']) put(key);
  return [...keys, ...odd.slice(1)].sort();
}

const list = (from: ObjectStore, cuts: readonly string[] = folders) =>
  listInParts({ store: from, prefix: 'actors/', cuts }, () => new Parts());

describe('a listing in parts', () => {
  it('gives every object once, in several parts that tear no folder apart', async () => {
    const keys = fill();

    const parts = await list(store);

    expect(parts.all().sort()).toEqual(keys);
    expect(parts.keys.length).toBeGreaterThan(4);
    for (const folder of folders)
      expect(parts.keys.filter((part) => part.some((key) => key.startsWith(folder)))).toHaveLength(1);
  });

  it('gives the same wherever it is cut', async () => {
    const keys = fill();
    const far = Array.from({ length: 100 }, (_, index) => `actors/0${index}/`);
    const beside = Array.from({ length: 100 }, (_, index) => `elsewhere/${index}/`);

    for (const cuts of [far, beside, [...folders].reverse(), ['actors/'], []])
      expect((await list(store, cuts)).all().sort()).toEqual(keys);
  });

  it('begins anew, one page after the other, with a store that does not keep the order', async () => {
    const keys = fill();
    const disorderly: ObjectStore = Object.create(store, {
      listRange: {
        value: async function* (...args: Parameters<NonNullable<ObjectStore['listRange']>>) {
          let count = 0;
          for await (const info of store.listRange!(...args)) {
            count += 1;
            if (count > 20) throw new CallsheetError('unsupported', 'out of order');
            yield info;
          }
        },
      },
      list: { value: store.list.bind(store) },
    });

    const parts = await list(disorderly);

    expect(parts.keys).toHaveLength(1);
    expect(parts.all().sort()).toEqual(keys);
  });

  it('is an error when one of its parts is', async () => {
    fill();
    server.fail({ kind: 'error', method: 'GET', key: '', status: 403, code: 'AccessDenied', times: 1 });

    await expect(list(store)).rejects.toMatchObject({ code: 'auth' });
  });
});
