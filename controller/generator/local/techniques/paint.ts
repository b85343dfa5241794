import type { Canvas } from '../canvas.ts';
import { type BrushLayer, paintLayers, scaleBrush } from '../imaging/brush.ts';
import { drawnColours } from '../imaging/colouring.ts';
import { drawingTone } from '../imaging/drawing-tone.ts';
import { colourPicture } from '../imaging/finish.ts';
import { flowOf } from '../imaging/flow.ts';
import { penLines } from '../imaging/lines.ts';
import { turbulence } from '../imaging/noise.ts';
import { drawLines, mixColours, type Rgb, rgbOf, underpainting } from '../imaging/palette.ts';
import { flatten, type Planes } from '../imaging/simplify.ts';
import type { Random } from '../random.ts';
import { DRAWING_FRAMING, type Picture, type Technique } from '../technique.ts';

/** Digital painting: a toned ground, then brushes from broad to fine, each only where the one before was not near enough. */
export const paint: Technique = {
  name: 'paint',
  medium: 'illustration',
  colour: 'colour',
  words: [
    'digital paint',
    'paint',
    'oil',
    'impasto',
    'brush',
    'concept art',
    'pastel',
    'impressionis',
    'acrylic',
  ],
  framing: DRAWING_FRAMING,
  render: renderPaint,
};

/** Lost edges found again at the end. */
const ACCENT: Rgb = rgbOf(0x22161f);
const GROUNDS: readonly Rgb[] = [rgbOf(0x6b4a3a), rgbOf(0x3f5360), rgbOf(0x8a6f4d), rgbOf(0x4a3f5e)];

/** Broad to fine, in units. */
const BRUSHES: readonly BrushLayer[] = [
  { radius: 27, length: 92, tolerance: 0, hairs: 0.2, stray: 0.11, opacity: 0.85 },
  { radius: 14, length: 48, tolerance: 0.08, hairs: 0.2, stray: 0.11, opacity: 0.85 },
  { radius: 7, length: 24, tolerance: 0.18, hairs: 0.13, stray: 0.08, opacity: 0.85 },
  { radius: 3.6, length: 12, tolerance: 0.3, hairs: 0.13, stray: 0.08, opacity: 0.85 },
];

function renderPaint(canvas: Canvas, random: Random, prompt: string): Picture {
  const { unit } = canvas;
  const tone = drawingTone(canvas);
  const colours = drawnColours(canvas, tone, { saturation: random.between(1.65, 2), prompt }, random);
  const model = glaze(flatten(colours, tone, 11 * unit, 0.014), canvas, random);
  const flow = flowOf(tone, 6 * unit);
  const ground = underpainting(model, random.pick(GROUNDS), 12 * unit);
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
    penLines(tone, flow, { width: 2.4 * unit, detail: 0.74, reach: Math.round(8 * unit) }),
    ACCENT,
    0.72,
  );
  return colourPicture(picture);
}

/** Warm light and cool shadow, shifting over the canvas as a painter would have it. */
function glaze(planes: Planes, canvas: Canvas, random: Random): Planes {
  const drift = turbulence(canvas.width, canvas.height, 260 * canvas.unit, 2, random);
  const light = mixColours(rgbOf(0xffd9a0), rgbOf(0xffc2b0), random.next());
  const shadow = mixColours(rgbOf(0x28407a), rgbOf(0x4a2f72), random.next());
  for (let i = 0; i < drift.data.length; i++) {
    const value = planes.green.data[i]!;
    const amount = 0.1 + drift.data[i]! * 0.16;
    const towards = value > 0.5 ? light : shadow;
    planes.red.data[i]! += (towards[0] * (value + 0.12) - planes.red.data[i]! * 0.9) * amount;
    planes.green.data[i]! += (towards[1] * (value + 0.12) - planes.green.data[i]! * 0.9) * amount;
    planes.blue.data[i]! += (towards[2] * (value + 0.12) - planes.blue.data[i]! * 0.9) * amount;
  }
  return planes;
}
