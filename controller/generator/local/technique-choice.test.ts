import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';
import { styleOf } from './style.ts';
import { chooseTechnique, type Style } from './technique-choice.ts';

const PRINT: Style = { medium: 'illustration', colour: 'monochrome' };
const PANEL: Style = { medium: 'illustration', colour: 'colour' };

function chosen(style: Style, prompt: string, seed = 'x'): string {
  return chooseTechnique(style, prompt, createRandom(seed)).name;
}

describe('chooseTechnique', () => {
  it.each([
    [PRINT, 'A pen and ink line drawing', 'ink'],
    [PRINT, 'Charcoal sketch with smudged shadows', 'charcoal'],
    [PRINT, 'Manga-style illustration with screentones', 'manga'],
    [PRINT, 'Woodcut print with carved textures', 'woodcut'],
    [PRINT, 'Linocut of a sailor', 'woodcut'],
    [PRINT, 'newspaper halftone', 'halftone'],
    [PANEL, 'Comic book illustration with cel shading', 'cel'],
    [PANEL, 'Watercolor painting with paper texture', 'watercolour'],
    [PANEL, 'Digital painting with brush strokes', 'paint'],
    [PANEL, 'Gouache painting with matte colors', 'gouache'],
    [PANEL, 'silkscreen poster', 'poster'],
  ] as const)('%o: %s -> %s', (style, prompt, expected) => {
    expect(chosen(style, prompt)).toBe(expected);
  });

  it('never leaves the family, whatever the prompt says', () => {
    expect(chosen({ medium: 'photo', colour: 'any' }, 'a charcoal drawing')).toBe('photograph');
    expect(['ink', 'charcoal', 'halftone', 'manga', 'woodcut']).toContain(chosen(PRINT, 'a watercolour'));
  });

  it('takes any of the family by chance when the prompt asks for none', () => {
    const names = new Set(
      Array.from({ length: 60 }, (_, i) => chosen(PANEL, 'this person at sea', String(i))),
    );
    expect([...names].sort()).toEqual(['cel', 'gouache', 'paint', 'poster', 'watercolour']);
  });

  it('looks for beginnings of words, not for letters inside them', () => {
    const names = new Set(
      Array.from({ length: 60 }, (_, i) => chosen(PRINT, 'drinking in the rain', String(i))),
    );
    expect(names.size).toBe(5);
  });
});

describe('styleOf', () => {
  it('follows the hints before the description', () => {
    expect(styleOf({ medium: 'photo' }, 'an ink drawing')).toEqual({ medium: 'photo', colour: 'any' });
  });

  it.each([
    ['Real-world scenes, photographic, film-like, cinematic.', { medium: 'photo', colour: 'any' }],
    [
      'Black and white only, illustrated, not photorealistic: pen and ink.',
      { medium: 'illustration', colour: 'monochrome' },
    ],
    [
      'Colour illustrations (not B&W), not photorealistic, artistic.',
      { medium: 'illustration', colour: 'colour' },
    ],
    ['Clay puppets on a table.', { medium: 'illustration', colour: 'any' }],
  ] as const)('reads %s', (description, style) => {
    expect(styleOf(undefined, description)).toEqual(style);
  });
});
