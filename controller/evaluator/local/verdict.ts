import type { Verdict } from '../evaluator.ts';
import type { Look } from './look/look.ts';
import type { Cell, Claims } from './style.ts';

/** Turns what was measured into the verdict of one taxonomy. */
export function judge(look: Look, claims: Claims, uncertainBelow: number): Verdict {
  const shares = new Map<string, number>();
  let likeliest: { cell: Cell; share: number } | undefined;
  for (const { cell, category } of claims) {
    shares.set(category, (shares.get(category) ?? 0) + probability(look, cell));
  }
  const [category, confidence] = [...shares].reduce((best, next) => (next[1] > best[1] ? next : best));
  for (const claim of claims) {
    const share = probability(look, claim.cell);
    if (claim.category === category && !(likeliest && likeliest.share >= share))
      likeliest = { cell: claim.cell, share };
  }
  const cell = likeliest!.cell;
  const uncertain = confidence < uncertainBelow;
  const grade = look.quality[cell.medium];
  return {
    category,
    confidence: Math.round(1000 * confidence) / 1000,
    uncertain,
    quality: grade.score,
    note: [describe(cell), uncertain ? doubt(look, cell) : undefined, grade.complaint]
      .filter(Boolean)
      .join('; '),
  };
}

function probability(look: Look, cell: Cell): number {
  const medium = cell.medium === 'photo' ? look.photo : 1 - look.photo;
  const colour = cell.colour === 'monochrome' ? look.monochrome : 1 - look.monochrome;
  return medium * colour;
}

function describe(cell: Cell): string {
  const colour = cell.colour === 'monochrome' ? 'black-and-white' : 'colour';
  return `${colour} ${cell.medium === 'photo' ? 'photograph' : 'illustration'}`;
}

/** Names the axis that is in doubt most. */
function doubt(look: Look, cell: Cell): string {
  const mediumInDoubt = Math.abs(look.photo - 0.5) <= Math.abs(look.monochrome - 0.5);
  if (mediumInDoubt) return cell.medium === 'photo' ? 'may be an illustration' : 'may be a photograph';
  return cell.colour === 'monochrome' ? 'may count as colour' : 'may count as black and white';
}
