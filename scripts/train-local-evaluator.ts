/**
 * Trains the local evaluator's head: `CALLSHEET_LABELLED_IMAGES=FOLDER[:FOLDER...] node scripts/train-local-evaluator.ts`.
 *
 * Each folder holds `labels.csv` or one subfolder for each of the three default categories. Prints how good the head is on sources and
 * artists it was not trained on, then trains on everything and writes controller/evaluator/local/assets/head.json. Deterministic.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DEFAULT_UNCERTAIN_BELOW } from '../controller/evaluator/local/local-evaluator.ts';
import { averageLogit, type Head, tintFeatures } from '../controller/evaluator/local/look/head.ts';
import { claimCells } from '../controller/evaluator/local/style.ts';
import { judge } from '../controller/evaluator/local/verdict.ts';
import { encodeExpert, trainExperts } from './train-experts.ts';
import { describeAll, type Example } from './train-features.ts';
import { readLabelledPictures } from './train-labelled-pictures.ts';
import { fitLogistic } from './train-logistic.ts';
import { confusionTable, type Outcome, sourceTable, summary } from './train-report.ts';

const HEAD = new URL('../controller/evaluator/local/assets/head.json', import.meta.url);
const COPIES = 2;
/** A source with more than this share of the pictures is split by artist, since leaving it out would leave too little. */
const TOO_LARGE = 0.4;
const PARTS = 3;
const CLAIMS = claimCells([
  { name: 'photorealistic', local: { medium: 'photo', colour: 'any' } },
  { name: 'bw_stylized', local: { medium: 'illustration', colour: 'monochrome' } },
  { name: 'color_stylized', local: { medium: 'illustration', colour: 'colour' } },
]);

const folders = (process.env.CALLSHEET_LABELLED_IMAGES ?? '').split(path.delimiter).filter(Boolean);
if (folders.length === 0) {
  print(
    'Set CALLSHEET_LABELLED_IMAGES to the folders of labelled pictures (docs/local-evaluator.md). Nothing was trained.',
  );
  process.exitCode = 1;
} else {
  const pictures = (await Promise.all(folders.map(readLabelledPictures))).flat();
  await train(await describeAll(pictures, COPIES));
}

async function train(examples: readonly Example[]): Promise<void> {
  const originals = examples.filter(({ variant }) => variant === 0);
  const logits = crossValidate(examples);
  const temperature = calibrate(
    originals.map((example) => ({ logit: logits.get(example)!, photo: isPhoto(example) })),
  );
  const monochrome = trainMonochrome(examples);
  const outcomes = originals.map((example): Outcome => {
    const look = {
      kind: 'local-look',
      photo: sigmoid(logits.get(example)! / temperature),
      monochrome: sigmoid(weigh(monochrome, tintFeatures(example.tint))),
      quality: {
        photo: { score: 5, complaint: undefined },
        illustration: { score: 5, complaint: undefined },
      },
    } as const;
    return { picture: example.picture, verdict: judge(look, CLAIMS, DEFAULT_UNCERTAIN_BELOW) };
  });
  print('On sources and artists that were left out of the training:', '', summary(outcomes), '');
  print(confusionTable(outcomes), '', sourceTable(outcomes), '', `temperature ${temperature}`);
  const experts = trainExperts(examples, isPhoto).map(encodeExpert);
  const head: Head = { experts, temperature, monochrome };
  await writeFile(HEAD, `${JSON.stringify(head)}\n`);
}

/** Logits of the unaltered pictures, each by experts that saw neither its source (or its artist, in a large source) nor copies of it. */
function crossValidate(examples: readonly Example[]): Map<Example, number> {
  const logits = new Map<Example, number>();
  const folds = Map.groupBy(examples, foldOf(examples));
  for (const [name, held] of folds) {
    const left = new Set(held);
    const experts = trainExperts(
      examples.filter((example) => !left.has(example)),
      isPhoto,
    );
    for (const example of held)
      if (example.variant === 0) logits.set(example, averageLogit(experts, example.features));
    process.stderr.write(`left out ${name}\n`);
  }
  return logits;
}

function foldOf(examples: readonly Example[]): (example: Example) => string {
  const sizes = new Map<string, number>();
  for (const { picture } of examples) sizes.set(picture.source, (sizes.get(picture.source) ?? 0) + 1);
  return ({ picture: { source, group } }) => {
    if (sizes.get(source)! < TOO_LARGE * examples.length) return source.replace(/ \(.*/, '');
    const part =
      [...group].reduce((hash, letter) => (Math.imul(hash, 31) + letter.charCodeAt(0)) >>> 0, 7) % PARTS;
    return `${source} ${part}`;
  };
}

/** The divisor of the logits under which the right answers were least surprising. */
function calibrate(answers: readonly { readonly logit: number; readonly photo: boolean }[]): number {
  const candidates = Array.from({ length: 60 }, (_, i) => 0.5 + i / 20);
  const surprise = (divisor: number) =>
    answers.reduce((sum, { logit, photo }) => sum - Math.log(sigmoid((photo ? logit : -logit) / divisor)), 0);
  return candidates.reduce((best, next) => (surprise(next) < surprise(best) ? next : best));
}

/** Learns, from illustrations alone, what people call black and white. */
function trainMonochrome(examples: readonly Example[]): number[] {
  const drawn = examples.filter((example) => example.variant === 0 && !isPhoto(example));
  const rows = drawn.map(({ tint }) => Float32Array.from(tintFeatures(tint)));
  const labels = drawn.map(({ picture }) => (picture.category === 'bw_stylized' ? 1 : 0));
  const { weights, bias } = fitLogistic({ rows, labels, weights: labels.map(() => 1), penalty: 1e-3 });
  return [...weights, bias];
}

function weigh(weights: readonly number[], features: readonly number[]): number {
  return features.reduce((sum, value, i) => sum + value * weights[i]!, weights[features.length]!);
}

function isPhoto({ picture }: Example): boolean {
  return picture.category === 'photorealistic';
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function print(...lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
