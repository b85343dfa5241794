import type { Canvas } from '../canvas.ts';
import { blur } from '../imaging/blur.ts';
import { colourPicture } from '../imaging/finish.ts';
import { clouds, grain } from '../imaging/noise.ts';
import { createPlane, type Plane, smoothstep } from '../imaging/plane.ts';
import { type Planes, splitChannels } from '../imaging/simplify.ts';
import type { Random } from '../random.ts';
import type { Picture, Technique } from '../technique.ts';
import { type Look, lookFor } from './photograph-looks.ts';

/** A photograph reframed, lit, graded and printed anew: what a darkroom could do with the base image, and no more. */
export const photograph: Technique = {
  name: 'photograph',
  medium: 'photo',
  colour: 'colour',
  words: [],
  framing: { tightest: 0.72, widest: 1, aspects: [undefined, 0.8, 0.75, 1, 0.67], maxEnlargement: 1.6 },
  render: renderPhotograph,
};

/** Lights, grades and prints the framed base image as the prompt suggests. */
export function renderPhotograph(canvas: Canvas, random: Random, prompt: string): Picture {
  const look = lookFor(prompt, random);
  const planes = splitChannels(canvas.rgb, canvas.width, canvas.height);
  const focused = look.depth > 0 ? shallowDepth(planes, canvas, look.depth) : crisp(planes);
  const exposure = exposureMap(canvas, look, random);
  const film = grain(canvas.width, canvas.height, 1.5 * canvas.unit, random);
  const strength = 0.55 * look.grain * random.between(0.8, 1.2);
  const warmth = look.warmth + random.between(-0.03, 0.03);
  const gains = { red: 1 + warmth, green: 1 + warmth * 0.15, blue: 1 - warmth };
  const curve = toneCurve(look.contrast * random.between(0.9, 1.1));
  for (let i = 0; i < film.data.length; i++) {
    const speck = film.data[i]! * strength;
    gradePixel(focused, i, { gains, curve, look, exposure: exposure.data[i]!, speck });
  }
  return colourPicture(focused);
}

interface Grade {
  readonly gains: { readonly red: number; readonly green: number; readonly blue: number };
  readonly curve: Float32Array;
  readonly look: Look;
  readonly exposure: number;
  readonly speck: number;
}

function gradePixel(planes: Planes, i: number, grade: Grade): void {
  const { look, curve } = grade;
  const red = curved(curve, planes.red.data[i]! * grade.exposure * grade.gains.red);
  const green = curved(curve, planes.green.data[i]! * grade.exposure * grade.gains.green);
  const blue = curved(curve, planes.blue.data[i]! * grade.exposure * grade.gains.blue);
  const light = red * 0.2126 + green * 0.7152 + blue * 0.0722;
  const shade = (1 - light) * (1 - light) * look.split;
  const glow = light * light * look.split;
  // Film is grainiest in the middle tones.
  const speck = grade.speck * (0.35 + 2.4 * light * (1 - light));
  planes.red.data[i] =
    light + (red - light) * look.saturation + look.shadows[0] * shade + look.lights[0] * glow + speck;
  planes.green.data[i] =
    light + (green - light) * look.saturation + look.shadows[1] * shade + look.lights[1] * glow + speck;
  planes.blue.data[i] =
    light + (blue - light) * look.saturation + look.shadows[2] * shade + look.lights[2] * glow + speck;
}

const LEVELS = 1024;
const BRIGHTEST = 2;

/** An S-curve with a shoulder: highlights roll off instead of clipping. */
function toneCurve(contrast: number): Float32Array {
  return Float32Array.from({ length: LEVELS + 1 }, (_, level) => {
    const value = (level / LEVELS) * BRIGHTEST;
    const rolled = value < 0.75 ? value : 0.75 + 0.25 * (1 - Math.exp(-(value - 0.75) / 0.25));
    const s = rolled * rolled * (3 - 2 * rolled);
    return rolled + (s - rolled) * contrast;
  });
}

function curved(curve: Float32Array, value: number): number {
  return curve[Math.min(LEVELS, Math.max(0, (value * LEVELS) / BRIGHTEST) | 0)]!;
}

/** How much light falls where: the look's exposure, a light from one side, dappling, and the lens's vignette. */
function exposureMap(canvas: Canvas, look: Look, random: Random): Plane {
  const { width, height, focus, unit } = canvas;
  const side = random.pick([-1, 1]);
  const angle = random.between(-0.5, 0.5);
  const leaves = look.dapple > 0 ? clouds(width, height, 110 * unit, random) : undefined;
  const overall = look.exposure * random.between(0.94, 1.06);
  const reach = Math.hypot(width, height) * 0.62;
  const plane = createPlane(width, height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const across =
        ((x - focus.x) * Math.cos(angle) * side + (y - focus.y) * Math.sin(angle)) / (width * 0.6);
      const directed = 1 + look.sidelight * Math.max(-1, Math.min(1, across));
      const fall = Math.hypot(x - width / 2, y - height / 2) / reach;
      const vignette = 1 - look.vignette * smoothstep(0.35, 1.1, fall);
      const dappled =
        leaves === undefined ? 1 : 1 + look.dapple * (smoothstep(0.42, 0.62, leaves.data[i]!) - 0.55);
      plane.data[i] = overall * directed * vignette * dappled;
    }
  }
  return plane;
}

/** A wide aperture focused on the face: everything further from it loses definition. */
function shallowDepth(planes: Planes, canvas: Canvas, depth: number): Planes {
  const { width, height, focus, unit } = canvas;
  const sharp = crisp(planes);
  const soft = {
    red: blur(planes.red, 5 * unit),
    green: blur(planes.green, 5 * unit),
    blue: blur(planes.blue, 5 * unit),
  };
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const dx = (x - focus.x) / (width * 0.42);
      const below = y > focus.y ? 0.55 : 0.5;
      const dy = (y - focus.y) / (height * below);
      const share = smoothstep(0.55, 1.15, Math.sqrt(dx * dx + dy * dy)) * depth;
      sharp.red.data[i]! += (soft.red.data[i]! - sharp.red.data[i]!) * share;
      sharp.green.data[i]! += (soft.green.data[i]! - sharp.green.data[i]!) * share;
      sharp.blue.data[i]! += (soft.blue.data[i]! - sharp.blue.data[i]!) * share;
    }
  }
  return sharp;
}

/** A gentle unsharp mask: makes up for what enlarging took. */
function crisp(planes: Planes): Planes {
  const one = (plane: Plane): Plane => {
    const soft = blur(plane, 1.1);
    for (let i = 0; i < soft.data.length; i++)
      soft.data[i] = plane.data[i]! + (plane.data[i]! - soft.data[i]!) * 0.55;
    return soft;
  };
  return { red: one(planes.red), green: one(planes.green), blue: one(planes.blue) };
}
