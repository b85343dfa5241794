import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { CategoryShare } from './distribution.generated.ts';
import type { SpecDocumentOf } from './documents.ts';
import { largestRemainder } from './largest-remainder.ts';
import { problemAt, toDotted } from './problems.ts';

/** How far the written shares may be from 100: lets 33.3 / 33.3 / 33.3 pass. */
const ROUNDING = 0.5;

export interface Shares {
  readonly total: number;
  /** By category name; percent and images. */
  readonly categories: ReadonlyMap<string, { readonly share: number; readonly count: number }>;
}

/** Reads the shares or counts of a distribution as both. Without `shares` in the answer there is at least one error. */
export function readShares(document: SpecDocumentOf<'Distribution'>): {
  shares?: Shares;
  diagnostics: Diagnostic[];
} {
  const { at, content } = document;
  const entries = Object.entries(content.spec.categories);
  const mixed = formProblems(document, entries);
  if (mixed.length > 0) return { diagnostics: mixed };
  if (entries.every(([, category]) => category.count !== undefined))
    return sharesFromCounts(document, entries);
  const { total } = content.spec;
  const percents = entries.map(([, category]) => toPercent(category.share!));
  const sumProblem = shareSumProblem(document, entries, percents);
  const diagnostics = sumProblem === undefined ? [] : [sumProblem];
  if (total === undefined) {
    diagnostics.push(
      problemAt(
        at,
        'missing-total',
        ['spec'],
        'spec.total is missing: shares need a total to be shares of. Write "total: 20".',
        'key',
      ),
    );
  }
  if (diagnostics.length > 0 || total === undefined) return { diagnostics };
  const counts = largestRemainder(percents, total);
  const sum = percents.reduce((a, b) => a + b, 0);
  const shares = entries.map(([name], index) => {
    return [name, { share: exactPercent(percents[index]!, sum), count: counts[index]! }] as const;
  });
  return { shares: { total, categories: new Map(shares) }, diagnostics };
}

/** 65, "65%" and "65 %" are the same. */
export function toPercent(share: number | string): number {
  return typeof share === 'number' ? share : Number.parseFloat(share);
}

/** Scaled so that shares sum to 100; a sum that is 100 but for binary fractions leaves them as they were written. */
function exactPercent(share: number, sum: number): number {
  return Math.abs(sum - 100) < 1e-9 ? share : (share * 100) / sum;
}

function formProblems(
  document: SpecDocumentOf<'Distribution'>,
  entries: readonly [string, CategoryShare][],
): Diagnostic[] {
  const { at } = document;
  const usesShares = entries.some(([, category]) => category.share !== undefined);
  return entries.flatMap(([name, { share, count }]) => {
    const path = ['spec', 'categories', name];
    if (share !== undefined && count !== undefined) {
      return [
        problemAt(
          at,
          'share-or-count',
          path,
          `${toDotted(path)} has a share and a count. Keep one of the two.`,
          'key',
        ),
      ];
    }
    if (share === undefined && count === undefined) {
      const advice = usesShares
        ? 'Write "share: " and a percentage.'
        : 'Write "share: " and a percentage, or "count: " and a number.';
      return [
        problemAt(
          at,
          'share-or-count',
          path,
          `${toDotted(path)} has neither a share nor a count. ${advice}`,
          'key',
        ),
      ];
    }
    if (count !== undefined && usesShares) {
      const detail = `${toDotted(path)} has a count, and other categories have shares. Give every category a share, or every category a count.`;
      return [problemAt(at, 'share-or-count', [...path, 'count'], detail, 'key')];
    }
    return [];
  });
}

function sharesFromCounts(
  document: SpecDocumentOf<'Distribution'>,
  entries: readonly [string, CategoryShare][],
) {
  const { at, content } = document;
  const sum = entries.reduce((total, [, category]) => total + category.count!, 0);
  const { total = sum } = content.spec;
  if (total !== sum) {
    const terms = entries.map(([, category]) => category.count).join(' + ');
    const detail = `The counts ${terms} make ${sum}, and spec.total is ${total}. Change one of them, or leave the total out.`;
    return { diagnostics: [problemAt(at, 'counts-do-not-sum', ['spec', 'total'], detail)] };
  }
  if (total === 0) {
    const detail =
      'The counts make 0: no actor would have any image. To leave actors alone, set "suspend: true".';
    return { diagnostics: [problemAt(at, 'counts-do-not-sum', ['spec', 'categories'], detail, 'key')] };
  }
  const categories = new Map(
    entries.map(([name, { count }]) => [name, { share: (100 * count!) / total, count: count! }]),
  );
  return { shares: { total, categories }, diagnostics: [] };
}

function shareSumProblem(
  document: SpecDocumentOf<'Distribution'>,
  entries: readonly [string, CategoryShare][],
  percents: readonly number[],
): Diagnostic | undefined {
  const sum = Math.round(percents.reduce((a, b) => a + b, 0) * 1e6) / 1e6;
  if (Math.abs(sum - 100) <= ROUNDING) return undefined;
  const path = ['spec', 'categories'];
  const terms = percents.join(' + ');
  if (Math.abs(sum - 1) <= ROUNDING / 100) {
    const meant = entries
      .map(([name], index) => `${name} ${Math.round(percents[index]! * 1e6) / 1e4}`)
      .join(', ');
    const detail = `Shares are percentages, and ${terms} make ${sum} %. Write ${meant}.`;
    return problemAt(document.at, 'shares-as-fractions', path, detail, 'key');
  }
  const gap = Math.round(Math.abs(100 - sum) * 1e6) / 1e6;
  const detail = `The shares ${terms} make ${sum} %, which is ${gap} ${sum < 100 ? 'short of' : 'over'} 100. Change them so that they make 100.`;
  return problemAt(document.at, 'shares-do-not-sum', path, detail, 'key');
}
