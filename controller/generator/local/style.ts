import type { Style } from './technique-choice.ts';

/** What a taxonomy's category says of itself to local tools (`spec.categories.<name>.local`). */
export interface CategoryHints {
  readonly medium: 'photo' | 'illustration';
  readonly colour?: 'colour' | 'monochrome' | 'any' | undefined;
}

const PHOTO = /\b(photo(?:s|graph\w*|real\w*)?|film|cinematic|camera|lens)\b/g;
const DRAWN =
  /\b(illustrat\w*|drawn|drawings?|draw|paint\w*|sketch\w*|ink|charcoal|manga|comics?|cartoons?|woodcut|watercolou?r|artistic|stylised|stylized|engrav\w*|print)\b/g;
const MONOCHROME = /\b(monochrome|gr[ae]yscale|b&w|black[ -]and[ -]white)/;
const COLOUR = /\b(colou?rs?|colou?rful|watercolou?r|gouache)\b/;
/** "not photorealistic", "no colour", "(not B&W)": what a category is not says nothing of what it is. */
const DENIED = /\b(not|no|never|without|nor|non)[ -]+(an? )?[\w&]+([ -]and[ -]white)?/g;

/** The family of techniques for a category: its hints, or else what its description says. */
export function styleOf(hints: CategoryHints | undefined, description: string): Style {
  if (hints !== undefined) return { medium: hints.medium, colour: hints.colour ?? 'any' };
  const text = description.toLowerCase().replace(DENIED, ' ');
  if (count(text, PHOTO) > count(text, DRAWN)) return { medium: 'photo', colour: 'any' };
  const monochrome = MONOCHROME.test(text);
  const colour = COLOUR.test(text);
  return {
    medium: 'illustration',
    colour: monochrome === colour ? 'any' : monochrome ? 'monochrome' : 'colour',
  };
}

function count(text: string, words: RegExp): number {
  return text.match(words)?.length ?? 0;
}
