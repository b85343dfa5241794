import { type Rgb, rgbOf } from './palette.ts';

/** What painters call their colours. Of a name inside another one (`brick red`) the longer counts. */
const NAMES: readonly (readonly [name: string, hex: number])[] = [
  ['brick red', 0xa8432f],
  ['brick', 0xa8432f],
  ['crimson', 0xb01e3c],
  ['scarlet', 0xd22f27],
  ['red', 0xc8322b],
  ['coral', 0xf0725c],
  ['rose', 0xdb5f84],
  ['pink', 0xf2609a],
  ['magenta', 0xc2277d],
  ['peach', 0xf7b08a],
  ['apricot', 0xf0a063],
  ['orange', 0xec7f26],
  ['ochre', 0xc98f32],
  ['ocher', 0xc98f32],
  ['mustard', 0xcf9f2e],
  ['amber', 0xe39a24],
  ['golden', 0xe0ac38],
  ['gold', 0xe0ac38],
  ['yellow', 0xf2c92e],
  ['olive', 0x7d8436],
  ['mint', 0x8fcfae],
  ['emerald', 0x1f8a5b],
  ['green', 0x4c9150],
  ['teal', 0x1f7f80],
  ['turquoise', 0x39aeb0],
  ['cyan', 0x35b0cf],
  ['navy', 0x223a6b],
  ['ultramarine', 0x2f45b0],
  ['indigo', 0x3a3f91],
  ['blue', 0x3a6fc0],
  ['violet', 0x7a4fae],
  ['purple', 0x7a3f8f],
  ['lilac', 0xb493cf],
  ['lavender', 0xa79ad6],
  ['sienna', 0xa8592f],
  ['brown', 0x8a5a3c],
];
const WORDS = new RegExp(`\\b(${NAMES.map(([name]) => name).join('|')})\\b`, 'g');
const DENIED = /\b(no|not|without|never)\s+\w+/g;

/** The colours that a prompt names, each once, in the order of naming. */
export function namedColours(prompt: string): Rgb[] {
  const text = prompt.toLowerCase().replace(/\s+/g, ' ').replace(DENIED, ' ');
  const found = new Set(text.match(WORDS) ?? []);
  return NAMES.filter(([name]) => found.has(name))
    .sort(([one], [other]) => text.indexOf(one) - text.indexOf(other))
    .map(([, hex]) => rgbOf(hex));
}
