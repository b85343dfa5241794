import type { Luminance } from './luminance.ts';
import { percentile } from './tones.ts';

/** What neighbouring pixels tell. */
export interface Detail {
  /** Variance of the Laplacian: fine contrast, whatever it depicts. */
  readonly laplacian: number;
  /** Share of the gradients that a 3 x 3 blur takes away, 0..1: high for crisp edges, near 0 for a picture that is blurred already. */
  readonly reblur: number;
  /** Standard deviation of noise in the smoother third of the picture, in grey levels. */
  readonly noise: number;
  /** How much the steps at every eighth column and row stand out, 0 for none: the grid that strong JPEG compression leaves. */
  readonly blockiness: number;
}

/** Looks at every pixel but the outermost two. Pictures under 5 pixels have no detail. */
export function measureDetail(luminance: Luminance): Detail {
  const { width, height } = luminance;
  if (width < 5 || height < 5) return { laplacian: 0, reblur: 0, noise: 0, blockiness: 0 };
  const steps = new Float64Array(16);
  const masks = new Uint32Array(256);
  const sums = { count: 0, laplace: 0, laplaceSquared: 0, gradient: 0, lost: 0 };
  const y8 = luminance.data;
  for (let y = 2; y < height - 2; y++) {
    for (let x = 2, i = y * width + 2; x < width - 2; x++, i++) {
      const here = y8[i]!;
      const left = y8[i - 1]!;
      const up = y8[i - width]!;
      const cross = left + y8[i + 1]! + up + y8[i + width]!;
      const corners = y8[i - width - 1]! + y8[i - width + 1]! + y8[i + width - 1]! + y8[i + width + 1]!;
      const laplace = 4 * here - cross;
      sums.laplace += laplace;
      sums.laplaceSquared += laplace * laplace;
      const mask = Math.abs(4 * here - 2 * cross + corners);
      masks[Math.min(255, mask)]!++;
      const farLeft = y8[i - width - 2]! + y8[i - 2]! + y8[i + width - 2]!;
      const right = y8[i - width + 1]! + y8[i + 1]! + y8[i + width + 1]!;
      const across = Math.abs(here - left);
      sums.gradient += across;
      sums.lost += Math.max(0, across - Math.abs(right - farLeft) / 9);
      steps[x & 7]! += Math.min(40, across);
      steps[8 + (y & 7)]! += Math.min(40, Math.abs(here - up));
      sums.count++;
    }
  }
  const mean = sums.laplace / sums.count;
  return {
    laplacian: sums.laplaceSquared / sums.count - mean * mean,
    reblur: sums.lost / (sums.gradient + sums.count / 64),
    noise: (percentile(masks, sums.count, 0.35) / 6) * 1.9,
    blockiness: Math.min(
      gridStrength(steps.subarray(0, 8), sums.count),
      gridStrength(steps.subarray(8), sums.count),
    ),
  };
}

/** Compares the strongest of eight phases with the middle ones; a grid makes one phase stand out in both directions. */
function gridStrength(phases: Float64Array, count: number): number {
  const sorted = phases.map((sum) => sum / (count / 8)).sort();
  const usual = (sorted[2]! + sorted[3]! + sorted[4]!) / 3;
  return Math.max(0, (sorted[7]! - usual) / (usual + 0.6));
}
