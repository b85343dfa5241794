/**
 * Trains the local evaluator's head:
 *
 *   CALLSHEET_LABELLED_IMAGES=FOLDER[:FOLDER...] CALLSHEET_FURTHER_IMAGES=FOLDER[:FOLDER...] node scripts/train-local-evaluator.ts
 *
 * One school of experts learns from the labelled pictures alone, the other from the further ones as well: the first knows pictures that
 * an image model made of people better, the second knows game portraits, clip art and stock photographs too. Each folder holds
 * `labels.csv` or one subfolder for each of the three default categories. Prints how good the head is on sources and artists it was not
 * trained on, then trains on everything and writes controller/evaluator/local/assets/head.json. Deterministic.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DEFAULT_UNCERTAIN_BELOW } from '../controller/evaluator/local/local-evaluator.ts';
import {
  averageLogit,
  type Expert,
  type Head,
  tintFeatures,
} from '../controller/evaluator/local/look/head.ts';
import { claimCells } from '../controller/evaluator/local/style.ts';
import { judge } from '../controller/evaluator/local/verdict.ts';
import { encodeExpert, trainExperts } from './train-experts.ts';
import { describeAll, type Example } from './train-features.ts';
import { type LabelledPicture, readLabelledPictures } from './train-labelled-pictures.ts';
import { fitLogistic } from './train-logistic.ts';
import { confusionTable, type Outcome, sourceTable, summary } from './train-report.ts';

const HEAD = new URL('../controller/evaluator/local/assets/head.json', import.meta.url);
const COPIES = 2;
/** The further pictures differ enough among themselves. */
const FURTHER_COPIES = 1;
/** How much the first school counts against the second, which is a little worse on pictures that an image model made. */
const CORE_WEIGHT = 2;
/** A source with more than this share of the pictures is split by artist, since leaving it out would leave too little. */
const TOO_LARGE = 0.25;
const PARTS = 3;
/** The share of photographs to be ready for: more than one category of three, less than the default distribution's 65 %. */
const PHOTO_SHARE = 0.42;
/** Mean chroma of paper that people still call tinted, and of paper that makes a print a coloured one. */
const TINTED = 25;
const SATURATED = 60;
const CLAIMS = claimCells([
  { name: 'photorealistic', local: { medium: 'photo', colour: 'any' } },
  { name: 'bw_stylized', local: { medium: 'illustration', colour: 'monochrome' } },
  { name: 'color_stylized', local: { medium: 'illustration', colour: 'colour' } },
]);

const folders = foldersIn(process.env.CALLSHEET_LABELLED_IMAGES);
if (folders.length === 0) {
  print(
    'Set CALLSHEET_LABELLED_IMAGES to the folders of labelled pictures (docs/local-evaluator.md). Nothing was trained.',
  );
  process.exitCode = 1;
} else {
  const further = foldersIn(process.env.CALLSHEET_FURTHER_IMAGES);
  await train(
    await describeAll(await picturesIn(folders), COPIES),
    await describeAll(await picturesIn(further), FURTHER_COPIES),
  );
}

async function train(core: readonly Example[], further: readonly Example[]): Promise<void> {
  const examples = [...core, ...further];
  const originals = examples.filter(({ variant }) => variant === 0);
  const logits = crossValidate(core, further);
  const calibration = calibrate(logits);
  const monochrome = trainMonochrome(core);
  const outcomes = originals.map((example): Outcome => {
    const look = {
      kind: 'local-look',
      photo: sigmoid(calibration.scale * logits.get(example)! + calibration.offset),
      monochrome: sigmoid(weigh(monochrome, tintFeatures(example.tint))),
      quality: {
        photo: { score: 5, complaint: undefined },
        illustration: { score: 5, complaint: undefined },
      },
    } as const;
    return { picture: example.picture, verdict: judge(look, CLAIMS, DEFAULT_UNCERTAIN_BELOW) };
  });
  print('On sources and artists that were left out of the training:', '', summary(outcomes), '');
  print(
    confusionTable(outcomes),
    '',
    sourceTable(outcomes),
    '',
    `calibration ${JSON.stringify(calibration)}`,
  );
  const experts = trainSchools(core, further).map(encodeExpert);
  const head: Head = { experts, calibration, monochrome };
  await writeFile(HEAD, `${JSON.stringify(head)}\n`);
}

