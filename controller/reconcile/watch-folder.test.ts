import { chmod, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { quickFolder } from '../../tests/support/quick-folder.ts';
import { watchFolder } from './watch-folder.ts';

let root: string;
let changes: number;
let watched: AsyncDisposable;

beforeEach(async () => {
  root = await quickFolder('callsheet-watch-');
  changes = 0;
  await mkdir(join(root, 'one'));
  await mkdir(join(root, 'two'));
});
afterEach(async () => {
  await watched[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

async function watching(folder: string): Promise<void> {
  watched = watchFolder(join(root, folder), () => {
    changes += 1;
  });
  await quiet();
}

/** Until nothing has been noticed for a while; then counting begins anew. */
async function quiet(): Promise<void> {
  for (let before = -1; before !== changes; ) {
    before = changes;
    await sleep(400);
  }
  changes = 0;
}

async function noticed(): Promise<void> {
  await vi.waitFor(() => expect(changes).toBeGreaterThan(0), { timeout: 10_000, interval: 20 });
  await quiet();
}

/** As `ln -s TARGET tmp; mv -T tmp NAME`. */
async function link(target: string, name: string): Promise<void> {
  await symlink(target, join(root, 'tmp'));
  await rename(join(root, 'tmp'), join(root, name));
}

it('notices that a link leads elsewhere, and what changes there from then on', async () => {
  await link('one', 'specs');
  await watching('specs');
  for (const target of ['two', 'one']) {
    await link(target, 'specs');
    await noticed();
    await writeFile(join(root, target, 'a.yaml'), target);
    await noticed();
  }
});

it('notices that a link on the way leads elsewhere', async () => {
  for (const name of ['one', 'two']) await mkdir(join(root, name, 'specs'));
  await link('one', 'current');
  await watching('current/specs');
  await link('two', 'current');
  await noticed();
  await writeFile(join(root, 'two/specs/a.yaml'), '');
  await noticed();
});

it('notices that the folder goes and comes, and who may read it', async () => {
  await watching('one');
  await chmod(join(root, 'one'), 0);
  await noticed();
  await chmod(join(root, 'one'), 0o700);
  await noticed();
  await rm(join(root, 'one'), { recursive: true });
  await noticed();
  await mkdir(join(root, 'one'));
  await noticed();
  await writeFile(join(root, 'one/a.yaml'), '');
  await noticed();
});

it('notices changes also while a file is written to all the time', async () => {
  await watching('one');
  const writer = setInterval(() => void writeFile(join(root, 'one/log'), String(Math.random())), 20);
  try {
    await vi.waitFor(() => expect(changes).toBeGreaterThan(1), { timeout: 10_000, interval: 20 });
  } finally {
    clearInterval(writer);
  }
});

it('takes many saves for one change', async () => {
  await watching('one');
  for (let index = 0; index < 10; index += 1) await writeFile(join(root, `one/${index}.yaml`), '');
  await vi.waitFor(() => expect(changes).toBeGreaterThan(0));
  await sleep(300);
  expect(changes).toBe(1);
});
