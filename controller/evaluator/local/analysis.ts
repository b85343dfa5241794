import type { Verdict } from '../evaluator.ts';

/** Below this quality a picture is worth naming. */
const WEAK = 5;
const NAMED = 3;

/** One or two sentences on the set: how many of each category, how many in doubt, which are weakest. */
export function summarise(judged: readonly { readonly number: number; readonly verdict: Verdict }[]): string {
  if (judged.length === 0) return 'No picture could be judged.';
  const counts = new Map<string, number>();
  for (const { verdict } of judged) counts.set(verdict.category, (counts.get(verdict.category) ?? 0) + 1);
  const parts = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([category, count]) => `${count} ${category}`);
  const uncertain = judged.filter(({ verdict }) => verdict.uncertain).length;
  const weakest = judged
    .filter(({ verdict }) => verdict.quality < WEAK)
    .sort((a, b) => a.verdict.quality - b.verdict.quality || a.number - b.number)
    .slice(0, NAMED)
    .map(({ number, verdict }) => `#${number} (quality ${verdict.quality})`);
  return [
    `Measured locally: ${parts.join(', ')}${uncertain > 0 ? `; ${uncertain} of them uncertain` : ''}.`,
    ...(weakest.length > 0 ? [`Technically weakest: ${weakest.join(', ')}.`] : []),
  ].join(' ');
}
