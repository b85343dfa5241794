import { describe, expect, it } from 'vitest';
import { CallsheetError } from '../../controller/diagnostics/errors.ts';
import type { ObjectInfo, ObjectStore } from '../../controller/object-store/object-store.ts';
import { increment } from './object-store-increment.ts';

export interface ObjectStoreUnderTest {
  readonly store: ObjectStore;
  /** Stores that ignore conditions are only asked to be honest about it. */
  readonly honoursConditions: boolean;
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

export async function textAt(store: ObjectStore, key: string): Promise<string> {
  return new TextDecoder().decode((await store.get(key)).bytes);
}

export async function keysOf(store: ObjectStore, prefix: string): Promise<string[]> {
  return (await listed(store, prefix)).map((info) => info.key).sort();
}

export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    return error instanceof CallsheetError ? error.code : `not ours: ${String(error)}`;
  }
  return 'resolved';
}

async function listed(store: ObjectStore, prefix: string): Promise<ObjectInfo[]> {
  const infos: ObjectInfo[] = [];
  for await (const info of store.list(prefix)) infos.push(info);
  return infos;
}

const ODD_KEYS = [
  'a b/c d.png',
  'plus+plus.png',
  '100%.png',
  'per%20cent.png',
  'ümlaut/Ünïcödé 😀.png',
  'hash#and?question.png',
  'amp&quote\'double".png',
  'semi;colon=equals,comma@at.png',
  '~tilde!(paren)*.png',
  '.hidden/.file',
];

/** What every ObjectStore must do. `open` gives an empty store; it is called for each test. */
export function describeObjectStore(name: string, open: () => Promise<ObjectStoreUnderTest>): void {
  describe(`ObjectStore contract: ${name}`, () => {
    describeReading(open);
    describeListing(open);
    describeConditions(open);
    describeRefusals(open);
  });
}

function describeReading(open: () => Promise<ObjectStoreUnderTest>): void {
  it('gives back what was put, with one revision everywhere', async () => {
    const { store } = await open();

    const revision = await store.put('a/b.bin', Uint8Array.of(0, 255, 13, 10), { contentType: 'image/png' });

    const object = await store.get('a/b.bin');
    const head = await store.head('a/b.bin');
    expect([...object.bytes]).toEqual([0, 255, 13, 10]);
    expect(object.revision).toBe(revision);
    expect(head).toMatchObject({ key: 'a/b.bin', size: 4, revision });
    expect(await listed(store, 'a/')).toEqual([{ ...head, modifiedMs: expect.any(Number) }]);
    expect(Math.abs(head.modifiedMs - Date.now())).toBeLessThan(120_000);
  });

  it('changes the revision with the content', async () => {
    const { store } = await open();

    const first = await store.put('a', bytesOf('one'));
    const second = await store.put('a', bytesOf('two'));

    expect(second).not.toBe(first);
    expect(await textAt(store, 'a')).toBe('two');
  });

  it('keeps empty and large objects', async () => {
    const { store } = await open();
    const large = Buffer.alloc(3_000_000, 'large');

    await store.put('empty', new Uint8Array());
    await store.put('large', large);

    expect((await store.get('empty')).bytes).toHaveLength(0);
    expect(large.equals((await store.get('large')).bytes)).toBe(true);
  });

  it('takes odd keys in every operation', async () => {
    const { store } = await open();

    for (const key of ODD_KEYS) await store.put(key, bytesOf(key));

    expect(await keysOf(store, '')).toEqual([...ODD_KEYS].sort());
    for (const key of ODD_KEYS) {
      expect(await textAt(store, key)).toBe(key);
      await store.copy(key, `trash/${key}`);
      await store.delete(key);
      expect(await textAt(store, `trash/${key}`)).toBe(key);
    }
    expect(await keysOf(store, '')).toEqual(ODD_KEYS.map((key) => `trash/${key}`).sort());
  });

  it('says not-found, and deletes what is not there without complaint', async () => {
    const { store } = await open();

    expect(await codeOf(store.get('none'))).toBe('not-found');
    expect(await codeOf(store.head('none/at/all'))).toBe('not-found');
    expect(await codeOf(store.copy('none', 'to'))).toBe('not-found');
    await store.delete('none');
    await store.delete('none/at/all');
  });

  it('copies over what is there and leaves the source', async () => {
    const { store } = await open();
    await store.put('from', bytesOf('new'));
    await store.put('to', bytesOf('old'));

    await store.copy('from', 'to');
    await store.copy('from', 'from');

    expect(await textAt(store, 'to')).toBe('new');
    expect(await textAt(store, 'from')).toBe('new');
  });

  it('reads no more than it is allowed to', async () => {
    const { store } = await open();
    await store.put('small', bytesOf('12345'));
    await store.put('large', Buffer.alloc(400_000));

    expect(await codeOf(store.get('small', { maxBytes: 4 }))).toBe('too-large');
    expect(await codeOf(store.get('large', { maxBytes: 399_999 }))).toBe('too-large');
    expect((await store.get('small', { maxBytes: 5 })).bytes).toHaveLength(5);
  });
}

