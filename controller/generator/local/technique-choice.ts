import type { Random } from './random.ts';
import type { Colour, Medium, Technique } from './technique.ts';
import { cel } from './techniques/cel.ts';
import { charcoal } from './techniques/charcoal.ts';
import { gouache } from './techniques/gouache.ts';
import { halftone } from './techniques/halftone.ts';
import { ink } from './techniques/ink.ts';
import { manga } from './techniques/manga.ts';
import { paint } from './techniques/paint.ts';
import { photograph } from './techniques/photograph.ts';
import { poster } from './techniques/poster.ts';
import { silverPrint } from './techniques/silver-print.ts';
import { watercolour } from './techniques/watercolour.ts';
import { woodcut } from './techniques/woodcut.ts';

export const TECHNIQUES: readonly Technique[] = [
  photograph,
  silverPrint,
  ink,
  charcoal,
  halftone,
  manga,
  woodcut,
  cel,
  watercolour,
  poster,
  gouache,
  paint,
];

/** Which family of techniques makes pictures of a category. */
export interface Style {
  readonly medium: Medium;
  readonly colour: Colour | 'any';
}

/** The technique of the family that the prompt asks for; by chance among the family when it asks for none. */
export function chooseTechnique(style: Style, prompt: string, random: Random): Technique {
  const family = TECHNIQUES.filter((technique) => belongs(technique, style));
  const text = prompt.toLowerCase();
  const scores = family.map((technique) => score(technique, text));
  const best = Math.max(...scores);
  if (best > 0) return random.pick(family.filter((_, i) => scores[i] === best));
  const usual = family.filter((technique) => technique.onlyWhenAsked !== true);
  return random.pick(usual.length > 0 ? usual : family);
}

function belongs(technique: Technique, style: Style): boolean {
  return technique.medium === style.medium && (style.colour === 'any' || technique.colour === style.colour);
}

/** The longest of its words counts: `digital paint` says more than `ink`. */
function score(technique: Technique, text: string): number {
  const found = technique.words.filter((word) => startsAWord(text, word));
  return Math.max(0, ...found.map((word) => word.length));
}

function startsAWord(text: string, beginning: string): boolean {
  for (let at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + 1)) {
    if (at === 0 || !/\p{L}/u.test(text[at - 1]!)) return true;
  }
  return false;
}
