import { describe, expect, it } from 'vitest';
import { editManifest } from './manifest-edit.ts';

const MANIFEST = { actor_id: '1', studio: 'kept', images: [{ key: 'a', shot: 0 }, 'b', { key: 'c' }] };

describe('editing a training manifest', () => {
  const layouts = { 'in one line': undefined, indented: 2, 'with tabs': '\t' } as const;
  for (const [name, space] of Object.entries(layouts)) {
    const text = JSON.stringify(MANIFEST, null, space);

    it.each([[[2]], [[1]], [[0]], [[1, 2]], [[0, 2]], [[0, 1, 2]]])(
      `removes entries %j of a file ${name} and nothing else`,
      (remove) => {
        const edited = editManifest(text, '1', { remove });

        const images = MANIFEST.images.filter((_, index) => !remove.includes(index));
        expect(edited).toBe(JSON.stringify({ ...MANIFEST, images }, null, space));
      },
    );

    it(`adds and replaces in a file ${name}`, () => {
      const edited = editManifest(text, '1', {
        remove: [2],
        replace: [{ index: 1, entry: { key: 'B' } }],
        append: ['d'],
      });

      expect(JSON.parse(edited)).toEqual({ ...MANIFEST, images: [{ key: 'a', shot: 0 }, { key: 'B' }, 'd'] });
    });
  }

  it('changes nothing where the key "images" is there twice', () => {
    expect(() => editManifest('{"images":["a"],"images":["b","c"]}', '1', { remove: [0] })).toThrow(
      'cannot be edited safely',
    );
  });
});
