import { Arena, type Kernels, loadKernels } from './kernels.ts';
import { depthwiseLayer, type Layer, pointwiseLayer, tensor } from './layers.ts';
import { loadWeights, type Weights } from './weights.ts';

/** What the network says of one 224 x 224 view. */
export interface Activations {
  /** Raw scores of nsfwjs' five classes: drawing, hentai, neutral, porn, sexy. */
  readonly scores: Float32Array;
  /** The 128 values before the scores. */
  readonly hidden: Float32Array;
  /** For each of the nine `TAPS`: the means, then the standard deviations, of its channels. */
  readonly statistics: readonly Float32Array[];
}

/** Side in pixels of the square picture the network looks at. */
export const VIEW_SIDE = 224;

/** The layers whose channel statistics are kept: from strokes and grain (0) to things (16). Numbers are blocks; -1 is the first layer. */
const TAPS: readonly number[] = [-1, 1, 2, 4, 6, 9, 12, 13, 16];

/** Output channels and stride of the seventeen inverted residual blocks. */
const BLOCKS: readonly (readonly [channels: number, stride: number])[] = [
  [16, 1],
  [24, 2],
  [24, 1],
  [32, 2],
  [32, 1],
  [32, 1],
  [64, 2],
  [64, 1],
  [64, 1],
  [64, 1],
  [96, 1],
  [96, 1],
  [96, 1],
  [160, 2],
  [160, 1],
  [160, 1],
  [320, 1],
];

const FIRST_CHANNELS = 32;
const PATCH = 27;
/** Pixels per kernel call: few enough that they stay in the cache while every output is worked out. */
const TILE = 64;

interface Block {
  readonly expand: Layer | undefined;
  readonly depthwise: Layer;
  readonly project: Layer;
  readonly stride: number;
}

/** The network, ready to run. One instance is not to be used by two callers at once. */
export class MobileNet {
  readonly #kernels: Kernels;
  readonly #arena: Arena;
  readonly #first: Layer;
  readonly #blocks: readonly Block[];
  readonly #last: Layer;
  readonly #weights: Weights;
  readonly #buffers: { input: number; output: number; wide: number; padded: number; narrow: number };

