import { CallsheetError } from '../../../diagnostics/errors.ts';
import type { Arena } from './kernels.ts';
import type { Weights } from './weights.ts';

/** A convolution with its batch normalisation folded in, in the kernels' memory. */
export interface Layer {
  readonly weights: number;
  readonly bias: number;
  readonly inputs: number;
  readonly outputs: number;
}

const EPSILON = 1e-3;

/** Reads one array of the network; a name that is missing is a bug here or a foreign file. */
export function tensor(weights: Weights, name: string): Float32Array {
  const found = weights.get(name);
  if (!found) throw new CallsheetError('corrupt', `The network has no weights named ${name}.`);
  return found.data;
}

/** A pointwise (or unrolled) convolution: weights packed as eight outputs by all inputs, as the kernel wants them. */
export function pointwiseLayer(
  arena: Arena,
  weights: Weights,
  convolution: string,
  normalisation: string,
): Layer {
  const kernel = tensor(weights, `${convolution}/kernel`);
  const { scale, shift } = normaliser(weights, normalisation);
  const outputs = scale.length;
  const inputs = kernel.length / outputs;
  const packed = new Float32Array(kernel.length);
  for (let o = 0; o < outputs; o += 8) {
    for (let i = 0; i < inputs; i++) {
      for (let k = 0; k < 8; k++)
        packed[o * inputs + i * 8 + k] = kernel[i * outputs + o + k]! * scale[o + k]!;
    }
  }
  return { weights: arena.place(packed), bias: arena.place(shift), inputs, outputs };
}

/** A 3x3 convolution of each channel by itself. */
export function depthwiseLayer(arena: Arena, weights: Weights, name: string): Layer {
  const { scale, shift } = normaliser(weights, `${name}_BN`);
  const channels = scale.length;
  const kernel = tensor(weights, `${name}/depthwise_kernel`).map((value, i) => value * scale[i % channels]!);
  return { weights: arena.place(kernel), bias: arena.place(shift), inputs: channels, outputs: channels };
}

function normaliser(weights: Weights, name: string): { scale: Float32Array; shift: Float32Array } {
  const gamma = tensor(weights, `${name}/gamma`);
  const mean = tensor(weights, `${name}/moving_mean`);
  const variance = tensor(weights, `${name}/moving_variance`);
  const scale = gamma.map((value, i) => value / Math.sqrt(variance[i]! + EPSILON));
  const shift = tensor(weights, `${name}/beta`).map((value, i) => value - mean[i]! * scale[i]!);
  return { scale, shift };
}
