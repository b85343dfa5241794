import type { Canvas } from '../canvas.ts';
import { blur } from '../imaging/blur.ts';
import { drawingTone } from '../imaging/drawing-tone.ts';
import { greyPicture } from '../imaging/finish.ts';
import { flowOf } from '../imaging/flow.ts';
import { penLines } from '../imaging/lines.ts';
import { createPlane, mapPlane, type Plane, smoothstep } from '../imaging/plane.ts';
import { coverage, distanceToLine, dotAt, dotScreen, lineScreen } from '../imaging/screen.ts';
import { flattenTone } from '../imaging/simplify.ts';
import type { Random } from '../random.ts';
import { DRAWING_FRAMING, type Picture, type Technique } from '../technique.ts';

/** A coarse newspaper screen over a redrawn face: dots that swell with the shadow, solid blacks, a brush contour. */
export const halftone: Technique = {
  name: 'halftone',
  medium: 'illustration',
  colour: 'monochrome',
  words: [
    'halftone',
    'half-tone',
    'newsprint',
    'newspaper',
    'dots',
    'ben-day',
    'photocop',
    'pointillis',
    'zine',
  ],
  framing: { ...DRAWING_FRAMING, tightest: 0.62, widest: 0.85 },
  render: renderHalftone,
};

function renderHalftone(canvas: Canvas, random: Random): Picture {
  const { width, height, unit } = canvas;
  const tone = flattenTone(drawingTone(canvas), 13 * unit, 0.016);
  const flow = flowOf(tone, 3 * unit);
  const fine = penLines(tone, flow, { width: 1.6 * unit, detail: 0.8, reach: Math.round(8 * unit) });
  const bold = penLines(tone, flow, { width: 3.4 * unit, detail: 0.68, reach: Math.round(10 * unit) });
  const darkness = mapPlane(blur(tone, 1.5 * unit), posterDarkness);
  const screened = random.next() < 0.7 ? dots(canvas, darkness, random) : waves(canvas, darkness, random);
  const paper = createPlane(width, height);
  for (let i = 0; i < paper.data.length; i++) {
    paper.data[i] = 1 - Math.max(fine.data[i]!, bold.data[i]!, screened.data[i]!);
  }
  return greyPicture(paper, 14, 250);
}

/** Blank paper, two screens and solid ink, each almost flat: tone that runs on evenly would be a photograph in print, not a poster. */
function posterDarkness(tone: number): number {
  const dark = 1 - tone;
  return (
    0.2 * smoothstep(0.42, 0.45, dark) +
    0.32 * smoothstep(0.58, 0.61, dark) +
    0.48 * smoothstep(0.74, 0.77, dark)
  );
}

function dots(canvas: Canvas, darkness: Plane, random: Random): Plane {
  const screen = dotScreen(random.pick([0.26, 0.52, 0.785]), random.between(10.5, 13.5) * canvas.unit);
  return fill(canvas, (x, y) => dotAt(screen, x, y, darkness));
}

/** The engraver's alternative to dots: lines that swell. */
function waves(canvas: Canvas, darkness: Plane, random: Random): Plane {
  const period = random.between(8.5, 11) * canvas.unit;
  const screen = lineScreen(random.pick([0.26, -0.35, 0.785]), period);
  return fill(canvas, (x, y, i) => {
    const half = darkness.data[i]! * period * 0.56;
    if (half < 0.1) return 0;
    return coverage(half - distanceToLine(screen, x, y, darkness.data[i]! * 8 * canvas.unit) - 0.3);
  });
}

function fill(canvas: Canvas, inkAt: (x: number, y: number, index: number) => number): Plane {
  const plane = createPlane(canvas.width, canvas.height);
  for (let y = 0, i = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++, i++) plane.data[i] = inkAt(x, y, i);
  }
  return plane;
}
