import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isCallsheetError } from '../diagnostics/errors.ts';
import { createFileObjectStore } from './file-object-store.ts';
import type { ObjectStore } from './object-store.ts';

let root: string;
let store: ObjectStore;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'callsheet-'));
  store = createFileObjectStore({ root });
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

async function keys(prefix = ''): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of store.list(prefix)) found.push(key);
  return found.sort();
}

async function failure(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await promise;
  } catch (error) {
    if (isCallsheetError(error)) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('it did not fail');
}

const bytes = new TextEncoder().encode('content');

describe('the root', () => {
  it('may be removed while it is in use', async () => {
    await store.put('a', bytes, { remakable: true });
    rmSync(root, { recursive: true });

    await store.put('b/c', bytes, { remakable: true });

    expect(await keys()).toEqual(['b/c']);
  });

  it('must be there to be listed, unless told otherwise', async () => {
    const missing = join(root, 'missing');

    store = createFileObjectStore({ root: missing });
    expect((await failure(keys())).code).toBe('not-found');

    store = createFileObjectStore({ root: missing, missingRoot: 'empty' });
    expect(await keys()).toEqual([]);
  });

  it('is made by the first write', async () => {
    store = createFileObjectStore({ root: join(root, 'x/y') });

    await store.put('a/b', bytes);

    expect(await keys()).toEqual(['a/b']);
  });

  it('may itself be reached through a link', async () => {
    symlinkSync(root, `${root}-link`);
    store = createFileObjectStore({ root: `${root}-link` });

    await store.put('a', bytes);

    expect(await keys()).toEqual(['a']);
    rmSync(`${root}-link`);
  });

  it('is a URL', () => {
    expect(createFileObjectStore({ root: '/srv/my data' }).url).toBe('file:///srv/my%20data/');
  });
});

describe('symbolic links', () => {
  it('are neither listed nor followed nor replaced', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'callsheet-'));
    writeFileSync(join(outside, 'secret'), 'secret');
    symlinkSync(join(outside, 'secret'), join(root, 'link'));
    symlinkSync(outside, join(root, 'folder'));
    symlinkSync('loop', join(root, 'loop'));

    expect(await keys()).toEqual([]);
    for (const key of ['link', 'folder/secret', 'loop']) {
      expect((await failure(store.get(key))).code).toBe('unsupported');
      expect((await failure(store.head(key))).code).toBe('unsupported');
      expect((await failure(store.put(key, bytes))).code).toBe('unsupported');
      expect((await failure(store.delete(key))).code).toBe('unsupported');
      expect((await failure(store.copy(key, 'x'))).code).toBe('unsupported');
    }
    expect((await failure(keys('folder/'))).code).toBe('unsupported');
    expect(readdirSync(outside)).toEqual(['secret']);
    rmSync(outside, { recursive: true });
  });
});

describe('writing', () => {
  it('keeps the mode of a file that it replaces', async () => {
    writeFileSync(join(root, 'a'), 'old');
    chmodSync(join(root, 'a'), 0o640);

    await store.put('a', bytes);

    expect(statSync(join(root, 'a')).mode & 0o7777).toBe(0o640);
  });

  it('leaves nothing beside the object', async () => {
    await store.put('a', bytes);
    await store.copy('a', 'b');
    await failure(store.put('a', bytes, { onlyIf: 'absent' }));

    expect(readdirSync(root).sort()).toEqual(['a', 'b']);
  });

  it('notices a change in place by another program', async () => {
    const revision = await store.put('a', bytes);
    writeFileSync(join(root, 'a'), 'CONTENT');
    const { mtimeMs } = statSync(join(root, 'a'));
    utimesSync(join(root, 'a'), mtimeMs / 1000, mtimeMs / 1000);

    expect((await failure(store.put('a', bytes, { onlyIf: { revision } }))).code).toBe('precondition-failed');
  });

  it('never gives one revision to two contents, however quickly they follow', async () => {
    const revisions = new Set<string>();

    for (let i = 0; i < 100; i += 1)
      revisions.add(await store.put('a', new TextEncoder().encode(String(100 + i))));

    expect(revisions.size).toBe(100);
  });

  it.each([
    ['a name that is too long', 'n'.repeat(256)],
    ['a file where a folder is needed', 'file/below'],
    ['a folder where a file is needed', 'folder'],
  ])('explains %s', async (_, key) => {
    writeFileSync(join(root, 'file'), 'x');
    mkdirSync(join(root, 'folder/below'), { recursive: true });

    const { code, message } = await failure(store.put(key, bytes));

    expect(code).toBe('invalid-input');
    expect(message).toContain(join(root, key));
  });

  it.skipIf(process.getuid?.() === 0)('explains a folder without the right to write', async () => {
    chmodSync(root, 0o555);

    expect((await failure(store.put('a', bytes))).code).toBe('auth');
  });

  it('refuses names that its claims use', async () => {
    expect((await failure(store.put('.callsheet-0123456789abcdef/a', bytes))).code).toBe('invalid-input');
  });
});

describe('a claim left by a dead process', () => {
  it('is not listed, and stops nobody', async () => {
    await store.put('a', bytes);
    const claims = join(root, '.callsheet-ca978112ca1bbdca'); // SHA-256 of "a".
    mkdirSync(claims);
    const child = execFileSync(process.execPath, [
      '--input-type=module',
      '--eval',
      `import { thisProcess } from ${JSON.stringify(join(import.meta.dirname, 'process-identity.ts'))};
       const { space, pid, started } = thisProcess();
       process.stdout.write([space, pid, started, 'abc'].join('.'));`,
    ]);
    writeFileSync(join(claims, child.toString()), 'half an im');

    expect(await keys()).toEqual(['a']);
    await store.put('a', bytes);

    expect(readdirSync(root)).toEqual(['a']);
  });
});

describe('deleting', () => {
  it('removes folders with their last object, but not the root', async () => {
    await store.put('trash/run/a', bytes);
    await store.put('trash/other/b', bytes);

    await store.delete('trash/run/a');
    expect(readdirSync(join(root, 'trash'))).toEqual(['other']);

    await store.delete('trash/other/b');
    expect(readdirSync(root)).toEqual([]);
  });

  it('does not trip writers that use the folder at the same time', async () => {
    for (let i = 0; i < 10; i += 1) {
      await Promise.all([
        store.put(`f/${i}`, bytes),
        store.delete(`f/${i - 1}`),
        store.put(`f/x/${i}`, bytes),
        store.delete(`f/x/${i - 1}`),
      ]);
    }

    expect(await keys()).toEqual(['f/9', 'f/x/9']);
  });
});

describe('reading', () => {
  it('does not wait for a pipe', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);

    expect((await failure(store.get('pipe'))).code).toBe('unsupported');
    expect(await keys()).toEqual([]);
  });

  it('takes a folder for no object', async () => {
    await store.put('a/b', bytes);

    expect((await failure(store.get('a'))).code).toBe('not-found');
    expect((await failure(store.head('a'))).code).toBe('not-found');
    await store.delete('a');
    expect(await keys()).toEqual(['a/b']);
  });
});
