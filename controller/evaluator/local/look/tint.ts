import { type Lab, toLab } from './lab.ts';
import { type Pixels, resample, wholeOf } from './resample.ts';

/** How far a picture's colours are from being one tint of its lightness. Units: CIE Lab distance. */
export interface Tint {
  /** 95th percentile of the distance between a pixel's colour and the tint of its lightness. */
  readonly residual95: number;
  /** Share of pixels that are more than 10 away from the tint of their lightness. */
  readonly offTint: number;
  /** Mean chroma of the tint itself: 0 for grey, about 20 for sepia, over 50 for black on saturated yellow. */
  readonly tintChroma: number;
}

const SIDE = 96;
const KNOTS = 16;

/**
 * Fits a tint curve: the mean colour as a piecewise linear function of lightness. What is left over is colour in the sense that a person
 * means; sepia, cyanotype and tinted paper vanish in the fit.
 */
export function measureTint(pixels: Pixels): Tint {
  const lab = toLab(resample(pixels, wholeOf(pixels), SIDE, SIDE).data);
  const curve = fitCurve(lab);
  const count = lab.l.length;
  const residuals = new Float32Array(count);
  let tintChroma = 0;
  let off = 0;
  for (let i = 0; i < count; i++) {
    const { knot, share } = position(lab.l[i]!);
    const a = mix(curve.a, knot, share);
    const b = mix(curve.b, knot, share);
    residuals[i] = Math.hypot(lab.a[i]! - a, lab.b[i]! - b);
    if (residuals[i]! > 10) off++;
    tintChroma += Math.hypot(a, b);
  }
  return {
    residual95: residuals.sort()[Math.floor(0.95 * count)]!,
    offTint: off / count,
    tintChroma: tintChroma / count,
  };
}

function fitCurve(lab: Lab): { a: Float64Array; b: Float64Array } {
  const weight = new Float64Array(KNOTS + 1).fill(1e-9);
  const a = new Float64Array(KNOTS + 1);
  const b = new Float64Array(KNOTS + 1);
  for (let i = 0; i < lab.l.length; i++) {
    const { knot, share } = position(lab.l[i]!);
    for (const [k, w] of [
      [knot, 1 - share],
      [knot + 1, share],
    ] as const) {
      weight[k]! += w;
      a[k]! += w * lab.a[i]!;
      b[k]! += w * lab.b[i]!;
    }
  }
  return { a: a.map((sum, k) => sum / weight[k]!), b: b.map((sum, k) => sum / weight[k]!) };
}

function position(lightness: number): { knot: number; share: number } {
  const at = Math.max(0, Math.min(KNOTS - 1e-6, (lightness / 100) * KNOTS));
  const knot = Math.floor(at);
  return { knot, share: at - knot };
}

function mix(curve: Float64Array, knot: number, share: number): number {
  return curve[knot]! * (1 - share) + curve[knot + 1]! * share;
}
