import type { Random } from '../random.ts';
import type { Flow } from './flow.ts';
import { createPlane, smoothstep } from './plane.ts';
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

/** A layer given in units, in pixels. */
export function scaleBrush(layer: BrushLayer, unit: number): BrushLayer {
  return { ...layer, radius: layer.radius * unit, length: layer.length * unit };
}

/** Red, green and blue side by side, 0 to 1: a dab touches one place in memory instead of three. */
interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Everything a stroke needs to know. */
interface Easel {
  readonly picture: Sheet;
  readonly model: Sheet;
  readonly flow: Flow;
  readonly focus: Place;
  readonly random: Random;
}

/**
 * Paints `model` over `start` stroke by stroke, one layer after another, after Hertzmann: a stroke takes the colour where it begins,
 * follows the flow, and ends where another colour would be nearer the truth.
 */
export function paintLayers(
  start: Planes,
  model: Planes,
  flow: Flow,
  layers: readonly BrushLayer[],
  focus: Place,
  random: Random,
): Planes {
  const easel = { picture: interleave(start), model: interleave(model), flow, focus, random };
  for (const layer of layers) paintLayer(easel, layer);
  return separate(easel.picture);
}

function paintLayer(easel: Easel, layer: BrushLayer): void {
  const { picture, model, focus, random } = easel;
  const { width, height } = model;
  const step = Math.max(2, layer.radius * 1.05);
  const starts: Place[] = [];
  for (let y = step / 2; y < height; y += step) {
    for (let x = step / 2; x < width; x += step) {
      starts.push({ x: x + random.between(-0.5, 0.5) * step, y: y + random.between(-0.5, 0.5) * step });
    }
  }
  shuffle(starts, random);
  for (const start of starts) {
    const x = Math.min(width - 1, Math.max(0, start.x));
    const y = Math.min(height - 1, Math.max(0, start.y));
    const at = ((y | 0) * width + (x | 0)) * 3;
    const distance = Math.hypot(x - focus.x, y - focus.y) / Math.max(width, height);
    const tolerance = layer.tolerance * (0.33 + 0.67 * smoothstep(0.12, 0.3, distance));
    if (tolerance > 0 && difference(picture.data, model.data, at, at) < tolerance) continue;
    paintStroke(easel, layer, { x, y });
  }
}

function interleave(planes: Planes): Sheet {
  const { width, height } = planes.red;
  const data = new Float32Array(width * height * 3);
  for (let i = 0, p = 0; p < data.length; i++, p += 3) {
    data[p] = planes.red.data[i]!;
    data[p + 1] = planes.green.data[i]!;
    data[p + 2] = planes.blue.data[i]!;
  }
  return { width, height, data };
}

function separate({ width, height, data }: Sheet): Planes {
  const red = createPlane(width, height);
  const green = createPlane(width, height);
  const blue = createPlane(width, height);
  for (let i = 0, p = 0; p < data.length; i++, p += 3) {
    red.data[i] = data[p]!;
    green.data[i] = data[p + 1]!;
    blue.data[i] = data[p + 2]!;
  }
  return { red, green, blue };
}

function shuffle<T>(items: T[], random: Random): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random.next() * (i + 1));
    const held = items[i]!;
    items[i] = items[j]!;
    items[j] = held;
  }
}

function difference(one: Float32Array, other: Float32Array, p: number, q: number): number {
  return (
    Math.abs(one[p]! - other[q]!) +
    Math.abs(one[p + 1]! - other[q + 1]!) +
    Math.abs(one[p + 2]! - other[q + 2]!)
  );
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function paintStroke(easel: Easel, layer: BrushLayer, start: Place): void {
  const { picture, flow, random } = easel;
  const { width, height, data } = easel.model;
  const origin = ((start.y | 0) * width + (start.x | 0)) * 3;
  const stray = random.between(-layer.stray, layer.stray);
  const load = loadBrush(layer, random);
  const colour = {
    red: data[origin]! + stray,
    green: data[origin + 1]! + stray * 0.9,
    blue: data[origin + 2]! + stray * 0.7,
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
    const here = ((y | 0) * width + (x | 0)) * 3;
    if (n > layer.radius && n % 4 === 0 && difference(data, data, here, origin) > 0.3) return;
  }
}

interface Load {
  /** Pixels from hair to hair. */
  readonly spacing: number;
  /** Brightness of each hair against the paint's, from one side of the brush to the other. */
  readonly shade: Float32Array;
  /** How much paint each hair carries. */
  readonly carry: Float32Array;
}

/** Pixels between hairs: a fine brush must leave no gap, under a broad one a gap shows what it was painted over. */
const FINE_SPACING = 0.8;
const BROAD_SPACING = 1.15;

function loadBrush(layer: BrushLayer, random: Random): Load {
  const spacing = layer.radius > 6 ? BROAD_SPACING : FINE_SPACING;
  const count = Math.max(3, Math.round((2 * layer.radius) / spacing));
  const shade = new Float32Array(count);
  const carry = new Float32Array(count);
  let drift = 0;
  for (let k = 0; k < count; k++) {
    drift = drift * 0.6 + random.between(-1, 1) * 0.4;
    const side = Math.abs((2 * k) / (count - 1) - 1);
    shade[k] = drift * layer.hairs + (side > 0.8 ? -layer.hairs * 0.35 : 0);
    carry[k] = Math.min(1, (1 - side) * 5 + 0.25) * (random.next() < 0.12 ? 0.45 : 1);
  }
  return { shade, carry, spacing };
}

interface Dab extends Place {
  readonly acrossX: number;
  readonly acrossY: number;
  readonly alpha: number;
}

/** One cross-section of a stroke. */
function dab(
  picture: Sheet,
  colour: { readonly red: number; readonly green: number; readonly blue: number },
  load: Load,
  place: Dab,
): void {
  const { width, height, data } = picture;
  const { shade, carry, spacing } = load;
  const middle = (shade.length - 1) / 2;
  for (let k = 0; k < shade.length; k++) {
    const offset = (k - middle) * spacing;
    const x = (place.x + place.acrossX * offset) | 0;
    const y = (place.y + place.acrossY * offset) | 0;
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    const p = (y * width + x) * 3;
    const alpha = place.alpha * carry[k]!;
    const hair = shade[k]!;
    data[p]! += (colour.red + hair - data[p]!) * alpha;
    data[p + 1]! += (colour.green + hair - data[p + 1]!) * alpha;
    data[p + 2]! += (colour.blue + hair - data[p + 2]!) * alpha;
  }
}
