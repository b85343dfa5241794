import type { Random } from '../random.ts';
import type { Flow } from './flow.ts';
import { smoothstep } from './plane.ts';
import type { Planes } from './simplify.ts';

/** One pass with one brush. Sizes in pixels. */
export interface BrushLayer {
  /** Half the brush's width. */
  readonly radius: number;
  /** The longest stroke. */
  readonly length: number;
  /**
   * Difference (sum over channels, 0 to 3) between picture and model above which this brush touches up; 0 paints everywhere. Near
   * the focus a third of it is enough: faces get the finest work.
   */
  readonly tolerance: number;
  /** How much the hairs differ in brightness, 0 to about 0.15. */
  readonly hairs: number;
  /** How far a stroke's colour strays from the model's. */
  readonly stray: number;
  /** 0 to 1. */
  readonly opacity: number;
}

/**
 * Paints `model` onto `picture` stroke by stroke, after Hertzmann: a stroke takes the colour where it begins, follows the flow, and
 * ends where another colour would be nearer the truth. `picture` is changed in place.
 */
export function paintLayer(
  picture: Planes,
  model: Planes,
  flow: Flow,
  layer: BrushLayer,
  focus: Place,
  random: Random,
): void {
  const { width, height } = model.red;
  const step = Math.max(2, layer.radius * 1.05);
  const starts: { x: number; y: number }[] = [];
  for (let y = step / 2; y < height; y += step) {
    for (let x = step / 2; x < width; x += step) {
      starts.push({ x: x + random.between(-0.5, 0.5) * step, y: y + random.between(-0.5, 0.5) * step });
    }
  }
  shuffle(starts, random);
  for (const start of starts) {
    const x = Math.min(width - 1, Math.max(0, start.x));
    const y = Math.min(height - 1, Math.max(0, start.y));
    const at = (y | 0) * width + (x | 0);
    const distance = Math.hypot(x - focus.x, y - focus.y) / Math.max(width, height);
    const tolerance = layer.tolerance * (0.33 + 0.67 * smoothstep(0.12, 0.3, distance));
    if (tolerance > 0 && difference(picture, model, at, at) < tolerance) continue;
    paintStroke(picture, model, flow, layer, { x, y }, random);
  }
}

function shuffle<T>(items: T[], random: Random): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1));
    const held = items[i]!;
    items[i] = items[j]!;
    items[j] = held;
  }
}

function difference(one: Planes, other: Planes, i: number, j: number): number {
  return (
    Math.abs(one.red.data[i]! - other.red.data[j]!) +
    Math.abs(one.green.data[i]! - other.green.data[j]!) +
    Math.abs(one.blue.data[i]! - other.blue.data[j]!)
  );
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function paintStroke(
  picture: Planes,
  model: Planes,
  flow: Flow,
  layer: BrushLayer,
  start: Place,
  random: Random,
): void {
  const { width, height } = model.red;
  const origin = (start.y | 0) * width + (start.x | 0);
  const stray = random.between(-layer.stray, layer.stray);
  const load = loadBrush(layer, random);
  const colour = {
    red: model.red.data[origin]! + stray,
    green: model.green.data[origin]! + stray * 0.9,
    blue: model.blue.data[origin]! + stray * 0.7,
  };
  let { x, y } = start;
  let beforeX = 0;
  let beforeY = 0;
  const steps = Math.round(layer.length * random.between(0.6, 1));
  for (let n = 0; n < steps; n++) {
    const at = (y >> 1) * flow.width + (x >> 1);
    let dx = flow.x[at]!;
    let dy = flow.y[at]!;
    if (n === 0 ? dx + dy < 0 : dx * beforeX + dy * beforeY < 0) {
      dx = -dx;
      dy = -dy;
    }
    // Inertia keeps strokes from curling.
    const bentX = n === 0 ? dx : beforeX * 0.75 + dx * 0.25;
    const bentY = n === 0 ? dy : beforeY * 0.75 + dy * 0.25;
    const norm = Math.hypot(bentX, bentY) || 1;
    beforeX = bentX / norm;
    beforeY = bentY / norm;
    const taper = Math.min(1, (n + 2) / (layer.radius * 0.8), (steps - n) / (layer.radius * 1.2));
    dab(picture, colour, load, { x, y, acrossX: -beforeY, acrossY: beforeX, alpha: layer.opacity * taper });
    x += beforeX;
    y += beforeY;
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    const here = (y | 0) * width + (x | 0);
    if (n > layer.radius && n % 4 === 0 && difference(model, model, here, origin) > 0.3) return;
  }
}

interface Load {
  /** Brightness of each hair against the paint's, from one side of the brush to the other. */
  readonly shade: Float32Array;
  /** How much paint each hair carries. */
  readonly carry: Float32Array;
}

const HAIR_SPACING = 0.8;

function loadBrush(layer: BrushLayer, random: Random): Load {
  const count = Math.max(3, Math.round((2 * layer.radius) / HAIR_SPACING));
  const shade = new Float32Array(count);
  const carry = new Float32Array(count);
  let drift = 0;
  for (let k = 0; k < count; k++) {
    drift = drift * 0.6 + random.between(-1, 1) * 0.4;
    const side = Math.abs((2 * k) / (count - 1) - 1);
    shade[k] = drift * layer.hairs + (side > 0.8 ? -layer.hairs * 0.35 : 0);
    carry[k] = Math.min(1, (1 - side) * 5 + 0.25) * (random.next() < 0.12 ? 0.45 : 1);
  }
  return { shade, carry };
}

interface Dab extends Place {
  readonly acrossX: number;
  readonly acrossY: number;
  readonly alpha: number;
}

/** One cross-section of a stroke. */
function dab(
  picture: Planes,
  colour: { red: number; green: number; blue: number },
  load: Load,
  place: Dab,
): void {
  const { width, height } = picture.red;
  const middle = (load.shade.length - 1) / 2;
  for (let k = 0; k < load.shade.length; k++) {
    const offset = (k - middle) * HAIR_SPACING;
    const x = (place.x + place.acrossX * offset) | 0;
    const y = (place.y + place.acrossY * offset) | 0;
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    const i = y * width + x;
    const alpha = place.alpha * load.carry[k]!;
    const shade = load.shade[k]!;
    picture.red.data[i]! += (colour.red + shade - picture.red.data[i]!) * alpha;
    picture.green.data[i]! += (colour.green + shade - picture.green.data[i]!) * alpha;
    picture.blue.data[i]! += (colour.blue + shade - picture.blue.data[i]!) * alpha;
  }
}
