import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { type Located, problemAt, toDotted } from './problems.ts';
import type { Target } from './target.ts';

/** Guards against binary fractions. */
const EPSILON = 1e-9;

/**
 * Warns of a tolerance that allows a category no count but the exact one: every image more or less makes its actors unbalanced, and a
 * noisy evaluator makes them flap. One problem for a distribution, which names the categories and the least tolerance that helps.
 */
export function slackProblems(at: Located, target: Omit<Target, 'suspended'>): Diagnostic[] {
  const { unit, value } = target.tolerance;
  const tight = target.categories.filter(
    (category) => category.share > 0 && category.share < 100 && !hasSlack(target, category),
  );
  if (tight.length === 0) return [];
  const names = tight.map(({ name }) => `"${name}"`).join(', ');
  const path = ['spec', 'tolerance', unit];
  const detail =
    `${toDotted(path)} is ${value}: of ${target.total} images that allows ${names} no count but the exact one, so one image more or less puts an actor out of balance. ` +
    `Write ${leastTolerance(target, tight)} or more if that is not what you want.`;
  return [problemAt(at, 'no-slack', path, detail, 'key')];
}

function hasSlack(target: Omit<Target, 'suspended'>, category: Target['categories'][number]): boolean {
  const { nominal, slack } = bandOf(target, category);
  const low = Math.ceil(nominal - slack - EPSILON);
  const high = Math.floor(nominal + slack + EPSILON);
  return low < category.count || high > category.count;
}

function bandOf(
  { tolerance: { unit, value }, total }: Omit<Target, 'suspended'>,
  category: Target['categories'][number],
) {
  const share = (category.share / 100) * total;
  if (unit === 'images') return { nominal: category.count, slack: value };
  return { nominal: share, slack: unit === 'points' ? (value / 100) * total : (value / 100) * share };
}

/** The least tolerance, in the same unit, that gives every one of the categories one image of slack. */
function leastTolerance(target: Omit<Target, 'suspended'>, tight: Target['categories']): number {
  const { unit } = target.tolerance;
  const needed = tight.map((category) => {
    if (unit === 'images') return 1;
    const nominal = (category.share / 100) * target.total;
    const images = Math.min(Math.abs(category.count + 1 - nominal), Math.abs(category.count - 1 - nominal));
    return (100 * images) / (unit === 'points' ? target.total : nominal);
  });
  return Math.ceil(Math.max(...needed) * 10 - EPSILON) / 10;
}
