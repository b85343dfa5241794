import { expect, it } from 'vitest';
import { namedColours } from './named-colours.ts';
import { rgbOf } from './palette.ts';

it.each([
  ['a limited palette of ochre, teal and brick red', [0xc98f32, 0x1f7f80, 0xa8432f]],
  ['Redraw this person, hair covered, by the blueprint', []],
  ['fluorescent pink,\n  blue and yellow; more blue', [0xf2609a, 0x3a6fc0, 0xf2c92e]],
  ['Green without red', [0x4c9150]],
  ['no colour', []],
])('finds the colours in "%s"', (prompt, colours) => {
  expect(namedColours(prompt)).toEqual(colours.map(rgbOf));
});
