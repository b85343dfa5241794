import type { Canvas } from '../canvas.ts';
import { blur } from '../imaging/blur.ts';
import { type BrushLayer, paintLayers, scaleBrush } from '../imaging/brush.ts';
import { drawnColours } from '../imaging/colouring.ts';
import { drawingTone } from '../imaging/drawing-tone.ts';
import { colourPicture } from '../imaging/finish.ts';
import { flowOf } from '../imaging/flow.ts';
import { penLines } from '../imaging/lines.ts';
import { grain } from '../imaging/noise.ts';
import { drawLines, type Rgb, rgbOf, underpainting } from '../imaging/palette.ts';
import type { Plane } from '../imaging/plane.ts';
import { flatten, type Planes } from '../imaging/simplify.ts';
import type { Random } from '../random.ts';
import { DRAWING_FRAMING, type Picture, type Technique } from '../technique.ts';

/** Gouache: opaque matte paint in few tones of each colour, laid with a flat brush; chalky lights, coloured darks, no gloss. */
export const gouache: Technique = {
  name: 'gouache',
  medium: 'illustration',
  colour: 'colour',
  words: ['gouache', 'tempera', 'matte', 'storybook', 'opaque', 'casein', 'picture book', 'mural', 'fresco'],
  framing: DRAWING_FRAMING,
  render: renderGouache,
};

/** Darks of the pot and the paper beneath: no black and no white is ever mixed. */
const POTS: readonly { readonly dark: Rgb; readonly light: Rgb }[] = [
  { dark: rgbOf(0x2c2440), light: rgbOf(0xfbeed3) },
  { dark: rgbOf(0x1f3038), light: rgbOf(0xf7ecd9) },
  { dark: rgbOf(0x3a2226), light: rgbOf(0xf6efdc) },
];
const TONES = 6;

/** Broad to fine, in units. */
const BRUSHES: readonly BrushLayer[] = [
  { radius: 18, length: 58, tolerance: 0, hairs: 0.035, stray: 0.035, opacity: 0.95 },
  { radius: 9, length: 29, tolerance: 0.1, hairs: 0.035, stray: 0.035, opacity: 0.95 },
  { radius: 4.5, length: 14, tolerance: 0.1, hairs: 0.035, stray: 0.035, opacity: 0.95 },
];

function renderGouache(canvas: Canvas, random: Random, prompt: string): Picture {
  const { width, height, unit } = canvas;
  const tone = drawingTone(canvas);
  const pot = random.pick(POTS);
  const colours = drawnColours(canvas, tone, { saturation: random.between(1.35, 1.65), prompt }, random);
  const flat = flatten(colours, tone, 14 * unit, 0.03);
  const model = mixFromPots(flat, pot);
  const flow = flowOf(blur(tone, 3 * unit), 8 * unit);
  const ground = underpainting(model, pot.light, 10 * unit);
  const picture = paintLayers(
    ground,
    model,
    flow,
    BRUSHES.map((brush) => scaleBrush(brush, unit)),
    canvas.focus,
    random,
  );
  drawLines(
    picture,
    penLines(tone, flow, { width: 1.7 * unit, detail: 0.72, reach: Math.round(7 * unit) }),
    pot.dark,
    0.62,
  );
  return colourPicture(chalk(picture, grain(width, height, 2.2 * unit, random)));
}

/** Few tones, drawn in between the pot's dark and its light. */
function mixFromPots(flat: Planes, pot: { readonly dark: Rgb; readonly light: Rgb }): Planes {
  const channels = [flat.red, flat.green, flat.blue] as const;
  for (let i = 0; i < flat.red.data.length; i++) {
    const light = flat.red.data[i]! * 0.2126 + flat.green.data[i]! * 0.7152 + flat.blue.data[i]! * 0.0722;
    const stepped = (Math.min(TONES - 1, Math.floor(light * TONES)) + 0.5) / TONES;
    for (let c = 0; c < 3; c++) {
      const value = channels[c]!.data[i]! + (stepped - light);
      channels[c]!.data[i] = pot.dark[c]! + (pot.light[c]! - pot.dark[c]!) * value;
    }
  }
  return flat;
}

/** Dry pigment: a fine, even tooth. */
function chalk(planes: Planes, tooth: Plane): Planes {
  for (const plane of [planes.red, planes.green, planes.blue]) {
    for (let i = 0; i < plane.data.length; i++) plane.data[i]! += tooth.data[i]! * 0.012;
  }
  return planes;
}
