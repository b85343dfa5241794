import { describe, expect, it } from 'vitest';
import { editManifest, type Insertion, writtenEntries } from './manifest-edit.ts';

const MANIFEST = { actor_id: '1', studio: 'kept', images: [{ key: 'a', shot: 0 }, 'b', { key: 'c' }] };

/** Entries whose numbers and keys a parser would change, laid out as nobody's printer would. */
const BY_HAND = `{ "images" : [
    {"key":"a","crop":1.50,"id":12345678901234567890,"x":-0.0,"x":-0},   {"key": "b", "z":1, "a" :[ 1,2 ]},

    "c",
\t{ "far": 1e999, "key": "\\u0064" }
  ],
  "n": 1.0 }`;

function entriesOf(text: string): unknown[] {
  return (JSON.parse(text) as { images: unknown[] }).images;
}

/** Takes entries out and puts them back, as a delete and its rollback do. */
function outAndIn(text: string, indexes: readonly number[]): string {
  const [written, entries] = [writtenEntries(text), entriesOf(text)];
  const insert = indexes.map((index): Insertion => {
    return { index, entry: entries[index], written: written[index]! };
  });
  return editManifest(editManifest(text, '1', { remove: indexes }), '1', { insert });
}

describe('editing a training manifest', () => {
  const layouts = { 'in one line': undefined, indented: 2, 'with tabs': '\t' } as const;
  const subsets = [[[2]], [[1]], [[0]], [[1, 2]], [[0, 2]], [[0, 1, 2]]] as const;
  for (const [name, space] of Object.entries(layouts)) {
    const text = JSON.stringify(MANIFEST, null, space);

    it.each(subsets)(`removes entries %j of a file ${name} and nothing else`, (remove) => {
      const edited = editManifest(text, '1', { remove });

      const images = MANIFEST.images.filter((_, index) => !(remove as readonly number[]).includes(index));
      expect(edited).toBe(JSON.stringify({ ...MANIFEST, images }, null, space));
    });

    it.each(subsets)(`puts entries %j of a file ${name} back as they were`, (taken) => {
      expect(outAndIn(text, taken)).toBe(text);
    });

    it(`adds in a file ${name} as its neighbours are written`, () => {
      const edited = editManifest(text, '1', { remove: [2], append: ['d', { key: 'e', tags: ['x'] }] });

      const images = [...MANIFEST.images.slice(0, 2), 'd', { key: 'e', tags: ['x'] }];
      expect(edited).toBe(JSON.stringify({ ...MANIFEST, images }, null, space));
    });

    it(`adds the first entry of a file ${name}`, () => {
      const empty = JSON.stringify({ ...MANIFEST, images: [] }, null, space);

      const edited = editManifest(empty, '1', { append: [{ key: 'e' }] });

      expect(edited).toBe(JSON.stringify({ ...MANIFEST, images: [{ key: 'e' }] }, null, space));
      expect(editManifest(edited, '1', { remove: [0] })).toBe(empty);
    });
  }

  it.each([[[0]], [[1]], [[2]], [[3]], [[0, 1]], [[1, 3]], [[2, 3]], [[1, 2, 3]]])(
    'puts entries %j back to the byte, whatever their numbers, keys and gaps',
    (taken) => {
      expect(outAndIn(BY_HAND, taken)).toBe(BY_HAND);
    },
  );

  it('leaves an addition no trace once it is taken out again', () => {
    for (const text of [BY_HAND, BY_HAND.replaceAll('\n', '\r\n'), `\uFEFF${BY_HAND}`]) {
      const added = editManifest(text, '1', { append: [{ key: 'new' }] });

      expect(entriesOf(added.replace('\uFEFF', '')).at(-1)).toEqual({ key: 'new' });
      expect(editManifest(added, '1', { remove: [4] })).toBe(text);
    }
  });

  it('writes an addition as Python does where the others are', () => {
    const edited = editManifest('{"images": [{"key": "a"}]}', '1', {
      append: [{ key: 'b', tags: ['x', 1] }],
    });

    expect(edited).toBe('{"images": [{"key": "a"}, {"key": "b", "tags": ["x", 1]}]}');
  });

  it('sets and takes out a pin without touching anything else', () => {
    for (const index of [0, 1, 3]) {
      const pinned = editManifest(BY_HAND, '1', { pin: [{ index, pinned: true }] });

      expect(entriesOf(pinned)[index]).toMatchObject({ pinned: true });
      expect(pinned).toContain('12345678901234567890');
      expect(editManifest(pinned, '1', { pin: [{ index, pinned: false }] })).toBe(BY_HAND);
    }
    expect(
      editManifest('{"images": [{"pinned": false, "key": "a"}]}', '1', { pin: [{ index: 0, pinned: true }] }),
    ).toBe('{"images": [{"pinned": true, "key": "a"}]}');
    expect(editManifest('{"images":["s3://b/a"]}', '1', { pin: [{ index: 0, pinned: true }] })).toBe(
      '{"images":[{"s3_url":"s3://b/a","pinned":true}]}',
    );
  });

  it('changes nothing where the key "images" is there twice', () => {
    expect(() => editManifest('{"images":["a"],"images":["b","c"]}', '1', { remove: [0] })).toThrow(
      'cannot be edited safely',
    );
  });

  it('writes no text that is not the entry it stands for', () => {
    const written = { text: '{"key":"x"}, {"key":"y"}', before: '', after: '' };

    expect(() =>
      editManifest('{"images":[]}', '1', { insert: [{ index: 0, entry: { key: 'x' }, written }] }),
    ).toThrow('cannot be edited safely');
  });
});
