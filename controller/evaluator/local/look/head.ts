import head from '../assets/head.json' with { type: 'json' };
import { concatenate, type PictureFeatures } from './features.ts';
import type { Tint } from './tint.ts';

/**
 * The trained part of the evaluator, as scripts/train-local-evaluator.ts writes it to assets/head.json. Arrays of numbers are
 * base64 of little-endian 32-bit floats.
 */
export interface Head {
  /** Small perceptrons that each see some groups of features; their logits are averaged, each with its weight. */
  readonly experts: readonly EncodedExpert[];
  /** Turns the averaged logit into that of a probability that is neither too sure nor too modest. */
  readonly calibration: { readonly scale: number; readonly offset: number };
  /** Weights of `tintFeatures`, then a constant. */
  readonly monochrome: readonly number[];
}

interface ExpertOf<Numbers> {
  readonly groups: readonly (keyof PictureFeatures)[];
  readonly mean: Numbers;
  readonly spread: Numbers;
  /** One row of weights for each hidden unit. */
  readonly hidden: Numbers;
  readonly hiddenBias: Numbers;
  readonly output: Numbers;
  readonly outputBias: number;
  /** How much its logit counts against the others'. */
  readonly weight: number;
}

export type EncodedExpert = ExpertOf<string>;
export type Expert = ExpertOf<Float32Array>;

/** A feature this many standard deviations from what was seen in training says no more than one at the limit. */
const CLIP = 4;
/** So that no single expert can outvote the others. */
const LOGIT_LIMIT = 6;

const TRAINED = head as unknown as Head;
const EXPERTS: readonly Expert[] = TRAINED.experts.map((expert) => ({
  ...expert,
  mean: decodeFloats(expert.mean),
  spread: decodeFloats(expert.spread),
  hidden: decodeFloats(expert.hidden),
  hiddenBias: decodeFloats(expert.hiddenBias),
  output: decodeFloats(expert.output),
}));

/** Probability that the picture is a photograph, 0..1. */
export function photoProbability(features: PictureFeatures): number {
  const { scale, offset } = TRAINED.calibration;
  return sigmoid(scale * averageLogit(EXPERTS, features) + offset);
}

/** What the experts say together; positive for a photograph. */
export function averageLogit(experts: readonly Expert[], features: PictureFeatures): number {
  let sum = 0;
  let weights = 0;
  for (const expert of experts) {
    sum += expert.weight * expertLogit(expert, features);
    weights += expert.weight;
  }
  return sum / weights;
}

/** Probability that a person would call the picture black and white (tinted paper, sepia and one dark ink included), 0..1. */
export function monochromeProbability(tint: Tint): number {
  const weights = TRAINED.monochrome;
  const features = tintFeatures(tint);
  return sigmoid(features.reduce((sum, value, i) => sum + value * weights[i]!, weights[features.length]!));
}

/** What the monochrome judge sees of a tint; logarithms, since a difference of 2 matters at 5 and not at 50. */
export function tintFeatures({ residual95, offTint, tintChroma }: Tint): number[] {
  return [Math.log(residual95 + 0.5), Math.log(offTint + 0.005), Math.max(0, tintChroma - 30) / 10];
}

/** The named groups as one row. */
export function rowOf(features: PictureFeatures, groups: readonly (keyof PictureFeatures)[]): Float32Array {
  return concatenate(groups.map((group) => features[group]));
}

/** Distances from the mean in standard deviations, within ±`CLIP`. */
export function standardise(row: Float32Array, mean: Float32Array, spread: Float32Array): Float32Array {
  return row.map((value, i) => Math.max(-CLIP, Math.min(CLIP, (value - mean[i]!) / spread[i]!)));
}

function expertLogit(expert: Expert, features: PictureFeatures): number {
  const row = standardise(rowOf(features, expert.groups), expert.mean, expert.spread);
  let logit = expert.outputBias;
  for (let k = 0; k < expert.output.length; k++) {
    let sum = expert.hiddenBias[k]!;
    for (let j = 0, at = k * row.length; j < row.length; j++, at++) sum += expert.hidden[at]! * row[j]!;
    if (sum > 0) logit += sum * expert.output[k]!;
  }
  return Math.max(-LOGIT_LIMIT, Math.min(LOGIT_LIMIT, logit));
}

/** Reads base64 of little-endian 32-bit floats. */
function decodeFloats(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
