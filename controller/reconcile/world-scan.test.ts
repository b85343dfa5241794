import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { buildLibrary, some } from '../../tests/support/build-library.ts';
import { openColourWorkspace } from '../../tests/support/open-colour-workspace.ts';
import { quickFolder } from '../../tests/support/quick-folder.ts';
import type { ObjectInfo, ObjectStore } from '../object-store/object-store.ts';
import { WorldScan } from './world-scan.ts';

let root: string;
beforeEach(async () => {
  root = await quickFolder('callsheet-scan-');
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

it('finds nobody changed where only the order of the listing is another', async () => {
  const ids = ['0001', '0002', '0003', '0004'];
  await buildLibrary(
    root,
    ids.map((id) => ({ id, images: some('photorealistic', 24) })),
  );
  const { workspace } = await openColourWorkspace(root);
  await using _ = workspace;
  const scan = new WorldScan();

  expect((await scan.scan(workspace)).actors).toEqual(ids);
  expect((await scan.scan(workspace)).changed).toEqual([]);
  const { stores } = workspace;
  const at = stores.at.bind(stores);
  stores.at = async (location) => {
    const found = await at(location);
    return { ...found, store: backwards(found.store) };
  };
  expect((await scan.scan(workspace)).changed).toEqual([]);
});

function backwards(store: ObjectStore): ObjectStore {
  return new Proxy(store, {
    get(target, property) {
      if (property !== 'list') return Reflect.get(target, property);
      return async function* (prefix: string, signal?: AbortSignal) {
        const all: ObjectInfo[] = [];
        for await (const info of target.list(prefix, signal)) all.unshift(info);
        yield* all;
      };
    },
  });
}