  private constructor(kernels: Kernels, weights: Weights) {
    const arena = new Arena(kernels);
    this.#kernels = kernels;
    this.#arena = arena;
    this.#first = pointwiseLayer(arena, weights, 'Conv1', 'bn_Conv1');
    this.#blocks = BLOCKS.map(([, stride], index) => {
      const name = index === 0 ? 'expanded_conv' : `block_${index}`;
      return {
        expand:
          index === 0 ? undefined : pointwiseLayer(arena, weights, `${name}_expand`, `${name}_expand_BN`),
        depthwise: depthwiseLayer(arena, weights, `${name}_depthwise`),
        project: pointwiseLayer(arena, weights, `${name}_project`, `${name}_project_BN`),
        stride,
      };
    });
    this.#last = pointwiseLayer(arena, weights, 'Conv_1', 'Conv_1_bn');
    this.#weights = new Map([...weights].filter(([name]) => name.startsWith('dense_')));
    const half = VIEW_SIDE / 2;
    this.#buffers = {
      input: arena.take(half * half * FIRST_CHANNELS),
      output: arena.take(half * half * FIRST_CHANNELS),
      wide: arena.take(half * half * 96),
      padded: arena.take((half + 2) * (half + 2) * 96),
      narrow: arena.take(half * half * FIRST_CHANNELS),
    };
  }

  static async load(): Promise<MobileNet> {
    return new MobileNet(await loadKernels(), await loadWeights());
  }

  /** Runs the network on `VIEW_SIDE`² RGB pixels in 0..255. */
  run(pixels: ArrayLike<number>): Activations {
    const taps: Float32Array[] = [];
    let side = VIEW_SIDE / 2;
    let { input, output } = this.#buffers;
    this.#unrollPatches(pixels, this.#buffers.wide);
    this.#pointwise(this.#first, this.#buffers.wide, input, side * side, 0, 6);
    if (TAPS.includes(-1)) taps.push(this.#statistics(input, side * side, FIRST_CHANNELS));
    for (const [index, block] of this.#blocks.entries()) {
      const channels = block.project.outputs;
      side = this.#runBlock(block, input, output, side);
      [input, output] = [output, input];
      if (TAPS.includes(index)) taps.push(this.#statistics(input, side * side, channels));
    }
    this.#pointwise(this.#last, input, this.#buffers.wide, side * side, 0, 6);
    const pooled = this.#statistics(this.#buffers.wide, side * side, this.#last.outputs).subarray(
      0,
      this.#last.outputs,
    );
    const middle = this.#dense('dense_1', pooled).map(positive);
    const hidden = this.#dense('dense_2', middle).map(positive);
    return { scores: this.#dense('dense_3', hidden), hidden, statistics: taps };
  }

  /** One inverted residual: widen, convolve each channel, narrow, and add the input where the shape stayed the same. */
  #runBlock(block: Block, input: number, output: number, side: number): number {
    const { wide, padded, narrow } = this.#buffers;
    const channels = block.depthwise.inputs;
    const nextSide = side / block.stride;
    if (block.expand) this.#pointwise(block.expand, input, wide, side * side, 0, 6);
    const before = block.stride === 1 ? 1 : 0;
    this.#pad(block.expand ? wide : input, padded, side, channels, before);
    const row = side + before + 1;
    const { weights, bias } = block.depthwise;
    this.#kernels.depthwise(padded, weights, bias, wide, row, channels, nextSide, nextSide, block.stride);
    const residual = block.stride === 1 && block.expand?.inputs === block.project.outputs;
    this.#pointwise(
      block.project,
      wide,
      residual ? narrow : output,
      nextSide * nextSide,
      -Infinity,
      Infinity,
    );
    if (residual) this.#add(input, narrow, output, nextSide * nextSide * block.project.outputs);
    return nextSide;
  }

  #pointwise(layer: Layer, input: number, output: number, pixels: number, low: number, high: number): void {
    const { weights, bias, inputs, outputs } = layer;
    for (let p = 0; p < pixels; p += TILE) {
      const count = Math.min(TILE, pixels - p);
      const from = input + p * inputs * 4;
      this.#kernels.pointwise(
        from,
        weights,
        bias,
        output + p * outputs * 4,
        count,
        inputs,
        outputs,
        low,
        high,
      );
    }
  }

  /** The first layer's 3x3 patches (stride 2, padded by a line at the far edges) as rows, so that it is a pointwise layer too. */
  #unrollPatches(pixels: ArrayLike<number>, target: number): void {
    const half = VIEW_SIDE / 2;
    const rows = this.#arena.view(target, half * half * PATCH).fill(0);
    const line = VIEW_SIDE * 3;
    for (let y = 0; y < half; y++) {
      for (let x = 0; x < half; x++) {
        const taps = x === half - 1 ? 6 : 9;
        for (let dy = 0; dy < 3 && 2 * y + dy < VIEW_SIDE; dy++) {
          const from = (2 * y + dy) * line + 6 * x;
          const to = (y * half + x) * PATCH + dy * 9;
          for (let i = 0; i < taps; i++) rows[to + i] = pixels[from + i]! / 255;
        }
      }
    }
  }

  /** Copies a picture into a frame of zeros: `before` lines ahead and one behind. */
  #pad(source: number, target: number, side: number, channels: number, before: number): void {
    const row = (side + before + 1) * channels;
    const from = this.#arena.view(source, side * side * channels);
    const to = this.#arena.view(target, row * (side + before + 1)).fill(0);
    for (let y = 0; y < side; y++) {
      to.set(
        from.subarray(y * side * channels, (y + 1) * side * channels),
        (y + before) * row + before * channels,
      );
    }
  }

  #add(left: number, right: number, target: number, length: number): void {
    const a = this.#arena.view(left, length);
    const b = this.#arena.view(right, length);
    const sum = this.#arena.view(target, length);
    for (let i = 0; i < length; i++) sum[i] = a[i]! + b[i]!;
  }

  #statistics(source: number, pixels: number, channels: number): Float32Array {
    const values = this.#arena.view(source, pixels * channels);
    const sums = new Float64Array(channels * 2);
    for (let i = 0; i < values.length; i += channels) {
      for (let c = 0; c < channels; c++) {
        const value = values[i + c]!;
        sums[c]! += value;
        sums[channels + c]! += value * value;
      }
    }
    const result = new Float32Array(channels * 2);
    for (let c = 0; c < channels; c++) {
      const mean = sums[c]! / pixels;
      result[c] = mean;
      result[channels + c] = Math.sqrt(Math.max(0, sums[channels + c]! / pixels - mean * mean));
    }
    return result;
  }

  #dense(name: string, input: Float32Array): Float32Array {
    const kernel = tensor(this.#weights, `${name}/kernel`);
    const output = tensor(this.#weights, `${name}/bias`).slice();
    for (let i = 0; i < input.length; i++) {
      for (let o = 0; o < output.length; o++) output[o]! += input[i]! * kernel[i * output.length + o]!;
    }
    return output;
  }
}

function positive(value: number): number {
  return Math.max(0, value);
}
