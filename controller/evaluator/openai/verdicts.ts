import type { Raster } from '../../picture/raster.ts';
import type { EvaluationItem, Verdict } from '../evaluator.ts';
import type { ImageAnswer } from './answer.ts';

/** What a category says of colour, where it does. */
export type ColourRule = 'colour' | 'monochrome' | 'any';

export interface VerdictRules {
  /** Below it a verdict is uncertain. */
  readonly minimumConfidence: number;
  /** By category. */
  readonly colours: ReadonlyMap<string, ColourRule>;
}

/** Most of the range between the darkest and the lightest channel: paint, not the tint of an old print. */
const STRONG_CHROMA = 80;
const STRONG_SHARE = 0.15;
/** What JPEG leaves of colour in a grey picture. */
const NO_CHROMA = 12;
const GREY_SHARE = 0.998;

/**
 * The verdict of one answer. Whether a picture has colour is certain without any model, so an answer that contradicts the pixels is
 * uncertain however sure the model was: most likely it meant another cell of the sheet.
 */
export function toVerdict(
  answer: ImageAnswer,
  { tile }: Pick<EvaluationItem, 'tile'>,
  rules: VerdictRules,
): Verdict {
  const { category, quality, confidence, seen } = answer;
  const contradicted = contradictsPixels(rules.colours.get(category) ?? 'any', tile);
  const note = contradicted ? `${seen} (the colours of the picture say otherwise)` : seen;
  return {
    category,
    quality,
    confidence,
    uncertain: contradicted || confidence < rules.minimumConfidence,
    ...(note === '' ? {} : { note }),
  };
}

function contradictsPixels(rule: ColourRule, tile: Raster): boolean {
  if (rule === 'any') return false;
  const pixels = tile.width * tile.height;
  let strong = 0;
  let grey = 0;
  for (let at = 0; at < pixels * 3; at += 3) {
    const [r, g, b] = [tile.data[at]!, tile.data[at + 1]!, tile.data[at + 2]!];
    const chroma = Math.max(r, g, b) - Math.min(r, g, b);
    if (chroma >= STRONG_CHROMA) strong += 1;
    if (chroma <= NO_CHROMA) grey += 1;
  }
  return rule === 'monochrome' ? strong / pixels > STRONG_SHARE : grey / pixels > GREY_SHARE;
}
