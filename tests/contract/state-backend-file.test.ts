import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { createFileObjectStore } from '../../controller/object-store/file-object-store.ts';
import { createObjectStoreState } from '../../controller/state-backend/object-store-state.ts';
import { describeStateBackend } from './state-backend-contract.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'callsheet-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

describeStateBackend('a directory', async () => {
  const root = await mkdtemp(join(folder, 'state-'));
  const again = async () => createObjectStoreState(createFileObjectStore({ root, missingRoot: 'empty' }));
  return { state: await again(), again };
});
