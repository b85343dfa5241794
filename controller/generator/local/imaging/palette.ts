import type { Canvas } from '../canvas.ts';
import { blur } from './blur.ts';
import { clamp01, createPlane, mapPlane, type Plane } from './plane.ts';
import { type Planes, splitChannels } from './simplify.ts';

/** A colour as red, green and blue, 0 to 1. */
export type Rgb = readonly [number, number, number];

export function rgbOf(hex: number): Rgb {
  return [((hex >> 16) & 255) / 255, ((hex >> 8) & 255) / 255, (hex & 255) / 255];
}

export function mixColours(one: Rgb, other: Rgb, share: number): Rgb {
  return [
    one[0] + (other[0] - one[0]) * share,
    one[1] + (other[1] - one[1]) * share,
    one[2] + (other[2] - one[2]) * share,
  ];
}

/**
 * The base image's colours under the tones an artist would give them: half of a colour cast taken out, colour strengthened by
 * `saturation`, brightness replaced by `tone`.
 */
export function colourUnder(canvas: Canvas, tone: Plane, saturation: number): Planes {
  const source = splitChannels(canvas.rgb, canvas.width, canvas.height);
  const cast = { red: mean(source.red), green: mean(source.green), blue: mean(source.blue) };
  const grey = (cast.red + cast.green + cast.blue) / 3;
  const gain = (channel: number): number =>
    Math.sqrt(Math.min(1.6, Math.max(0.6, grey / Math.max(0.02, channel))));
  const gains = { red: gain(cast.red), green: gain(cast.green), blue: gain(cast.blue) };
  const { red, green, blue } = source;
  for (let i = 0; i < tone.data.length; i++) {
    const r = red.data[i]! * gains.red;
    const g = green.data[i]! * gains.green;
    const b = blue.data[i]! * gains.blue;
    const light = r * 0.2126 + g * 0.7152 + b * 0.0722;
    // Colour grows with the light it is given, within bounds: a dark face brought to light keeps its warmth.
    const strength =
      saturation * Math.min(2.2, Math.max(0.7, Math.sqrt((tone.data[i]! + 0.05) / (light + 0.05))));
    red.data[i] = clamp01(tone.data[i]! + (r - light) * strength);
    green.data[i] = clamp01(tone.data[i]! + (g - light) * strength);
    blue.data[i] = clamp01(tone.data[i]! + (b - light) * strength);
  }
  return source;
}

function mean(plane: Plane): number {
  let sum = 0;
  for (const value of plane.data) sum += value;
  return sum / plane.data.length;
}

/** Each channel multiplied by `factor`: ink or shadow laid over colour. */
export function multiply(planes: Planes, factor: Plane): Planes {
  const one = (plane: Plane): Plane => mapPlane(plane, (value, i) => value * factor.data[i]!);
  return { red: one(planes.red), green: one(planes.green), blue: one(planes.blue) };
}

/** How warm each pixel is: red over blue, 0 (cold) to 1 (warm), 0.5 for grey. */
export function warmth(planes: Planes): Plane {
  const plane = createPlane(planes.red.width, planes.red.height);
  for (let i = 0; i < plane.data.length; i++) {
    const red = planes.red.data[i]!;
    const blue = planes.blue.data[i]!;
    plane.data[i] = clamp01(0.5 + ((red - blue) / (red + blue + 0.12)) * 0.9);
  }
  return plane;
}

/** The loose first lay-in of a painting: the model out of focus, pulled towards `colour`, with no bare spot for later strokes to miss. */
export function underpainting(model: Planes, colour: Rgb, sigma: number): Planes {
  const one = (plane: Plane, towards: number): Plane => {
    const soft = blur(plane, sigma);
    for (let i = 0; i < soft.data.length; i++) soft.data[i]! += (towards - soft.data[i]!) * 0.3;
    return soft;
  };
  return {
    red: one(model.red, colour[0]),
    green: one(model.green, colour[1]),
    blue: one(model.blue, colour[2]),
  };
}

/** Draws `lines` over a painting with paint of one colour. */
export function drawLines(planes: Planes, lines: Plane, colour: Rgb, opacity: number): void {
  for (const [c, plane] of [planes.red, planes.green, planes.blue].entries()) {
    for (let i = 0; i < plane.data.length; i++)
      plane.data[i]! += (colour[c]! - plane.data[i]!) * lines.data[i]! * opacity;
  }
}
