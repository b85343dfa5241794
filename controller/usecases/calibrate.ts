import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { EvaluationItem, Evaluator, Verdict } from '../evaluator/evaluator.ts';
import { MAX_CELLS, sheetsOf } from '../picture/contact-sheet.ts';
import { decodePicture } from '../picture/decode.ts';
import { makeTile } from '../picture/tile.ts';
import { digestOf } from '../spec/canonical.ts';
import type { LabelledPicture } from './calibrate-labels.ts';
import { type Calibration, type Judged, measure } from './calibrate-measure.ts';

export interface CalibrateRequest {
  readonly pictures: readonly LabelledPicture[];
  readonly categories: readonly string[];
  readonly evaluator: Evaluator;
  /** Pixels of a cell. */
  readonly thumbnail: number;
  readonly limits: { readonly maxPixels: number; readonly maxBytes: number };
  /** Each run shows the pictures in another order. */
  readonly runs: number;
  /** US dollars. */
  readonly budgetUsd: number;
}

/**
 * Measures an evaluator against labelled pictures, on contact sheets as in a plan.
 *
 * @throws CallsheetError `unknown-price`, or `budget-exceeded` when it could cost more than the budget; nothing was asked then.
 */
export async function calibrate(request: CalibrateRequest, signal?: AbortSignal): Promise<Calibration> {
  const { evaluator, runs, pictures, categories } = request;
  checkBudget(request);
  const estimateUsd = sumOverSheets(request, (cells) => evaluator.estimateCostUsd(cells)) ?? 0;
  const items = await prepareAll(request, signal);
  const judged: Judged[] = [];
  let costUsd = 0;
  const sheets = Array.from({ length: runs }, (_, run) =>
    sheetsOf(shuffled(items, run)).map((sheet) => ({ run, sheet })),
  ).flat();
  await Promise.all(
    sheets.map(async ({ run, sheet }) => {
      const numbered = sheet.map((picture, index) => ({ ...picture.item, number: index + 1 }));
      const result = await evaluator.evaluate({ actor: 'calibrate', items: numbered }, signal);
      costUsd += result.costUsd;
      sheet.forEach(({ name, label, item }, index) => {
        const verdict: Verdict | undefined = result.verdicts.get(item.digest);
        judged.push({ run, name, label, position: index + 1, verdict });
      });
    }),
  );
  return measure({
    evaluator: evaluator.id,
    categories,
    pictures: pictures.length,
    unreadable: pictures.length - items.length,
    runs,
    judged,
    costUsd,
    estimateUsd,
  });
}

function checkBudget(request: CalibrateRequest): void {
  const { evaluator, pictures, runs, budgetUsd } = request;
  const usd = sumOverSheets(request, (cells) => evaluator.maxCostUsd(cells));
  if (usd === undefined) {
    throw new CallsheetError('unknown-price', `the price of ${evaluator.id} is not known`, {
      hint: 'Write spec.evaluator.model and pricePerMillionTokens in the Library.',
    });
  }
  if (usd > budgetUsd) {
    throw new CallsheetError(
      'budget-exceeded',
      `asking about ${pictures.length} pictures ${runs} times may cost up to $${usd.toFixed(2)}, more than $${budgetUsd}`,
      {
        hint: `Give --budget ${(Math.ceil(usd * 100) / 100).toFixed(2)}, fewer pictures, or --runs 1. Nothing was asked.`,
      },
    );
  }
}

/** Of all runs; undefined when a price is not known. */
function sumOverSheets(
  { pictures, runs }: CalibrateRequest,
  usdOf: (cells: number) => number | undefined,
): number | undefined {
  const whole = Math.floor(pictures.length / MAX_CELLS);
  const sheets = [...Array.from({ length: whole }, () => MAX_CELLS), pictures.length % MAX_CELLS];
  let sum = 0;
  for (const cells of sheets.filter((cells) => cells > 0)) {
    const usd = usdOf(cells);
    if (usd === undefined) return undefined;
    sum += usd;
  }
  return sum * runs;
}

interface PreparedPicture extends LabelledPicture {
  readonly item: EvaluationItem;
}

async function prepareAll(request: CalibrateRequest, signal?: AbortSignal): Promise<PreparedPicture[]> {
  const prepared: PreparedPicture[] = [];
  const seen = new Set<string>();
  for (const picture of request.pictures) {
    signal?.throwIfAborted();
    const item = await prepare(request, picture);
    // The same content twice would count twice, and a verdict is known by its content.
    if (item === undefined || seen.has(item.digest)) continue;
    seen.add(item.digest);
    prepared.push({ ...picture, item });
  }
  return prepared;
}

async function prepare(
  { evaluator, thumbnail, limits }: CalibrateRequest,
  { path, name }: LabelledPicture,
): Promise<EvaluationItem | undefined> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new CallsheetError('not-found', `${name} cannot be read`, { cause, hint: 'Correct labels.csv.' });
  });
  const decoded = await decodePicture(
    bytes,
    limits,
    evaluator.prepare === undefined ? { side: thumbnail } : {},
  );
  if (decoded.status !== 'ok') return undefined;
  const digest = createHash('sha256').update(bytes).digest('hex');
  const [tile, prepared] = await Promise.all([
    makeTile(decoded.raster, thumbnail),
    evaluator.prepare?.(decoded.raster, decoded.facts),
  ]);
  return { number: 1, digest, tile, prepared, original: async () => await readFile(path) };
}

/** The same order every time, another one for each run, with the categories mixed. */
function shuffled(items: readonly PreparedPicture[], run: number): PreparedPicture[] {
  return items
    .map((picture) => ({ picture, rank: digestOf([run, picture.item.digest]) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ picture }) => picture);
}
