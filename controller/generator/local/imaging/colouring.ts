import type { Canvas } from '../canvas.ts';
import type { Random } from '../random.ts';
import { type ColourScheme, chooseScheme, type Ladder } from './colour-scheme.ts';
import { namedColours } from './named-colours.ts';
import { turbulence } from './noise.ts';
import { colourUnder } from './palette.ts';
import { clamp01, halve, type Plane, smoothstep } from './plane.ts';
import { emptyPlanes, flatten, type Planes } from './simplify.ts';

export interface Colouring {
  /** How much the base image's own colours are strengthened; 1 leaves them. */
  readonly saturation: number;
  readonly prompt: string;
}

/** A scheme that a prompt asks for by name tints even a colourful base image by this much. */
const ASKED_FOR = 0.3;

/**
 * The colours of a drawing over the tones `tone`: the base image's own where it has them, and where it has not (black and white, sepia,
 * faded, almost dark) those of an invented scheme, laid in by what seems to be skin, hair, clothes and background.
 */
export function drawnColours(canvas: Canvas, tone: Plane, colouring: Colouring, random: Random): Planes {
  const own = colourUnder(canvas, tone, colouring.saturation);
  const named = namedColours(colouring.prompt);
  const scheme = chooseScheme(named, random);
  const lack = 1 - smoothstep(0.06, 0.25, colourfulShare(own, tone));
  const share = Math.max(lack, named.length > 1 ? ASKED_FOR : 0);
  if (share > 0.02) layIn(own, tone, inventedColours(sketchOf(canvas, tone), scheme, random), share);
  return own;
}

/** A difference between two colours of one lightness that nobody overlooks; red less green and yellow less blue, 0 to 1. */
const PLAIN_DIFFERENCE = 0.09;
const LIGHT_BINS = 16;

/**
 * The share of a picture whose colour is not the one that most of its lightness has. 0 for grey, and also for sepia and other tints:
 * colour that only follows light says no more than light does.
 */
export function colourfulShare({ red, green, blue }: Planes, tone: Plane): number {
  const sums = new Float64Array(LIGHT_BINS * 3);
  const bin = (i: number): number => Math.min(LIGHT_BINS - 1, (tone.data[i]! * LIGHT_BINS) | 0) * 3;
  const warm = (i: number): number => red.data[i]! - green.data[i]!;
  const sunny = (i: number): number => (red.data[i]! + green.data[i]!) / 2 - blue.data[i]!;
  for (let i = 0; i < tone.data.length; i += 7) {
    const at = bin(i);
    sums[at]! += warm(i);
    sums[at + 1]! += sunny(i);
    sums[at + 2]! += 1;
  }
  let colourful = 0;
  let count = 0;
  for (let i = 0; i < tone.data.length; i += 7) {
    const at = bin(i);
    const n = sums[at + 2]!;
    if (Math.hypot(warm(i) - sums[at]! / n, sunny(i) - sums[at + 1]! / n) > PLAIN_DIFFERENCE) colourful++;
    count++;
  }
  return colourful / count;
}

/** A canvas seen at half size: colours may be coarser than forms. */
interface Sketch {
  readonly tone: Plane;
  readonly unit: number;
  readonly focus: Canvas['focus'];
}

function sketchOf({ unit, focus }: Canvas, tone: Plane): Sketch {
  return { tone: halve(tone), unit: unit / 2, focus: { x: focus.x / 2, y: focus.y / 2 } };
}

/** How much of each pixel is skin (red), clothes (green) and background (blue); what is left over is hair. */
function regionsOf({ tone, unit, focus }: Sketch): Planes {
  const { width, height } = tone;
  const side = Math.min(width, height);
  const guess = emptyPlanes(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    const below = (y - focus.y) / side;
    // Shoulders open like a bell from under the chin.
    const shoulders = 0.16 + 0.34 * smoothstep(0.32, 0.55, below);
    for (let x = 0; x < width; x++, i++) {
      const aside = Math.abs(x - focus.x) / side;
      const head = 1 - smoothstep(0.85, 1.15, Math.hypot(aside / 0.29, (below + 0.01) / 0.4));
      const body =
        smoothstep(0.3, 0.4, below) * (1 - smoothstep(shoulders, shoulders + 0.1, aside)) * (1 - head);
      guess.red.data[i] = head * smoothstep(0.2, 0.38, tone.data[i]!);
      guess.green.data[i] = body;
      guess.blue.data[i] = (1 - head) * (1 - body);
    }
  }
  // The guess is drawn in to the edges that are there.
  return flatten(guess, tone, 30 * unit, 0.003);
}

/** How much warmer than the other the one side's light is. */
const LIGHT_COLOUR = 0.075;

/** What the scheme adds to each channel, lightness untouched. */
function inventedColours(sketch: Sketch, scheme: ColourScheme, random: Random): Planes {
  const { tone, unit } = sketch;
  const { width, height } = tone;
  const regions = regionsOf(sketch);
  const drift = turbulence(width, height, 300 * unit, 2, random);
  const side = random.pick([-1, 1]);
  const added = emptyPlanes(width, height);
  const colour = new Float32Array(3);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const wander = (drift.data[i]! - 0.5) * 2.4;
      const far = smoothstep(0.25, 0.75, 0.5 + (y / height - 0.5) * 0.8 + wander * 0.5);
      const skin = clamp01(regions.red.data[i]!);
      const cloth = clamp01(regions.green.data[i]!);
      const ground = clamp01(regions.blue.data[i]!);
      const light = tone.data[i]!;
      colour.fill(0);
      add(colour, scheme.skin, light, skin);
      add(colour, scheme.clothes, light, cloth);
      add(colour, scheme.distance, light, ground * (1 - far));
      add(colour, scheme.nearness, light, ground * far);
      add(colour, scheme.hair, light, Math.max(0, 1 - skin - cloth - ground));
      // One side of everything lies in warm light, the other in cool: even a face that fills the frame has two colours.
      const warm = (side * (x / width - 0.5) * 1.6 + wander * 0.5) * LIGHT_COLOUR;
      const grey = colour[0]! * 0.2126 + colour[1]! * 0.7152 + colour[2]! * 0.0722;
      added.red.data[i] = colour[0]! - grey + warm;
      added.green.data[i] = colour[1]! - grey - warm * 0.15;
      added.blue.data[i] = colour[2]! - grey - warm;
    }
  }
  return added;
}

/** Adds `weight` of what a ladder has at a lightness. */
function add(sum: Float32Array, [dark, middle, light]: Ladder, tone: number, weight: number): void {
  if (weight <= 0) return;
  const [from, to] = tone < 0.5 ? [dark, middle] : [middle, light];
  const step = tone < 0.5 ? tone * 2 : tone * 2 - 1;
  for (let c = 0; c < 3; c++) sum[c]! += (from[c]! + (to[c]! - from[c]!) * step) * weight;
}

/** Moves `planes` by `share` towards `tone` with the colours that are `added` (at half size) to it. */
function layIn(planes: Planes, tone: Plane, added: Planes, share: number): void {
  const { width, height } = tone;
  const half = added.red.width;
  for (const [plane, offset] of [
    [planes.red, added.red],
    [planes.green, added.green],
    [planes.blue, added.blue],
  ] as const) {
    for (let y = 0, i = 0; y < height; y++) {
      const row = (y >> 1) * half;
      for (let x = 0; x < width; x++, i++) {
        const own = plane.data[i]!;
        plane.data[i] = clamp01(own + (tone.data[i]! + offset.data[row + (x >> 1)]! - own) * share);
      }
    }
  }
}
