import { describe, expect, it } from 'vitest';
import { parseTrainingManifest } from './training-manifest.ts';

const CONTEXT = { root: '/library', images: { kind: 'file', path: '/library/data/' } } as const;

describe('a training manifest', () => {
  it('with the key "images" twice is refused before anything is planned on half of it', () => {
    const read = () =>
      parseTrainingManifest('{"actor_id":"1","images":["a.jpg"],"images":["b.jpg"]}', 'm.json', '1', CONTEXT);

    expect(read).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(read).toThrow(/m\.json has the key "images" more than once/);
  });

  it('may say the word elsewhere', () => {
    const text = JSON.stringify({ notes: { images: '"images"' }, tags: ['images'], images: ['a.jpg'] });

    expect(parseTrainingManifest(text, 'm.json', '1', CONTEXT).entries).toMatchObject([{ image: 'a.jpg' }]);
  });
});
