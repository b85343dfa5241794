/** One channel of numbers over a picture, rows top to bottom. Luminance and masks run from 0 (black, none) to 1 (white, all). */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export function createPlane(width: number, height: number): Plane {
  return { width, height, data: new Float32Array(width * height) };
}

/** A new plane whose values are `change` of the old ones. */
export function mapPlane(plane: Plane, change: (value: number, index: number) => number): Plane {
  const result = createPlane(plane.width, plane.height);
  for (let i = 0; i < plane.data.length; i++) result.data[i] = change(plane.data[i]!, i);
  return result;
}

/** 0 below `low`, 1 above `high`, smooth between. */
export function smoothstep(low: number, high: number, value: number): number {
  const t = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return t * t * (3 - 2 * t);
}

export function clamp01(value: number): number {
  return Math.min(1, Math.max(0, value));
}

/** Perceived brightness (Rec. 709 weights on the sRGB values) of interleaved 8-bit RGB. */
export function luminance(rgb: Uint8Array, width: number, height: number): Plane {
  const plane = createPlane(width, height);
  for (let i = 0, p = 0; i < plane.data.length; i++, p += 3) {
    plane.data[i] = (rgb[p]! * 0.2126 + rgb[p + 1]! * 0.7152 + rgb[p + 2]! * 0.0722) / 255;
  }
  return plane;
}

/** Stretches the tones so that the darkest `low` and brightest `1 - high` shares of the pixels become 0 and 1. */
export function stretchTones(plane: Plane, low = 0.01, high = 0.99): Plane {
  const { data } = plane;
  const histogram = new Uint32Array(256);
  // Every third pixel tells as much as all.
  for (let i = 0; i < data.length; i += 3) histogram[(clamp01(data[i]!) * 255 + 0.5) | 0]! += 1;
  const sampled = Math.ceil(data.length / 3);
  // A blank sheet stays as it is, white or black.
  const dark = Math.min(0.92, quantile(histogram, sampled * low));
  const bright = Math.max(dark + 0.08, quantile(histogram, sampled * high));
  const result = createPlane(plane.width, plane.height);
  for (let i = 0; i < data.length; i++) result.data[i] = clamp01((data[i]! - dark) / (bright - dark));
  return result;
}

function quantile(histogram: Uint32Array, rank: number): number {
  let seen = 0;
  for (let level = 0; level < histogram.length; level++) {
    seen += histogram[level]!;
    if (seen >= rank) return level / 255;
  }
  return 1;
}

/** Half the width and height (rounded up), each value the mean of what it covers. */
export function halve(plane: Plane): Plane {
  const half = createPlane(Math.ceil(plane.width / 2), Math.ceil(plane.height / 2));
  for (let y = 0; y < half.height; y++) {
    const upper = 2 * y * plane.width;
    const lower = Math.min(2 * y + 1, plane.height - 1) * plane.width;
    for (let x = 0; x < half.width; x++) {
      const left = 2 * x;
      const right = Math.min(left + 1, plane.width - 1);
      half.data[y * half.width + x] =
        (plane.data[upper + left]! +
          plane.data[upper + right]! +
          plane.data[lower + left]! +
          plane.data[lower + right]!) /
        4;
    }
  }
  return half;
}
