import { blur } from './blur.ts';
import { createPlane, halve, type Plane } from './plane.ts';

/**
 * Along which way the edges run, at half the picture's resolution: a unit vector a pixel (its sign means nothing). An artist's
 * strokes follow form; lines and brushes that follow this field look drawn rather than filtered.
 */
export interface Flow {
  readonly width: number;
  readonly height: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** The smoothed structure tensor's minor eigenvector. `sigma` (pixels of the half-size field): larger is calmer. */
export function flowOf(tone: Plane, sigma: number): Flow {
  const small = blur(halve(tone), 1);
  const { width, height } = small;
  const xx = createPlane(width, height);
  const xy = createPlane(width, height);
  const yy = createPlane(width, height);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const gx = small.data[i + 1]! - small.data[i - 1]!;
      const gy = small.data[i + width]! - small.data[i - width]!;
      xx.data[i] = gx * gx;
      xy.data[i] = gx * gy;
      yy.data[i] = gy * gy;
    }
  }
  return minorEigenvectors(blur(xx, sigma), blur(xy, sigma), blur(yy, sigma));
}

function minorEigenvectors(xx: Plane, xy: Plane, yy: Plane): Flow {
  const { width, height } = xx;
  const flow = { width, height, x: new Float32Array(width * height), y: new Float32Array(width * height) };
  for (let i = 0; i < flow.x.length; i++) {
    const a = xx.data[i]!;
    const b = xy.data[i]!;
    const c = yy.data[i]!;
    const major = (a + c + Math.sqrt((a - c) * (a - c) + 4 * b * b)) / 2;
    const tx = b;
    const ty = major - a;
    const length = Math.hypot(tx, ty);
    // The tangent is at right angles to the gradient; where there is none, any way will do.
    flow.x[i] = length < 1e-9 ? (a > c ? 0 : 1) : -ty / length;
    flow.y[i] = length < 1e-9 ? (a > c ? 1 : 0) : tx / length;
  }
  return flow;
}

/**
 * Averages `plane` along the flow, `reach` steps of one pixel each way: broken marks join into strokes. Values below `floor` are
 * left as they are, which spares most of the picture the walk.
 */
export function smearAlong(plane: Plane, flow: Flow, reach: number, floor: number): Plane {
  const { width, height } = plane;
  const result = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (plane.data[i]! < floor) {
        result.data[i] = plane.data[i]!;
        continue;
      }
      const sum = walk(plane, flow, x, y, 1, reach) + walk(plane, flow, x, y, -1, reach);
      result.data[i] = (plane.data[i]! + sum) / (2 * reach + 1);
    }
  }
  return result;
}

/** The sum over a walk from (x, y) that never turns back on itself. */
function walk(plane: Plane, flow: Flow, startX: number, startY: number, sign: number, reach: number): number {
  const { width, height, data } = plane;
  let x = startX + 0.5;
  let y = startY + 0.5;
  let beforeX = 0;
  let beforeY = 0;
  let sum = 0;
  for (let step = 0; step < reach; step++) {
    const at = (y >> 1) * flow.width + (x >> 1);
    let dx = flow.x[at]! * sign;
    let dy = flow.y[at]! * sign;
    if (dx * beforeX + dy * beforeY < 0) {
      dx = -dx;
      dy = -dy;
    }
    beforeX = dx;
    beforeY = dy;
    x = Math.min(width - 1, Math.max(0, x + dx));
    y = Math.min(height - 1, Math.max(0, y + dy));
    sum += data[(y | 0) * width + (x | 0)]!;
  }
  return sum;
}
