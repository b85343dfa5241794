/**
 * How often the local evaluator is right: `node tests/bench/evaluator-accuracy.ts [FOLDER]`.
 *
 * FOLDER (or CALLSHEET_LABELLED_IMAGES) holds `labels.csv` or one subfolder for each of the three default categories. Pictures the head
 * was trained on flatter it: docs/local-evaluator.md says what to expect of others.
 */
import type { Evaluator, Verdict } from '../../controller/evaluator/evaluator.ts';
import { createLocalEvaluator } from '../../controller/evaluator/local/local-evaluator.ts';
import type { LocalCategory } from '../../controller/evaluator/local/style.ts';
import { decode } from '../../scripts/train-augment.ts';
import { readLabelledPictures } from '../../scripts/train-labelled-pictures.ts';
import { confusionTable, type Outcome, sourceTable, summary } from '../../scripts/train-report.ts';

const CATEGORIES: readonly LocalCategory[] = [
  { name: 'photorealistic', local: { medium: 'photo', colour: 'any' } },
  { name: 'bw_stylized', local: { medium: 'illustration', colour: 'monochrome' } },
  { name: 'color_stylized', local: { medium: 'illustration', colour: 'colour' } },
];

const folder = process.argv[2] ?? process.env.CALLSHEET_LABELLED_IMAGES;
if (folder === undefined) {
  print('No labelled pictures: name a folder, or set CALLSHEET_LABELLED_IMAGES. Nothing was measured.');
} else {
  await measure(folder);
}

async function measure(from: string): Promise<void> {
  const pictures = await readLabelledPictures(from).catch(() => []);
  const known = pictures.filter(({ category }) => CATEGORIES.some(({ name }) => name === category));
  if (known.length === 0) {
    print(
      `No pictures labelled ${CATEGORIES.map(({ name }) => name).join(', ')} under ${from}. Nothing was measured.`,
    );
    return;
  }
  await using evaluator = createLocalEvaluator({ categories: CATEGORIES, threads: 1 });
  const outcomes: Outcome[] = [];
  let milliseconds = 0;
  for (const picture of known) {
    const raster = await decode(picture.file);
    const before = process.cpuUsage();
    const facts = { width: raster.width, height: raster.height, format: 'png', bytes: raster.data.length };
    const prepared = await evaluator.prepare?.(raster, facts);
    const { user, system } = process.cpuUsage(before);
    milliseconds += (user + system) / 1000;
    outcomes.push({ picture, verdict: await judge(evaluator, picture.id, prepared) });
  }
  print(evaluator.id, '', summary(outcomes), '', confusionTable(outcomes), '', sourceTable(outcomes), '');
  const peak = process.resourceUsage().maxRSS / 1024;
  print(
    `${(milliseconds / outcomes.length).toFixed(0)} ms of one core per decoded picture; peak memory ${peak.toFixed(0)} MB`,
  );
}

async function judge(evaluator: Evaluator, digest: string, prepared: unknown): Promise<Verdict> {
  const tile = { width: 1, height: 1, channels: 3, data: new Uint8Array(3) } as const;
  const original = () => Promise.reject(new Error('the local evaluator never asks for the original'));
  const items = [{ number: 1, digest, tile, prepared, original }];
  const { verdicts } = await evaluator.evaluate({ actor: 'bench', items });
  return verdicts.get(digest)!;
}

function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
