import type { Canvas } from '../canvas.ts';
import { drawnColours } from '../imaging/colouring.ts';
import { drawingTone } from '../imaging/drawing-tone.ts';
import { colourPicture } from '../imaging/finish.ts';
import { flowOf } from '../imaging/flow.ts';
import { penLines } from '../imaging/lines.ts';
import { createPlane, type Plane, smoothstep } from '../imaging/plane.ts';
import { dotAt, dotScreen } from '../imaging/screen.ts';
import { flatten, flattenTone, type Planes } from '../imaging/simplify.ts';
import type { Random } from '../random.ts';
import { DRAWING_FRAMING, type Picture, type Technique } from '../technique.ts';

/** Comic panel: few flat steps of light with hard edges, strong colour, a swelling dark contour, now and then a dot screen. */
export const cel: Technique = {
  name: 'cel',
  medium: 'illustration',
  colour: 'colour',
  words: ['cel', 'cel-shad', 'comic', 'cartoon', 'anime', 'animation', 'graphic novel', 'line art', 'ink'],
  framing: DRAWING_FRAMING,
  render: renderCel,
};

function renderCel(canvas: Canvas, random: Random, prompt: string): Picture {
  const { width, height, unit } = canvas;
  const drawn = drawingTone(canvas);
  const tone = flattenTone(drawn, 12 * unit, 0.014);
  const flow = flowOf(tone, 3.5 * unit);
  const fine = penLines(flattenTone(drawn, 6 * unit, 0.006), flow, {
    width: 1.5 * unit,
    detail: 0.8,
    reach: Math.round(7 * unit),
  });
  const bold = penLines(tone, flow, { width: 3.3 * unit, detail: 0.66, reach: Math.round(10 * unit) });
  const colours = drawnColours(canvas, drawn, { saturation: random.between(1.35, 1.6), prompt }, random);
  const flat = flatten(colours, drawn, 16 * unit, 0.02);
  const steps = lightSteps(tone, random.pick([3, 4]));
  const screened = random.next() < 0.5 ? shadowDots(canvas, tone, random) : createPlane(width, height);
  for (let i = 0; i < tone.data.length; i++) {
    const light = flat.red.data[i]! * 0.2126 + flat.green.data[i]! * 0.7152 + flat.blue.data[i]! * 0.0722;
    const lift = steps.data[i]! - light;
    const line = Math.max(fine.data[i]! * 0.9, bold.data[i]!);
    const shade = 1 - screened.data[i]! * 0.2;
    tint(flat, i, lift, shade * (1 - line), line);
  }
  return colourPicture(flat);
}

/** Ink is a dark blue-violet rather than black: it belongs to the picture's colours. */
function tint(planes: Planes, i: number, lift: number, factor: number, line: number): void {
  planes.red.data[i] = (planes.red.data[i]! + lift) * factor + line * 0.09;
  planes.green.data[i] = (planes.green.data[i]! + lift) * factor + line * 0.06;
  planes.blue.data[i] = (planes.blue.data[i]! + lift) * factor + line * 0.14;
}

/** Brightness in `count` flat steps with narrow soft borders. */
function lightSteps(tone: Plane, count: number): Plane {
  const result = createPlane(tone.width, tone.height);
  for (let i = 0; i < result.data.length; i++) {
    const scaled = tone.data[i]! * count;
    const step = Math.min(count - 1, Math.floor(scaled));
    const border = smoothstep(0.9, 1, scaled - step);
    result.data[i] = 0.1 + (0.9 * (step + (step < count - 1 ? border : 0) + 0.12)) / (count - 0.7);
  }
  return result;
}

function shadowDots(canvas: Canvas, tone: Plane, random: Random): Plane {
  const screen = dotScreen(0.785, random.between(7.5, 9.5) * canvas.unit);
  const dark = createPlane(canvas.width, canvas.height);
  for (let i = 0; i < dark.data.length; i++) dark.data[i] = smoothstep(0.42, 0.7, 1 - tone.data[i]!) * 0.55;
  const plane = createPlane(canvas.width, canvas.height);
  for (let y = 0, i = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++, i++)
      plane.data[i] = dark.data[i]! > 0.02 ? dotAt(screen, x, y, dark) : 0;
  }
  return plane;
}
