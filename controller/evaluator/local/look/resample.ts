/** RGB pixels, rows top to bottom, of whole or fractional value in 0..255. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** `width * height * 3` values. */
  readonly data: Uint8Array | Float32Array;
}

/** A rectangle of whole pixels. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Which source positions a target position is made of, and with what weight (they sum to 1). */
interface Taps {
  readonly first: Int32Array;
  readonly weights: readonly Float32Array[];
}

export function wholeOf(pixels: Pixels): Region {
  return { left: 0, top: 0, width: pixels.width, height: pixels.height };
}

/**
 * Scales a region to `width` x `height` with a triangle filter as wide as the reduction asks for, so that fine screens and hatching turn
 * to their mean tone instead of aliasing. The aspect is not kept.
 */
export function resample(source: Pixels, region: Region, width: number, height: number): Pixels {
  const across = tapsFor(region.width, width);
  const down = tapsFor(region.height, height);
  const narrow = new Float32Array(region.height * width * 3);
  for (let y = 0; y < region.height; y++) {
    const line = ((region.top + y) * source.width + region.left) * 3;
    for (let x = 0; x < width; x++) {
      const weights = across.weights[x]!;
      let r = 0;
      let g = 0;
      let b = 0;
      for (let k = 0, at = line + across.first[x]! * 3; k < weights.length; k++, at += 3) {
        const weight = weights[k]!;
        r += source.data[at]! * weight;
        g += source.data[at + 1]! * weight;
        b += source.data[at + 2]! * weight;
      }
      const to = (y * width + x) * 3;
      narrow[to] = r;
      narrow[to + 1] = g;
      narrow[to + 2] = b;
    }
  }
  return { width, height, data: resampleRows(narrow, down, width * 3, height) };
}

function resampleRows(rows: Float32Array, taps: Taps, length: number, height: number): Float32Array {
  const result = new Float32Array(height * length);
  for (let y = 0; y < height; y++) {
    const target = y * length;
    for (const [k, weight] of taps.weights[y]!.entries()) {
      const from = (taps.first[y]! + k) * length;
      for (let i = 0; i < length; i++) result[target + i]! += rows[from + i]! * weight;
    }
  }
  return result;
}

function tapsFor(from: number, to: number): Taps {
  const scale = from / to;
  const reach = Math.max(1, scale);
  const first = new Int32Array(to);
  const weights: Float32Array[] = [];
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale - 0.5;
    const start = Math.max(0, Math.ceil(centre - reach));
    const end = Math.min(from - 1, Math.floor(centre + reach));
    const row = Float32Array.from({ length: end - start + 1 }, (_, k) =>
      Math.max(1e-6, 1 - Math.abs(start + k - centre) / reach),
    );
    const sum = row.reduce((total, weight) => total + weight, 0);
    first[i] = start;
    weights.push(row.map((weight) => weight / sum));
  }
  return { first, weights };
}
