import type { Canvas } from '../canvas.ts';
import { blur } from '../imaging/blur.ts';
import { drawingTone } from '../imaging/drawing-tone.ts';
import { greyPicture, openEdge } from '../imaging/finish.ts';
import { flowOf } from '../imaging/flow.ts';
import { penLines } from '../imaging/lines.ts';
import { grain, streaks } from '../imaging/noise.ts';
import { clamp01, createPlane, smoothstep } from '../imaging/plane.ts';
import { flattenTone } from '../imaging/simplify.ts';
import type { Random } from '../random.ts';
import { DRAWING_FRAMING, type Picture, type Technique } from '../technique.ts';

/** Charcoal on laid paper: the side of the stick for masses, its tip for contours, smudged shadow, the tooth of the paper showing. */
export const charcoal: Technique = {
  name: 'charcoal',
  medium: 'illustration',
  colour: 'monochrome',
  words: ['charcoal', 'smudg', 'pencil', 'graphite', 'sketch', 'chalk', 'conte', 'conté', 'crayon'],
  framing: DRAWING_FRAMING,
  render: renderCharcoal,
};

function renderCharcoal(canvas: Canvas, random: Random): Picture {
  const { width, height, unit } = canvas;
  const tone = flattenTone(drawingTone(canvas), 10 * unit, 0.012);
  const flow = flowOf(tone, 4 * unit);
  const contour = penLines(blur(tone, 1.2 * unit), flow, {
    width: 3 * unit,
    detail: 0.8,
    reach: Math.round(10 * unit),
  });
  const soft = blur(contour, 1.3 * unit);
  const smudge = blur(tone, 7 * unit);
  const tooth = grain(width, height, 1.9 * unit, random);
  const angle = random.pick([-0.95, -0.8, 0.85]);
  const strokes = streaks(width, height, { angle, across: 5.5 * unit, along: 85 * unit }, random);
  const hairs = streaks(width, height, { angle, across: 1.9 * unit, along: 42 * unit }, random);
  const open = openEdge(width, height, 120 * unit, random);
  const paper = createPlane(width, height);
  for (let i = 0; i < paper.data.length; i++) {
    const dark = (1 - tone.data[i]!) * open.data[i]!;
    const grit = (strokes.data[i]! - 0.5) * 0.62 + (hairs.data[i]! - 0.5) * 0.5 + tooth.data[i]! * 0.11;
    const stick = smoothstep(0.46, 0.88, dark * 1.12 + grit * (0.4 + dark * 0.6)) * 0.94;
    const wash = smoothstep(0.3, 1, 1 - smudge.data[i]!) * 0.34;
    const tip = soft.data[i]! * clamp01(1.2 + tooth.data[i]! * 0.34) * 0.95;
    const mass = 1 - (1 - stick) * (1 - wash * open.data[i]!);
    paper.data[i] = (1 - mass) * (1 - tip * smoothstep(0, 0.4, open.data[i]!)) + tooth.data[i]! * 0.012;
  }
  return greyPicture(paper, 20, 240);
}
