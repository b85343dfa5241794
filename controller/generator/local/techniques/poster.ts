import type { Canvas } from '../canvas.ts';
import { blur } from '../imaging/blur.ts';
import { drawnColours } from '../imaging/colouring.ts';
import { drawingTone } from '../imaging/drawing-tone.ts';
import { colourPicture } from '../imaging/finish.ts';
import { clouds, grain } from '../imaging/noise.ts';
import { mixColours, type Rgb, rgbOf, warmth } from '../imaging/palette.ts';
import { createPlane, type Plane, smoothstep } from '../imaging/plane.ts';
import { dotAt, dotScreen } from '../imaging/screen.ts';
import { flattenTone } from '../imaging/simplify.ts';
import type { Random } from '../random.ts';
import { DRAWING_FRAMING, type Picture, type Technique } from '../technique.ts';

/** Two ladders of ink, dark to light: one for warm things (skin, wood), one for the rest. Paper comes last. */
interface Inks {
  readonly warm: readonly Rgb[];
  readonly cool: readonly Rgb[];
}

const INKS: readonly Inks[] = [
  inks(
    [0x1b2340, 0xc8372d, 0xf08a4b, 0xf6d7a0, 0xfaf0dc],
    [0x1b2340, 0x1f5a7a, 0x4f9ea8, 0xa9d3c4, 0xfaf0dc],
  ),
  inks(
    [0x2b1b3d, 0xb0305c, 0xee6c6c, 0xf9c08a, 0xfbeed8],
    [0x2b1b3d, 0x3d3a8c, 0x5f7fd1, 0x9ecbe8, 0xfbeed8],
  ),
  inks(
    [0x14302b, 0xb8502a, 0xe39a3b, 0xf3d489, 0xf7efd9],
    [0x14302b, 0x23614f, 0x5b9a6d, 0xb6cf96, 0xf7efd9],
  ),
  inks(
    [0x231f20, 0xd1342f, 0xf2756b, 0xf8c9b4, 0xfcf4e6],
    [0x231f20, 0x0f6a6b, 0x2fa69a, 0xf2c744, 0xfcf4e6],
  ),
];

function inks(warm: readonly number[], cool: readonly number[]): Inks {
  return { warm: warm.map(rgbOf), cool: cool.map(rgbOf) };
}

/** Screen print: five flat inks out of register by a hair, one of them screened, and speckle where the ink did not take. */
export const poster: Technique = {
  name: 'poster',
  medium: 'illustration',
  colour: 'colour',
  words: [
    'poster',
    'screen print',
    'screenprint',
    'silkscreen',
    'serigraph',
    'risograph',
    'riso',
    'pop art',
    'pop-art',
    'flat',
    'vector',
    'art deco',
    'stencil',
    'collage',
  ],
  framing: DRAWING_FRAMING,
  render: renderPoster,
};

/** Brightness at which the next lighter ink begins. */
const STEPS = [0.2, 0.42, 0.6, 0.78] as const;

function renderPoster(canvas: Canvas, random: Random, prompt: string): Picture {
  const { width, height, unit } = canvas;
  const drawn = drawingTone(canvas);
  const tone = blur(flattenTone(drawn, 13 * unit, 0.014), 1.8 * unit);
  const colours = drawnColours(canvas, drawn, { saturation: 1.3, prompt }, random);
  const hue = blur(warmth(colours), 5 * unit);
  const set = random.pick(INKS);
  const paper = createPlane(width, height);
  const sheet = { red: paper, green: createPlane(width, height), blue: createPlane(width, height) };
  const speckle = grain(width, height, 2 * unit, random);
  const patches = clouds(width, height, 30 * unit, random);
  const shift = {
    x: Math.round(random.between(-2.5, 2.5) * unit),
    y: Math.round(random.between(-2, 2) * unit),
  };
  const screened = random.next() < 0.6 ? middleScreen(canvas, tone, random) : undefined;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const late = clampAt(width, height, x + shift.x, y + shift.y);
      const warm = smoothstep(0.52, 0.58, hue.data[late]! + (patches.data[i]! - 0.5) * 0.04);
      const level = levelOf(tone.data[i]!, screened?.data[i] ?? 0);
      const darkest = tone.data[late]! < STEPS[0];
      const colour = darkest ? set.warm[0]! : inkAt(set, Math.max(1, level), warm);
      const missed = smoothstep(2, 2.8, speckle.data[i]! + patches.data[i]! * 0.5) * 0.5;
      const printed = mixColours(colour, set.warm[4]!, missed);
      sheet.red.data[i] = printed[0];
      sheet.green.data[i] = printed[1];
      sheet.blue.data[i] = printed[2];
    }
  }
  return colourPicture(sheet);
}

function levelOf(tone: number, screened: number): number {
  let level = 0;
  for (const step of STEPS) if (tone >= step) level += 1;
  // Dots of the ink below reach a little into each light step: three tones from two inks.
  return screened > 0.5 && level > 1 ? level - 1 : level;
}

/** A hard choice between the ladders, but for the narrow seam that two films leave. */
function inkAt(set: Inks, level: number, warm: number): Rgb {
  return mixColours(set.cool[level]!, set.warm[level]!, warm);
}

function middleScreen(canvas: Canvas, tone: Plane, random: Random): Plane {
  const screen = dotScreen(random.pick([0.26, 0.785]), random.between(7, 9) * canvas.unit);
  const dark = createPlane(canvas.width, canvas.height);
  for (let i = 0; i < dark.data.length; i++) {
    const next = STEPS.findLast((step) => tone.data[i]! >= step) ?? 1;
    dark.data[i] = Math.max(0, 1 - (tone.data[i]! - next) / 0.1) * 0.5;
  }
  const plane = createPlane(canvas.width, canvas.height);
  for (let y = 0, i = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++, i++) plane.data[i] = dotAt(screen, x, y, dark);
  }
  return plane;
}

function clampAt(width: number, height: number, x: number, y: number): number {
  return Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x));
}