/** Logits of the unaltered pictures, each by experts that saw neither its source (or its artist, in a large source) nor copies of it. */
function crossValidate(core: readonly Example[], further: readonly Example[]): Map<Example, number> {
  const examples = [...core, ...further];
  const logits = new Map<Example, number>();
  const folds = Map.groupBy(examples, foldOf(examples));
  for (const [name, held] of folds) {
    const left = new Set(held);
    const kept = (example: Example) => !left.has(example);
    const experts = trainSchools(core.filter(kept), further.filter(kept));
    for (const example of held)
      if (example.variant === 0) logits.set(example, averageLogit(experts, example.features));
    process.stderr.write(`left out ${name}\n`);
  }
  return logits;
}

/** Both schools. The second sees as many copies of every picture, so that no source is heard more often. */
function trainSchools(core: readonly Example[], further: readonly Example[]): Expert[] {
  const first = trainExperts(core, isPhoto, CORE_WEIGHT);
  if (further.length === 0) return first;
  const all = [...core, ...further].filter(({ variant }) => variant <= FURTHER_COPIES);
  return [...first, ...trainExperts(all, isPhoto, 1)];
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

/** How averaged logits become probabilities, learned where nothing was trained on. */
function calibrate(logits: ReadonlyMap<Example, number>): Head['calibration'] {
  const answers = [...logits].map(([example, logit]) => ({ logit, label: isPhoto(example) ? 1 : 0 }));
  const photos = answers.filter(({ label }) => label === 1).length / answers.length;
  const { weights, bias } = fitLogistic({
    rows: answers.map(({ logit }) => Float32Array.of(logit)),
    labels: answers.map(({ label }) => label),
    weights: answers.map(({ label }) =>
      label === 1 ? PHOTO_SHARE / photos : (1 - PHOTO_SHARE) / (1 - photos),
    ),
    penalty: 1e-6,
  });
  return { scale: weights[0]!, offset: bias };
}

/**
 * Learns, from illustrations alone, what people call black and white. Each black-and-white one is shown on tinted and on saturated paper
 * too: hardly any picture of either kind is at hand, and a judge that never met one would go by the fit of the tint alone.
 */
function trainMonochrome(examples: readonly Example[]): number[] {
  const cases = examples
    .filter((example) => example.variant === 0 && !isPhoto(example))
    .flatMap(({ tint, picture }) => {
      if (picture.category !== 'bw_stylized') return [{ tint, label: 0 }];
      const saturated = { ...tint, tintChroma: SATURATED };
      return [
        { tint, label: 1 },
        { tint: { ...tint, tintChroma: TINTED }, label: 1 },
        { tint: saturated, label: 0 },
      ];
    });
  const black = cases.filter(({ label }) => label === 1).length / cases.length;
  const { weights, bias } = fitLogistic({
    rows: cases.map(({ tint }) => Float32Array.from(tintFeatures(tint))),
    labels: cases.map(({ label }) => label),
    weights: cases.map(({ label }) => 1 / (label === 1 ? black : 1 - black)),
    penalty: 1e-3,
  });
  return [...weights, bias];
}

function weigh(weights: readonly number[], features: readonly number[]): number {
  return features.reduce((sum, value, i) => sum + value * weights[i]!, weights[features.length]!);
}

async function picturesIn(names: readonly string[]): Promise<LabelledPicture[]> {
  return (await Promise.all(names.map(readLabelledPictures))).flat();
}

function foldersIn(list: string | undefined): string[] {
  return (list ?? '').split(path.delimiter).filter(Boolean);
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
