import { blur } from './blur.ts';
import { createPlane, halve, type Plane } from './plane.ts';

/** Red, green and blue as planes. */
export interface Planes {
  readonly red: Plane;
  readonly green: Plane;
  readonly blue: Plane;
}

export function emptyPlanes(width: number, height: number): Planes {
  return {
    red: createPlane(width, height),
    green: createPlane(width, height),
    blue: createPlane(width, height),
  };
}

export function splitChannels(rgb: Uint8Array, width: number, height: number): Planes {
  const planes = emptyPlanes(width, height);
  for (let i = 0, p = 0; i < width * height; i++, p += 3) {
    planes.red.data[i] = rgb[p]! / 255;
    planes.green.data[i] = rgb[p + 1]! / 255;
    planes.blue.data[i] = rgb[p + 2]! / 255;
  }
  return planes;
}

/**
 * Flattens texture and keeps edges (guided filter, the picture guided by its own brightness): skin becomes one surface, the rim of
 * a face stays sharp. `radius` in pixels; `strength` about 0.002 (gentle) to 0.03 (flat).
 */
export function flatten(planes: Planes, guide: Plane, radius: number, strength: number): Planes {
  const coarse = coarseGuide(guide, radius);
  return {
    red: flattenOne(planes.red, guide, coarse, strength),
    green: flattenOne(planes.green, guide, coarse, strength),
    blue: flattenOne(planes.blue, guide, coarse, strength),
  };
}

/** `flatten` for brightness alone. */
export function flattenTone(tone: Plane, radius: number, strength: number): Plane {
  return flattenOne(tone, tone, coarseGuide(tone, radius), strength);
}

/** What every channel needs of the guide. At half size: the filter's coefficients are smooth, so nothing is lost but time. */
interface CoarseGuide {
  readonly guide: Plane;
  readonly mean: Plane;
  readonly squares: Plane;
  readonly radius: number;
}

function coarseGuide(guide: Plane, radius: number): CoarseGuide {
  const small = halve(guide);
  const half = Math.max(1, radius / 2);
  return { guide: small, mean: blur(small, half), squares: blur(product(small, small), half), radius: half };
}

function flattenOne(plane: Plane, guide: Plane, coarse: CoarseGuide, strength: number): Plane {
  const small = halve(plane);
  const own = blur(small, coarse.radius);
  const products = blur(product(small, coarse.guide), coarse.radius);
  const slope = createPlane(small.width, small.height);
  const offset = createPlane(small.width, small.height);
  for (let i = 0; i < slope.data.length; i++) {
    const mean = coarse.mean.data[i]!;
    const variance = coarse.squares.data[i]! - mean * mean;
    slope.data[i] = (products.data[i]! - own.data[i]! * mean) / (variance + strength);
    offset.data[i] = own.data[i]! - slope.data[i]! * mean;
  }
  return applyCoefficients(guide, blur(slope, coarse.radius), blur(offset, coarse.radius));
}

function applyCoefficients(guide: Plane, slope: Plane, offset: Plane): Plane {
  const result = createPlane(guide.width, guide.height);
  for (let y = 0; y < guide.height; y++) {
    const row = (y >> 1) * slope.width;
    for (let x = 0; x < guide.width; x++) {
      const i = y * guide.width + x;
      const at = row + (x >> 1);
      result.data[i] = slope.data[at]! * guide.data[i]! + offset.data[at]!;
    }
  }
  return result;
}

function product(one: Plane, other: Plane): Plane {
  const result = createPlane(one.width, one.height);
  for (let i = 0; i < result.data.length; i++) result.data[i] = one.data[i]! * other.data[i]!;
  return result;
}
