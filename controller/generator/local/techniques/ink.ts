import type { Canvas } from '../canvas.ts';
import { drawingTone } from '../imaging/drawing-tone.ts';
import { greyPicture, openEdge } from '../imaging/finish.ts';
import { flowOf } from '../imaging/flow.ts';
import { penLines } from '../imaging/lines.ts';
import { clouds } from '../imaging/noise.ts';
import { createPlane, type Plane, smoothstep } from '../imaging/plane.ts';
import { coverage, distanceToLine, lineScreen } from '../imaging/screen.ts';
import { flattenTone } from '../imaging/simplify.ts';
import type { Random } from '../random.ts';
import { DRAWING_FRAMING, type Picture, type Technique } from '../technique.ts';

/** Pen and ink: contours that swell, cross-hatched shadow, spotted blacks, white paper left open at the rim. */
export const ink: Technique = {
  name: 'ink',
  medium: 'illustration',
  colour: 'monochrome',
  words: [
    'ink',
    'pen',
    'line',
    'hatch',
    'crosshatch',
    'cross-hatch',
    'etching',
    'brush-and-ink',
    'noir',
    'contour',
    'stipple',
  ],
  framing: DRAWING_FRAMING,
  render: renderInk,
};

function renderInk(canvas: Canvas, random: Random): Picture {
  const { unit } = canvas;
  const tone = flattenTone(drawingTone(canvas), 6 * unit, 0.004);
  const flow = flowOf(tone, 3 * unit);
  const fine = penLines(tone, flow, {
    width: 1.3 * unit,
    detail: random.between(0.8, 0.9),
    reach: Math.round(6 * unit),
  });
  const bold = penLines(tone, flow, { width: 3.2 * unit, detail: 0.55, reach: Math.round(9 * unit) });
  const open = openEdge(canvas.width, canvas.height, 110 * unit, random);
  const shade = hatching(canvas, tone, open, random);
  const paper = createPlane(canvas.width, canvas.height);
  for (let i = 0; i < paper.data.length; i++) {
    const line = Math.max(fine.data[i]!, bold.data[i]!) * smoothstep(0, 0.35, open.data[i]!);
    paper.data[i] = 1 - Math.max(line, shade.data[i]!);
  }
  return greyPicture(paper, 16, 252);
}

/** One to three layers of hand-drawn parallel lines, the darker the more, and solid black at the bottom of the scale. */
function hatching(canvas: Canvas, tone: Plane, open: Plane, random: Random): Plane {
  const { width, height, unit } = canvas;
  const wobble = clouds(width, height, 46 * unit, random);
  const pressure = clouds(width, height, 17 * unit, random);
  const first = random.pick([-0.9, -0.75, 0.75, 0.9]);
  const period = random.between(5.6, 7) * unit;
  const layers = [
    { screen: lineScreen(first, period), from: 0.42 },
    { screen: lineScreen(first + 1.1, period * 1.06), from: 0.6 },
    { screen: lineScreen(first + 0.5, period * 0.94), from: 0.74 },
  ];
  const marks = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const dark = (1 - tone.data[i]!) * open.data[i]!;
      if (dark < 0.4) continue;
      const bend = (wobble.data[i]! - 0.5) * 9 * unit + tone.data[i]! * 10 * unit;
      let mark = smoothstep(0.88, 0.93, dark);
      for (const layer of layers) {
        const depth = dark - layer.from + (pressure.data[i]! - 0.5) * 0.08;
        if (depth <= 0) break;
        const half = (0.35 + depth * 2.4) * unit;
        mark = Math.max(mark, coverage(half - distanceToLine(layer.screen, x, y, bend)));
      }
      marks.data[i] = mark;
    }
  }
  return marks;
}
