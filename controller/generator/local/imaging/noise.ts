import type { Random } from '../random.ts';
import { blur } from './blur.ts';
import { createPlane, type Plane } from './plane.ts';

/** Clouds: smooth noise from 0 to 1 whose features are about `cell` pixels across. */
export function clouds(width: number, height: number, cell: number, random: Random): Plane {
  const columns = Math.ceil(width / cell) + 2;
  const rows = Math.ceil(height / cell) + 2;
  const grid = Float32Array.from({ length: columns * rows }, () => random.next());
  const plane = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / cell);
    const v = ease(y / cell - row);
    for (let x = 0; x < width; x++) {
      const column = Math.floor(x / cell);
      const u = ease(x / cell - column);
      const at = row * columns + column;
      const upper = grid[at]! + (grid[at + 1]! - grid[at]!) * u;
      const lower = grid[at + columns]! + (grid[at + columns + 1]! - grid[at + columns]!) * u;
      plane.data[y * width + x] = upper + (lower - upper) * v;
    }
  }
  return plane;
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}

/** Clouds on clouds, each octave half as large and half as strong; mean about 0.5. */
export function turbulence(
  width: number,
  height: number,
  cell: number,
  octaves: number,
  random: Random,
): Plane {
  const sum = createPlane(width, height);
  let weight = 0;
  for (let octave = 0; octave < octaves; octave++) {
    const strength = 0.5 ** octave;
    weight += strength;
    const layer = clouds(width, height, Math.max(1.5, cell * strength), random);
    for (let i = 0; i < sum.data.length; i++) sum.data[i]! += layer.data[i]! * strength;
  }
  for (let i = 0; i < sum.data.length; i++) sum.data[i]! /= weight;
  return sum;
}

/** Film or paper grain: mean 0, standard deviation 1, specks about `size` pixels across. */
export function grain(width: number, height: number, size: number, random: Random): Plane {
  const plane = createPlane(width, height);
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = random.next() - 0.5;
  return standardise(blur(plane, size / 2));
}

/** Shifts and scales to mean 0 and standard deviation 1. */
function standardise(plane: Plane): Plane {
  let sum = 0;
  let squares = 0;
  for (const value of plane.data) {
    sum += value;
    squares += value * value;
  }
  const mean = sum / plane.data.length;
  const deviation = Math.sqrt(Math.max(1e-9, squares / plane.data.length - mean * mean));
  for (let i = 0; i < plane.data.length; i++) plane.data[i] = (plane.data[i]! - mean) / deviation;
  return plane;
}

/** Noise drawn out into streaks along `angle` (radians): brush hairs, wood grain, the side of a stick of charcoal. 0 to 1. */
export function streaks(
  width: number,
  height: number,
  shape: { readonly angle: number; readonly across: number; readonly along: number },
  random: Random,
): Plane {
  const size = 256;
  const grid = Float32Array.from({ length: size * size }, () => random.next());
  const cos = Math.cos(shape.angle);
  const sin = Math.sin(shape.angle);
  const plane = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const u = (x * cos + y * sin) / shape.along + 4096;
      const v = (y * cos - x * sin) / shape.across + 4096;
      const column = Math.floor(u);
      const row = Math.floor(v);
      const fu = ease(u - column);
      const fv = ease(v - row);
      // The grid repeats every 256 cells; odd rows are shifted so that streaks do not begin in line.
      const shift = (row * 97) & 255;
      const below = ((row + 1) * 97) & 255;
      const upper = mix(grid, row & 255, column + shift, fu);
      const lower = mix(grid, (row + 1) & 255, column + below, fu);
      plane.data[y * width + x] = upper + (lower - upper) * fv;
    }
  }
  return plane;
}

function mix(grid: Float32Array, row: number, column: number, share: number): number {
  const one = grid[row * 256 + (column & 255)]!;
  return one + (grid[row * 256 + ((column + 1) & 255)]! - one) * share;
}
