import { createPlane, halve, type Plane } from './plane.ts';

/** Sigma, in pixels, from which a blur is made at half size: what is lost is far finer than what the blur leaves. */
const COARSE_FROM = 2;

/** Gaussian-like blur by two box blurs: the time it takes does not grow with `sigma` (in pixels). */
export function blur(plane: Plane, sigma: number): Plane {
  if (sigma >= COARSE_FROM && Math.min(plane.width, plane.height) >= 16) {
    return enlarge(blur(halve(plane), sigma / 2), plane.width, plane.height);
  }
  const result = createPlane(plane.width, plane.height);
  result.data.set(plane.data);
  if (sigma < 0.4) return result;
  // Two boxes of this radius have the variance of the Gaussian. The radius is fractional: the outermost samples count in part.
  const radius = (Math.sqrt(6 * sigma * sigma + 1) - 1) / 2;
  const scratch = new Float32Array(plane.data.length);
  for (let pass = 0; pass < 2; pass++) {
    blurRows(result.data, scratch, plane.width, plane.height, radius);
    blurColumns(scratch, result.data, plane.width, plane.height, radius);
  }
  return result;
}

function blurRows(from: Float32Array, to: Float32Array, width: number, height: number, radius: number): void {
  const whole = Math.min(Math.floor(radius), width - 1);
  const part = radius - whole;
  const scale = 1 / (2 * radius + 1);
  const pad = whole + 1;
  const row = new Float32Array(width + 2 * pad);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    row.fill(from[start]!, 0, pad);
    row.set(from.subarray(start, start + width), pad);
    row.fill(from[start + width - 1]!, pad + width);
    let sum = 0;
    for (let k = 1; k < 2 * pad; k++) sum += row[k]!;
    for (let x = 0; x < width; x++) {
      const after = row[x + 2 * pad]!;
      to[start + x] = (sum + part * (row[x]! + after)) * scale;
      sum += after - row[x + 1]!;
    }
  }
}

/** As `blurRows`, a whole row at a time so that memory is read in order. */
function blurColumns(
  from: Float32Array,
  to: Float32Array,
  width: number,
  height: number,
  radius: number,
): void {
  const whole = Math.min(Math.floor(radius), height - 1);
  const part = radius - whole;
  const scale = 1 / (2 * radius + 1);
  const last = height - 1;
  const sums = new Float32Array(width);
  for (let k = -whole; k <= whole; k++) {
    const row = Math.min(last, Math.max(0, k)) * width;
    for (let x = 0; x < width; x++) sums[x]! += from[row + x]!;
  }
  for (let y = 0; y < height; y++) {
    const before = Math.max(0, y - whole - 1) * width;
    const after = Math.min(last, y + whole + 1) * width;
    const leaving = Math.max(0, y - whole) * width;
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const next = from[after + x]!;
      to[row + x] = (sums[x]! + part * (from[before + x]! + next)) * scale;
      sums[x]! += next - from[leaving + x]!;
    }
  }
}

/** Bilinear enlargement of a halved plane to its former size. */
export function enlarge(half: Plane, width: number, height: number): Plane {
  const result = createPlane(width, height);
  const { data } = result;
  const columns = half.width;
  // One row of the half-size plane, blended for the output row, with its ends repeated so that no neighbour is missing.
  const row = new Float32Array(columns + 2);
  for (let y = 0; y < height; y++) {
    const near = (y >> 1) * columns;
    const far = Math.min(half.height - 1, Math.max(0, (y >> 1) + (y & 1 ? 1 : -1))) * columns;
    for (let c = 0; c < columns; c++) row[c + 1] = half.data[near + c]! * 0.75 + half.data[far + c]! * 0.25;
    row[0] = row[1]!;
    row[columns + 1] = row[columns]!;
    const start = y * width;
    for (let x = 0, c = 1; x < width; x += 2, c++) {
      const own = row[c]! * 0.75;
      data[start + x] = own + row[c - 1]! * 0.25;
      if (x + 1 < width) data[start + x + 1] = own + row[c + 1]! * 0.25;
    }
  }
  return result;
}
