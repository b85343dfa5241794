import type { Verdict } from '../evaluator/evaluator.ts';

/** What one picture was taken for, once. */
export interface Judged {
  readonly run: number;
  readonly name: string;
  readonly label: string;
  /** Its cell on the sheet, from 1. */
  readonly position: number;
  readonly verdict: Verdict | undefined;
}

/** How far an evaluator can be trusted. Shares are 0 to 1; undefined where nothing was there to be counted. */
export interface Calibration {
  readonly evaluator: string;
  readonly pictures: number;
  /** Could not be decoded, or were there twice; they were not asked about. */
  readonly unreadable: number;
  readonly runs: number;
  readonly accuracy: number | undefined;
  /** Among verdicts that the evaluator was sure of: what deletes rest on. */
  readonly certainAccuracy: number | undefined;
  readonly uncertainShare: number | undefined;
  /** Pictures that got no verdict. */
  readonly failedShare: number | undefined;
  /** Pictures that all runs took for the same; undefined with one run. */
  readonly agreement: number | undefined;
  readonly categories: readonly CategoryCalibration[];
  /** Label -> verdict -> how often; `-` stands for no verdict. */
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly positions: readonly {
    readonly position: number;
    readonly judged: number;
    readonly accuracy: number;
  }[];
  /** Pictures that were taken for something else in any run. */
  readonly mistakes: readonly { readonly name: string; readonly label: string; readonly taken: string }[];
  /** US dollars. */
  readonly costUsd: number;
  readonly estimateUsd: number;
}

export interface CategoryCalibration {
  readonly category: string;
  readonly labelled: number;
  /** Of those labelled so, the share that was found. */
  readonly recall: number | undefined;
  /** Of those taken for it, the share that is labelled so. */
  readonly precision: number | undefined;
}

export interface Measured
  extends Pick<Calibration, 'evaluator' | 'pictures' | 'unreadable' | 'runs' | 'costUsd' | 'estimateUsd'> {
  readonly categories: readonly string[];
  readonly judged: readonly Judged[];
}

/** Adds up what was judged. */
export function measure({ categories, judged, ...facts }: Measured): Calibration {
  const isRight = ({ label, verdict }: Judged) => verdict?.category === label;
  const answered = judged.filter(({ verdict }) => verdict !== undefined);
  const certain = answered.filter(({ verdict }) => verdict!.uncertain === false);
  return {
    ...facts,
    accuracy: share(judged, isRight),
    certainAccuracy: share(certain, isRight),
    uncertainShare: share(answered, ({ verdict }) => verdict!.uncertain),
    failedShare: share(judged, ({ verdict }) => verdict === undefined),
    agreement: facts.runs < 2 ? undefined : agreementOf(judged),
    categories: categories.map((category) => ({
      category,
      labelled: new Set(judged.filter(({ label }) => label === category).map(({ name }) => name)).size,
      recall: share(
        judged.filter(({ label }) => label === category),
        isRight,
      ),
      precision: share(
        judged.filter(({ verdict }) => verdict?.category === category),
        isRight,
      ),
    })),
    confusion: confusionOf(categories, judged),
    positions: [...Map.groupBy(judged, ({ position }) => position)]
      .sort(([a], [b]) => a - b)
      .map(([position, group]) => ({ position, judged: group.length, accuracy: share(group, isRight)! })),
    mistakes: mistakesIn(judged),
  };
}

function share<T>(items: readonly T[], counts: (item: T) => boolean): number | undefined {
  return items.length === 0 ? undefined : items.filter(counts).length / items.length;
}

function agreementOf(judged: readonly Judged[]): number | undefined {
  const groups = [...Map.groupBy(judged, ({ name }) => name).values()];
  return share(groups, (group) => new Set(group.map(({ verdict }) => verdict?.category ?? '-')).size === 1);
}

function confusionOf(
  categories: readonly string[],
  judged: readonly Judged[],
): Record<string, Record<string, number>> {
  const columns = [...categories, '-'];
  const count = (label: string, taken: string) =>
    judged.filter((one) => one.label === label && (one.verdict?.category ?? '-') === taken).length;
  return Object.fromEntries(
    categories.map((label) => [
      label,
      Object.fromEntries(columns.map((taken) => [taken, count(label, taken)])),
    ]),
  );
}

function mistakesIn(judged: readonly Judged[]) {
  const wrong = judged.filter(({ label, verdict }) => verdict !== undefined && verdict.category !== label);
  const unique = new Map(
    wrong.map(({ name, label, verdict }) => [
      `${name} ${verdict!.category}`,
      { name, label, taken: verdict!.category },
    ]),
  );
  return [...unique.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
