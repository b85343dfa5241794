import type { Canvas } from '../canvas.ts';
import { blur } from '../imaging/blur.ts';
import { drawingTone } from '../imaging/drawing-tone.ts';
import { greyPicture } from '../imaging/finish.ts';
import { flowOf } from '../imaging/flow.ts';
import { penLines } from '../imaging/lines.ts';
import { createPlane, mapPlane, type Plane, smoothstep } from '../imaging/plane.ts';
import { dotAt, dotScreen } from '../imaging/screen.ts';
import { flattenTone } from '../imaging/simplify.ts';
import type { Random } from '../random.ts';
import { DRAWING_FRAMING, type Picture, type Technique } from '../technique.ts';

/** Manga: clean contours, white skin, two adhesive screentones, solid blacks, and lines that rush towards the face. */
export const manga: Technique = {
  name: 'manga',
  medium: 'illustration',
  colour: 'monochrome',
  words: ['manga', 'screentone', 'screen tone', 'anime', 'comic', 'graphic novel', 'cartoon'],
  framing: DRAWING_FRAMING,
  render: renderManga,
};

function renderManga(canvas: Canvas, random: Random): Picture {
  const { width, height, unit } = canvas;
  const tone = flattenTone(drawingTone(canvas), 13 * unit, 0.016);
  const flow = flowOf(tone, 3.5 * unit);
  const fine = penLines(tone, flow, { width: 1.5 * unit, detail: 0.82, reach: Math.round(8 * unit) });
  const bold = penLines(tone, flow, { width: 3.4 * unit, detail: 0.66, reach: Math.round(10 * unit) });
  const soft = blur(tone, 2 * unit);
  const light = mapPlane(soft, (value) => (value < LIGHT_BELOW ? 0.2 : 0));
  const deep = mapPlane(soft, (value) => (value < DEEP_BELOW ? 0.46 : 0));
  const screen = dotScreen(0.785, random.between(6.4, 7.6) * unit);
  const rush = random.next() < 0.55 ? rushLines(canvas, random) : createPlane(width, height);
  const paper = createPlane(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const screened = Math.max(dotAt(screen, x, y, light), dotAt(screen, x, y, deep));
      const black = smoothstep(0.79, 0.81, 1 - soft.data[i]!);
      paper.data[i] = 1 - Math.max(fine.data[i]!, bold.data[i]!, screened, black, rush.data[i]!);
    }
  }
  return greyPicture(paper, 10, 253);
}

/** Brightness under which the light and the deep screentone are laid. */
const LIGHT_BELOW = 0.55;
const DEEP_BELOW = 0.38;

/** Tapering strokes from the frame towards the focus. */
function rushLines(canvas: Canvas, random: Random): Plane {
  const { width, height, unit, focus } = canvas;
  const spokes = 220;
  const reach = Float32Array.from({ length: spokes }, () => random.between(0.55, 1.25));
  const inner = Math.min(width, height) * 0.52;
  const plane = createPlane(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const dx = x - focus.x;
      const dy = (y - focus.y) * 0.82;
      const distance = Math.hypot(dx, dy);
      if (distance < inner * 0.9) continue;
      const turn = ((Math.atan2(dy, dx) / (2 * Math.PI) + 1) % 1) * spokes;
      const spoke = Math.floor(turn);
      const from = inner * (0.8 + reach[spoke]! * 0.75);
      const half = Math.min(3.2 * unit, (distance - from) * 0.012);
      const across = Math.abs(turn - spoke - 0.5) * ((2 * Math.PI * distance) / spokes);
      plane.data[i] = smoothstep(-0.7, 0.7, half - across);
    }
  }
  return plane;
}
