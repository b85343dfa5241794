import type { Luminance } from './luminance.ts';

/** How brightness is spread. */
export interface Tones {
  /** 0..255. */
  readonly mean: number;
  /** Distance between the 2nd and the 98th percentile, 0..255. */
  readonly range: number;
  /** Shares of pixels at the two ends, where detail is lost. */
  readonly crushed: number;
  readonly clipped: number;
  readonly median: number;
  /** 2nd percentile: where the blacks begin. Over-exposure lifts it. */
  readonly blackPoint: number;
  /** 98th percentile. Under-exposure lowers it. */
  readonly whitePoint: number;
  /** Bits per pixel of the histogram, 0..8. */
  readonly entropy: number;
}

/** Reads the histogram. */
export function measureTones({ data }: Luminance): Tones {
  const histogram = new Uint32Array(256);
  for (const value of data) histogram[value]!++;
  const share = (from: number, to: number) => {
    let sum = 0;
    for (let v = from; v <= to; v++) sum += histogram[v]!;
    return sum / data.length;
  };
  let mean = 0;
  let entropy = 0;
  for (const [value, count] of histogram.entries()) {
    const p = count / data.length;
    mean += value * p;
    if (p > 0) entropy -= p * Math.log2(p);
  }
  const blackPoint = percentile(histogram, data.length, 0.02);
  const whitePoint = percentile(histogram, data.length, 0.98);
  return {
    mean,
    range: whitePoint - blackPoint,
    crushed: share(0, 3),
    clipped: share(252, 255),
    median: percentile(histogram, data.length, 0.5),
    blackPoint,
    whitePoint,
    entropy,
  };
}

/** The smallest bin at which `share` of all `total` counts is reached. */
export function percentile(histogram: ArrayLike<number>, total: number, share: number): number {
  let sum = 0;
  for (let bin = 0; bin < histogram.length; bin++) {
    sum += histogram[bin]!;
    if (sum >= share * total) return bin;
  }
  return histogram.length - 1;
}