function describeListing(open: () => Promise<ObjectStoreUnderTest>): void {
  it('lists by the start of keys, at any depth', async () => {
    const { store } = await open();
    for (const key of ['a/1', 'a/10/x', 'a/2', 'ab', 'b/1']) await store.put(key, bytesOf('x'));

    expect(await keysOf(store, 'a/1')).toEqual(['a/1', 'a/10/x']);
    expect(await keysOf(store, 'a/')).toEqual(['a/1', 'a/10/x', 'a/2']);
    expect(await keysOf(store, 'a')).toEqual(['a/1', 'a/10/x', 'a/2', 'ab']);
    expect(await keysOf(store, 'none/')).toEqual([]);
  });

  it('stops a listing when its signal aborts', async () => {
    const { store } = await open();
    await store.put('a', bytesOf('x'));
    const list = async () => {
      for await (const _ of store.list('', AbortSignal.abort(new Error('enough')))) expect.unreachable();
    };

    await expect(list()).rejects.toThrow('enough');
  });
}

function describeConditions(open: () => Promise<ObjectStoreUnderTest>): void {
  it('is honest about conditions', async () => {
    const { store, honoursConditions } = await open();

    expect(store.conditionalWrites).toBe(honoursConditions);
  });

  it('creates only what is absent', async () => {
    const { store } = await open();

    const revision = await store.put('a', bytesOf('first'), { onlyIf: 'absent' });

    expect(await codeOf(store.put('a', bytesOf('second'), { onlyIf: 'absent' }))).toBe('precondition-failed');
    expect(await store.get('a')).toMatchObject({ revision });
  });

  it('replaces only the revision that was named', async () => {
    const { store } = await open();
    const first = await store.put('a', bytesOf('first'));

    const second = await store.put('a', bytesOf('second'), { onlyIf: { revision: first } });

    expect(await codeOf(store.put('a', bytesOf('third'), { onlyIf: { revision: first } }))).toBe(
      'precondition-failed',
    );
    expect(await codeOf(store.put('b', bytesOf('x'), { onlyIf: { revision: first } }))).toBe(
      'precondition-failed',
    );
    expect(await store.get('a')).toMatchObject({ revision: second });
    expect(await keysOf(store, '')).toEqual(['a']);
  });

  it('deletes only the revision that was named', async () => {
    const { store } = await open();
    const first = await store.put('a', bytesOf('first'));
    const second = await store.put('a', bytesOf('second'));

    expect(await codeOf(store.delete('a', { onlyIf: { revision: first } }))).toBe('precondition-failed');
    expect(await textAt(store, 'a')).toBe('second');
    await store.delete('a', { onlyIf: { revision: second } });
    await store.delete('a', { onlyIf: { revision: second } });

    expect(await keysOf(store, '')).toEqual([]);
  });

  it('lets one of many creators win', async () => {
    const { store, honoursConditions } = await open();
    if (!honoursConditions) return;

    const codes = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        codeOf(store.put('a', bytesOf(`writer ${i}`), { onlyIf: 'absent' })),
      ),
    );

    expect(codes.filter((code) => code === 'resolved')).toHaveLength(1);
    expect(codes.filter((code) => code === 'precondition-failed')).toHaveLength(11);
  });

  it('loses no update among concurrent compare-and-swaps', async () => {
    const { store, honoursConditions } = await open();
    if (!honoursConditions) return;
    await store.put('counter', bytesOf('0'));

    await Promise.all(Array.from({ length: 4 }, () => increment(store, 'counter', 5)));

    expect(await textAt(store, 'counter')).toBe('20');
  });
}

function describeRefusals(open: () => Promise<ObjectStoreUnderTest>): void {
  it.each([
    ['an empty key', ''],
    ['a key that starts with "/"', '/a'],
    ['a key that ends with "/"', 'a/'],
    ['".." at the start', '../a'],
    ['".." in the middle', 'a/../b'],
    ['".." alone', '..'],
    ['"." at the start', './a'],
    ['"." at the end', 'a/.'],
    ['a backslash', 'a\\b'],
    ['a NUL', 'a\0b'],
    ['a key of more than 1024 bytes', 'ü'.repeat(513)],
    ['half a surrogate pair', 'a\ud800'],
  ])('refuses %s everywhere', async (_, key) => {
    const { store } = await open();

    expect(await codeOf(store.get(key))).toBe('invalid-input');
    expect(await codeOf(store.head(key))).toBe('invalid-input');
    expect(await codeOf(store.put(key, bytesOf('x')))).toBe('invalid-input');
    expect(await codeOf(store.delete(key))).toBe('invalid-input');
    expect(await codeOf(store.copy(key, 'b'))).toBe('invalid-input');
    expect(await codeOf(store.copy('b', key))).toBe('invalid-input');
  });

  it('refuses to list outside of its root', async () => {
    const { store } = await open();
    const list = async (prefix: string) => {
      for await (const _ of store.list(prefix)) expect.unreachable();
    };

    expect(await codeOf(list('../'))).toBe('invalid-input');
    expect(await codeOf(list('/etc'))).toBe('invalid-input');
  });

  it('does nothing when its signal is aborted', async () => {
    const { store } = await open();
    await store.put('a', bytesOf('x'));
    const signal = AbortSignal.abort(new Error('enough'));

    await expect(store.get('a', { signal })).rejects.toThrow('enough');
    await expect(store.head('a', signal)).rejects.toThrow('enough');
    await expect(store.put('b', bytesOf('x'), { signal })).rejects.toThrow('enough');
    await expect(store.copy('a', 'b', signal)).rejects.toThrow('enough');
    await expect(store.delete('a', { signal })).rejects.toThrow('enough');
    expect(await keysOf(store, '')).toEqual(['a']);
  });
}
