import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { createFileObjectStore } from '../../controller/object-store/file-object-store.ts';
import { describeObjectStore } from './object-store-contract.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callsheet-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describeObjectStore('a directory', async () => ({
  store: createFileObjectStore({ root: await mkdtemp(join(folder, 'store-')) }),
  honoursConditions: true,
}));
