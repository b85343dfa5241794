import type { Plane } from './plane.ts';

/** Parallel lines: how far a point is from the middle of the nearest one, in pixels. */
export interface LineScreen {
  readonly cos: number;
  readonly sin: number;
  readonly period: number;
}

export function lineScreen(angle: number, period: number): LineScreen {
  return { cos: Math.cos(angle), sin: Math.sin(angle), period };
}

/** `bend` moves the line sideways, in pixels: following brightness, it makes lines wrap around form as an engraver's do. */
export function distanceToLine(screen: LineScreen, x: number, y: number, bend: number): number {
  const across = (y * screen.cos - x * screen.sin + bend) / screen.period;
  return Math.abs(across - Math.round(across)) * screen.period;
}

/** How much of a pixel a mark covers whose edge is `inside` pixels away (negative: outside): 0 to 1. */
export function coverage(inside: number): number {
  return Math.min(1, Math.max(0, (inside + 0.7) / 1.4));
}

/** A turned grid of round dots. */
export interface DotScreen {
  readonly cos: number;
  readonly sin: number;
  readonly period: number;
}

export function dotScreen(angle: number, period: number): DotScreen {
  return { cos: Math.cos(angle), sin: Math.sin(angle), period };
}

/** The ink at a pixel, 0 to 1, when its cell's darkness is what `darkness` shows at the cell's middle: dots stay round across edges. */
export function dotAt(screen: DotScreen, x: number, y: number, darkness: Plane): number {
  const { cos, sin, period } = screen;
  const u = (x * cos + y * sin) / period;
  const v = (y * cos - x * sin) / period;
  const cu = Math.round(u);
  const cv = Math.round(v);
  const middleX = (cu * cos - cv * sin) * period;
  const middleY = (cu * sin + cv * cos) * period;
  const dark = sampleAt(darkness, middleX, middleY);
  if (dark <= 0) return 0;
  // A cell fills its square at 1.13 times the radius of the circle of the same area.
  const radius = period * Math.sqrt(dark / Math.PI) * 1.13;
  return coverage(radius - Math.hypot(x - middleX, y - middleY));
}

function sampleAt(plane: Plane, x: number, y: number): number {
  const column = Math.min(plane.width - 1, Math.max(0, Math.round(x)));
  const row = Math.min(plane.height - 1, Math.max(0, Math.round(y)));
  return plane.data[row * plane.width + column]!;
}
