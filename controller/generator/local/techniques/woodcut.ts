import type { Canvas } from '../canvas.ts';
import { blur } from '../imaging/blur.ts';
import { drawingTone } from '../imaging/drawing-tone.ts';
import { greyPicture } from '../imaging/finish.ts';
import { flowOf } from '../imaging/flow.ts';
import { penLines } from '../imaging/lines.ts';
import { clouds, grain, streaks } from '../imaging/noise.ts';
import { createPlane, type Plane, smoothstep } from '../imaging/plane.ts';
import { coverage, distanceToLine, lineScreen } from '../imaging/screen.ts';
import { flattenTone } from '../imaging/simplify.ts';
import type { Random } from '../random.ts';
import { DRAWING_FRAMING, type Picture, type Technique } from '../technique.ts';

/** A block print: carved lines that wrap around form, blacks with the grain of the wood, a cut border on bare paper. */
export const woodcut: Technique = {
  name: 'woodcut',
  medium: 'illustration',
  colour: 'monochrome',
  words: [
    'woodcut',
    'wood cut',
    'linocut',
    'lino',
    'block print',
    'engrav',
    'carved',
    'scratchboard',
    'relief print',
    'wood',
  ],
  framing: DRAWING_FRAMING,
  render: renderWoodcut,
};

function renderWoodcut(canvas: Canvas, random: Random): Picture {
  const { width, height, unit } = canvas;
  const tone = flattenTone(drawingTone(canvas), 13 * unit, 0.016);
  const form = blur(tone, 7 * unit);
  const flow = flowOf(tone, 4 * unit);
  const knife = penLines(tone, flow, { width: 2 * unit, detail: 0.8, reach: Math.round(8 * unit) });
  const contour = penLines(tone, flow, { width: 4 * unit, detail: 0.74, reach: Math.round(9 * unit) });
  const uneven = clouds(width, height, 13 * unit, random);
  const fibre = streaks(
    width,
    height,
    { angle: random.pick([0.05, 1.5]), across: 2.6 * unit, along: 120 * unit },
    random,
  );
  const press = grain(width, height, 1.6 * unit, random);
  const period = random.between(9.5, 12) * unit;
  const screen = lineScreen(random.pick([0.35, -0.4, 0.8, -0.85]), period);
  const block = border(canvas, uneven);
  const paper = createPlane(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const dark = cutDarkness(1 - tone.data[i]!);
      const half = (dark * 0.58 + (uneven.data[i]! - 0.5) * 0.16) * period;
      const bend = form.data[i]! * 62 * unit;
      const cut = dark < 0.06 ? 0 : dark > 0.94 ? 1 : coverage(half - distanceToLine(screen, x, y, bend));
      const missed =
        smoothstep(0.84, 0.9, fibre.data[i]!) * 0.75 + smoothstep(1.9, 2.4, press.data[i]!) * 0.6;
      const inked =
        Math.max(cut, knife.data[i]!, contour.data[i]!, block.rim.data[i]!) * block.inside.data[i]!;
      paper.data[i] = 1 - inked * (1 - Math.min(0.85, missed));
    }
  }
  return greyPicture(paper, 18, 247);
}

/** Bare paper, solid black, and between them lines of two weights rather than of every weight. */
function cutDarkness(dark: number): number {
  return (
    0.4 * smoothstep(0.3, 0.48, dark) +
    0.25 * smoothstep(0.52, 0.62, dark) +
    0.35 * smoothstep(0.7, 0.78, dark)
  );
}

/** The block's edge: `inside` is where it prints at all, `rim` the black frame left standing. */
function border(canvas: Canvas, uneven: Plane): { readonly inside: Plane; readonly rim: Plane } {
  const { width, height, unit } = canvas;
  const inside = createPlane(width, height);
  const rim = createPlane(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const distance = Math.min(x, y, width - 1 - x, height - 1 - y) / unit + (uneven.data[i]! - 0.5) * 5;
      inside.data[i] = smoothstep(21, 23, distance);
      rim.data[i] = 1 - smoothstep(30, 32, distance);
    }
  }
  return { inside, rim };
}
