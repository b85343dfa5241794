import {
  type EncodedExpert,
  type Expert,
  rowOf,
  standardise,
} from '../controller/evaluator/local/look/head.ts';
import { randomFor } from './train-augment.ts';
import type { Example } from './train-features.ts';
import { fitPerceptron } from './train-perceptron.ts';

/** Which features each expert sees. Two look at surfaces alone, so that what is depicted cannot sway all three. */
const EXPERTS: readonly Expert['groups'][] = [
  ['scores', 'strokes'],
  ['scores', 'shapes'],
  ['scores', 'hidden', 'strokes', 'shapes', 'things', 'texture'],
];

const SCHEDULE = { units: 16, epochs: 8, dropout: 0.3, decay: 0.03, rate: 2e-3 };
/** 0: a source counts by its pictures; 1: all sources count the same. */
const SOURCE_BALANCE = 0.3;

/** Trains the experts to tell the examples for which `isPhoto` holds; each counts `weight`. */
export function trainExperts(
  examples: readonly Example[],
  isPhoto: (example: Example) => boolean,
  weight: number,
): Expert[] {
  const labels = examples.map((example) => (isPhoto(example) ? 1 : 0));
  const weights = balance(examples, labels);
  return EXPERTS.map((groups) => {
    const raw = examples.map(({ features }) => rowOf(features, groups));
    const { mean, spread } = moments(raw);
    const rows = raw.map((row) => standardise(row, mean, spread));
    const random = randomFor(groups.join());
    const trained = fitPerceptron({ rows, labels, weights }, { ...SCHEDULE, random });
    return { groups, mean, spread, ...trained, weight };
  });
}

/** Expert as text for head.json. */
export function encodeExpert(expert: Expert): EncodedExpert {
  return {
    ...expert,
    mean: encode(expert.mean),
    spread: encode(expert.spread),
    hidden: encode(expert.hidden),
    hiddenBias: encode(expert.hiddenBias),
    output: encode(expert.output),
  };
}

/** Both answers count the same over all; within an answer, small sources count more than their pictures alone would. */
function balance(examples: readonly Example[], labels: readonly number[]): number[] {
  const keys = examples.map(({ picture }) => `${picture.source}, ${picture.category}`);
  const sizes = new Map<string, number>();
  for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  const weights = keys.map((key) => sizes.get(key)! ** -SOURCE_BALANCE);
  const totals = [0, 0];
  for (const [i, weight] of weights.entries()) totals[labels[i]!]! += weight;
  return weights.map((weight, i) => (weight * examples.length) / 2 / totals[labels[i]!]!);
}

function moments(rows: readonly Float32Array[]): { mean: Float32Array; spread: Float32Array } {
  const length = rows[0]!.length;
  const sums = new Float64Array(length);
  const squares = new Float64Array(length);
  for (const row of rows) {
    for (let j = 0; j < length; j++) {
      sums[j]! += row[j]!;
      squares[j]! += row[j]! ** 2;
    }
  }
  const mean = Float32Array.from(sums, (sum) => sum / rows.length);
  // The constant keeps a feature that never varied in training from deciding anything later.
  const spread = Float32Array.from(
    squares,
    (sum, j) => Math.sqrt(Math.max(0, sum / rows.length - mean[j]! ** 2)) + 1e-3,
  );
  return { mean, spread };
}

function encode(values: Float32Array): string {
  return Buffer.from(Float32Array.from(values).buffer).toString('base64');
}
