import type { Canvas } from '../canvas.ts';
import { blur } from '../imaging/blur.ts';
import { drawnColours } from '../imaging/colouring.ts';
import { drawingTone } from '../imaging/drawing-tone.ts';
import { colourPicture, openEdge } from '../imaging/finish.ts';
import { flowOf } from '../imaging/flow.ts';
import { penLines } from '../imaging/lines.ts';
import { grain, turbulence } from '../imaging/noise.ts';
import { type Rgb, rgbOf } from '../imaging/palette.ts';
import { clamp01, createPlane, type Plane, smoothstep } from '../imaging/plane.ts';
import { flatten, flattenTone, type Planes } from '../imaging/simplify.ts';
import type { Random } from '../random.ts';
import { DRAWING_FRAMING, type Picture, type Technique } from '../technique.ts';

/** Watercolour: transparent washes with dark rims and blooms, granulation in the paper's tooth, pencil underneath, a white rim. */
export const watercolour: Technique = {
  name: 'watercolour',
  medium: 'illustration',
  colour: 'colour',
  words: ['watercolo', 'water colo', 'aquarelle', 'wash', 'wet-on-wet', 'paper texture'],
  framing: DRAWING_FRAMING,
  render: renderWatercolour,
};

function renderWatercolour(canvas: Canvas, random: Random, prompt: string): Picture {
  const { width, height, unit } = canvas;
  const drawn = drawingTone(canvas);
  const colours = drawnColours(canvas, drawn, { saturation: random.between(1.5, 1.85), prompt }, random);
  const flat = flatten(colours, drawn, 17 * unit, 0.026);
  const pencil = penLines(flattenTone(drawn, 6 * unit, 0.006), flowOf(drawn, 3 * unit), {
    width: 1.7 * unit,
    detail: 0.76,
    reach: Math.round(8 * unit),
  });
  const pools = turbulence(width, height, 120 * unit, 4, random);
  const tooth = grain(width, height, 2.1 * unit, random);
  const open = openEdge(width, height, 120 * unit, random);
  const washes = layers(flat, pools, unit);
  const pigment = createPlane(width, height);
  for (let i = 0; i < pigment.data.length; i++) {
    // Pigment runs to where the wash stops: a darker seam just inside the open rim.
    const seam = smoothstep(0.12, 0.3, open.data[i]!) * (1 - smoothstep(0.3, 0.62, open.data[i]!));
    const amount =
      0.72 + (pools.data[i]! - 0.5) * 1.05 + washes.rims.data[i]! * 2.6 + tooth.data[i]! * 0.05 + seam * 0.35;
    pigment.data[i] = Math.max(0.12, amount) * smoothstep(0.1, 0.3, open.data[i]!);
  }
  return lay(washes.colour, pigment, pencil, tooth);
}

/** Flat colour in soft-edged washes, and the rims where one wash ends. */
function layers(flat: Planes, pools: Plane, unit: number): { readonly colour: Planes; readonly rims: Plane } {
  const steps = 5;
  const light = createPlane(flat.red.width, flat.red.height);
  for (let i = 0; i < light.data.length; i++) {
    const value = flat.red.data[i]! * 0.2126 + flat.green.data[i]! * 0.7152 + flat.blue.data[i]! * 0.0722;
    const scaled = clamp01(value + (pools.data[i]! - 0.5) * 0.16) * steps;
    const step = Math.floor(scaled);
    const washed = (step + smoothstep(0.8, 1, scaled - step)) / steps;
    light.data[i] = washed;
    const lift = (washed + 0.06 - value) * 0.9;
    flat.red.data[i]! += lift;
    flat.green.data[i]! += lift;
    flat.blue.data[i]! += lift;
  }
  const around = blur(light, 3 * unit);
  const rims = createPlane(light.width, light.height);
  for (let i = 0; i < rims.data.length; i++)
    rims.data[i] = Math.min(0.14, Math.max(0, around.data[i]! - light.data[i]!));
  return { colour: flat, rims };
}

const PAPER: Rgb = rgbOf(0xfbf7ee);

/** Light goes through the pigment to the paper and back: more pigment, deeper and stronger colour. */
function lay(colour: Planes, pigment: Plane, pencil: Plane, tooth: Plane): Picture {
  const channel = (plane: Plane, paper: number): Plane => {
    const result = createPlane(plane.width, plane.height);
    for (let i = 0; i < result.data.length; i++) {
      const clear = Math.max(0.05, Math.min(1, plane.data[i]! * 1.03 + 0.03));
      const relief = 1 + tooth.data[i]! * 0.012;
      const lead = 1 - pencil.data[i]! * 0.74 * smoothstep(-1.8, 0.4, tooth.data[i]! + 0.6);
      result.data[i] = Math.exp(Math.log(clear) * pigment.data[i]!) * paper * relief * lead;
    }
    return result;
  };
  return colourPicture({
    red: channel(colour.red, PAPER[0]),
    green: channel(colour.green, PAPER[1]),
    blue: channel(colour.blue, PAPER[2]),
  });
}
