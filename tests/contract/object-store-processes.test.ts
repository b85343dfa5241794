import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFileObjectStore } from '../../controller/object-store/file-object-store.ts';
import { bytesOf, keysOf, textAt } from './object-store-contract.ts';

let root: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(root, { recursive: true });
});

function startChild(...args: readonly string[]): ChildProcess {
  const script = join(import.meta.dirname, 'object-store-child.ts');
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

describe('a directory used by several processes', () => {
  it('loses no update among their compare-and-swaps', async () => {
    const store = createFileObjectStore({ root });
    await store.put('counter', bytesOf('0'));

    const racers = Array.from({ length: 4 }, () => startChild('increment', root, 'counter', '25'));
    const codes = await Promise.all(racers.map(async (child) => (await once(child, 'exit'))[0]));

    expect(codes).toEqual([0, 0, 0, 0]);
    expect(await textAt(store, 'counter')).toBe('100');
    expect(readdirSync(root)).toEqual(['counter']);
  });

  it('never shows a torn object, wherever a writer is killed', { timeout: 60_000 }, async () => {
    const store = createFileObjectStore({ root });

    for (let round = 0; round < 8; round += 1) {
      const child = startChild('overwrite', root, 'image', '2000000');
      await once(child.stdout!, 'data');
      await delay(round * 3);
      child.kill('SIGKILL');
      await once(child, 'exit');

      const { bytes } = await store.get('image');
      expect(bytes).toHaveLength(2_000_000);
      expect(Buffer.from(bytes).equals(Buffer.alloc(2_000_000, bytes[0]))).toBe(true);
      expect(await keysOf(store, '')).toEqual(['image']);
    }

    await store.put('image', bytesOf('next'));
    expect(readdirSync(root), 'what the dead left is gone').toEqual(['image']);
  });
});
