import type { Raster } from '../../../picture/raster.ts';
import { type MobileNet, VIEW_SIDE } from '../network/mobilenet.ts';
import { resample, wholeOf } from './resample.ts';
import { describeTexture } from './texture.ts';

/** Groups of numbers that describe one picture, from what it depicts to how its surface looks. */
export interface PictureFeatures {
  /** The network's five class scores. */
  readonly scores: Float32Array;
  /** The network's 128 values before the scores. */
  readonly hidden: Float32Array;
  /** Channel means and deviations of the first layers: lines, grain, screens. */
  readonly strokes: Float32Array;
  /** The same of the middle layers: shading, folds, hatching. */
  readonly shapes: Float32Array;
  /** The same of the last layers: parts of things. */
  readonly things: Float32Array;
  /** Flatness, edges, noise and palette, measured on the pixels. */
  readonly texture: Float32Array;
}

/** How many of the network's taps count as strokes, and how many of the rest as shapes. */
const STROKES = 4;
const SHAPES = 3;

/** Looks at the whole picture, squeezed to the square the network wants. */
export function describePicture(network: MobileNet, raster: Raster): PictureFeatures {
  const pixels = resample(raster, wholeOf(raster), VIEW_SIDE, VIEW_SIDE);
  const { scores, hidden, statistics } = network.run(pixels.data);
  return {
    scores,
    hidden,
    strokes: concatenate(statistics.slice(0, STROKES)),
    shapes: concatenate(statistics.slice(STROKES, STROKES + SHAPES)),
    things: concatenate(statistics.slice(STROKES + SHAPES)),
    texture: describeTexture(pixels),
  };
}

/** Several arrays as one row. */
export function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
