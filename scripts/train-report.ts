import type { Verdict } from '../controller/evaluator/evaluator.ts';
import type { LabelledPicture } from './train-labelled-pictures.ts';

/** One labelled picture and what was said of it. */
export interface Outcome {
  readonly picture: Pick<LabelledPicture, 'category' | 'source'>;
  readonly verdict: Pick<Verdict, 'category' | 'confidence' | 'uncertain'>;
}

/** Accuracy over all, over the certain ones, and without the least confident tenth. */
export function summary(outcomes: readonly Outcome[]): string {
  const certain = outcomes.filter(({ verdict }) => !verdict.uncertain);
  const byConfidence = outcomes.toSorted((a, b) => b.verdict.confidence - a.verdict.confidence);
  const surest = byConfidence.slice(0, Math.ceil(0.9 * outcomes.length));
  return [
    `all                          ${share(outcomes)}`,
    `without the uncertain ${percent(1 - certain.length / outcomes.length).padStart(6)} ${share(certain)}`,
    `without the least sure 10 %  ${share(surest)}`,
  ].join('\n');
}

/** Rows are what people said, columns what the evaluator said; in brackets how many of them it called uncertain. */
export function confusionTable(outcomes: readonly Outcome[]): string {
  const names = [
    ...new Set(outcomes.flatMap(({ picture, verdict }) => [picture.category, verdict.category])),
  ].sort();
  const rows = names.map((said) => {
    const cells = names.map((guessed) => {
      const hits = outcomes.filter(
        ({ picture, verdict }) => picture.category === said && verdict.category === guessed,
      );
      return `${hits.length} (${hits.filter(({ verdict }) => verdict.uncertain).length})`;
    });
    return [said, ...cells];
  });
  return table([['labelled \\ judged', ...names], ...rows]);
}

/** Accuracy by source and label. */
export function sourceTable(outcomes: readonly Outcome[]): string {
  const groups = Map.groupBy(outcomes, ({ picture }) => `${picture.source}, ${picture.category}`);
  const rows = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, group]) => [name, share(group)]);
  return table([['source, label', 'right'], ...rows]);
}

function share(outcomes: readonly Outcome[]): string {
  const right = outcomes.filter(({ picture, verdict }) => picture.category === verdict.category).length;
  return outcomes.length === 0 ? 'none' : `${percent(right / outcomes.length)}  ${right}/${outcomes.length}`;
}

function percent(value: number): string {
  return `${(100 * value).toFixed(1)} %`;
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ')).join('\n');
}
