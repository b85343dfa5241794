import head from '../assets/head.json' with { type: 'json' };
import type { ViewFeatures, ViewName, Views } from './features.ts';
import type { Tint } from './tint.ts';

/**
 * The trained part of the evaluator, as scripts/train-local-evaluator.ts writes it to assets/head.json. Arrays of numbers are
 * base64 of little-endian 32-bit floats.
 */
export interface Head {
  /** Linear judges of single views and groups of features; their logits are averaged by `share`. */
  readonly experts: readonly Expert[];
  /** Divides the averaged logit, so that the probability is neither too sure nor too modest. */
  readonly temperature: number;
  /** Weights of `tintFeatures`, then a constant. */
  readonly monochrome: readonly number[];
}

export interface Expert {
  readonly view: ViewName;
  readonly parts: readonly (keyof ViewFeatures)[];
  readonly share: number;
  readonly mean: string;
  readonly spread: string;
  readonly weights: string;
  readonly bias: number;
}

interface Judge {
  readonly expert: Expert;
  readonly mean: Float32Array;
  readonly spread: Float32Array;
  readonly weights: Float32Array;
}

/** A feature this many standard deviations from what was seen in training says no more than one at the limit. */
export const CLIP = 4;

const TRAINED = head as unknown as Head;
const JUDGES: readonly Judge[] = TRAINED.experts.map((expert) => ({
  expert,
  mean: decodeFloats(expert.mean),
  spread: decodeFloats(expert.spread),
  weights: decodeFloats(expert.weights),
}));

/** Probability that the picture is a photograph, 0..1. */
export function photoProbability(views: Views): number {
  let logit = 0;
  let shares = 0;
  for (const judge of JUDGES) {
    logit += judge.expert.share * judgeView(judge, partsOf(views[judge.expert.view], judge.expert.parts));
    shares += judge.expert.share;
  }
  return sigmoid(logit / shares / TRAINED.temperature);
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

/** Several groups of features as one row. */
export function partsOf(features: ViewFeatures, parts: readonly (keyof ViewFeatures)[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...features[part]]));
}

/** Distance from the mean in standard deviations, within ±`CLIP`. */
export function standardise(value: number, mean: number, spread: number): number {
  return Math.max(-CLIP, Math.min(CLIP, (value - mean) / spread));
}

function judgeView(judge: Judge, features: Float32Array): number {
  let logit = judge.expert.bias;
  for (let i = 0; i < features.length; i++) {
    logit += judge.weights[i]! * standardise(features[i]!, judge.mean[i]!, judge.spread[i]!);
  }
  return logit;
}

function decodeFloats(base64: string): Float32Array {
  const bytes = Buffer.from(base64, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}
