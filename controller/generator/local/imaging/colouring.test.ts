import { describe, expect, it } from 'vitest';
import type { Canvas } from '../canvas.ts';
import { createRandom } from '../random.ts';
import { colourfulShare, drawnColours } from './colouring.ts';
import { luminance } from './plane.ts';
import { type Planes, splitChannels } from './simplify.ts';

type Pixel = (x: number, y: number) => readonly [number, number, number];

/** A light head before a middling ground, in the colours that `pixel` gives, lit from above. */
function canvasOf(pixel: Pixel): Canvas {
  const [width, height] = [96, 120];
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, p = 0; y < height; y++) for (let x = 0; x < width; x++, p += 3) rgb.set(pixel(x, y), p);
  return { width, height, rgb, focus: { x: 48, y: 46 }, unit: 120 / 896 };
}

const isHead = (x: number, y: number): boolean => Math.hypot((x - 48) / 22, (y - 46) / 30) < 1;
const lightAt = (x: number, y: number): number => (isHead(x, y) ? 205 : 195) - y;
const grey = canvasOf((x, y) => [lightAt(x, y), lightAt(x, y), lightAt(x, y)]);
const sepia = canvasOf((x, y) => [lightAt(x, y) + 30, lightAt(x, y) + 4, lightAt(x, y) - 34]);
const colourful = canvasOf((x, y) => {
  const light = lightAt(x, y);
  return isHead(x, y) ? [light + 40, light, light - 50] : [light - 50, light + 10, light + 70];
});

function drawn(canvas: Canvas, prompt = '', seed = '1'): Planes {
  const tone = luminance(canvas.rgb, canvas.width, canvas.height);
  return drawnColours(canvas, tone, { saturation: 1.4, prompt }, createRandom(seed));
}

function share(canvas: Canvas, planes: Planes): number {
  return colourfulShare(planes, luminance(canvas.rgb, canvas.width, canvas.height));
}

/** Mean red, green and blue of the head or of what is around it. */
function meanColour({ red, green, blue }: Planes, inHead: boolean): number[] {
  return [red, green, blue].map(({ width, data }) => {
    const values = data.filter((_, i) => isHead(i % width, Math.floor(i / width)) === inHead);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}

function isSame(one: Planes, other: Planes): boolean {
  return one.red.data.every((value, i) => value === other.red.data[i]);
}

describe('drawn colours', () => {
  it.each([
    ['grey', grey],
    ['sepia', sepia],
  ])('sees that %s has no colour but that of its lightness', (_, canvas) => {
    expect(share(canvas, splitChannels(canvas.rgb, canvas.width, canvas.height))).toBeLessThan(0.02);
  });

  it.each(['1', '2', '3', '4', '5', '6', '7', '8'])('colours a grey base image plainly, seed %s', (seed) => {
    expect(share(grey, drawn(grey, '', seed))).toBeGreaterThan(0.3);
    expect(share(sepia, drawn(sepia, '', seed))).toBeGreaterThan(0.3);
  });

  it.each(['1', '2', '3', '4'])('gives skin a warm colour, seed %s', (seed) => {
    const [red, green, blue] = meanColour(drawn(grey, '', seed), true);
    expect(red!).toBeGreaterThan(green! + 0.04);
    expect(green!).toBeGreaterThan(blue!);
  });

  it('keeps the lightness that was drawn', () => {
    const { red, green, blue } = drawn(grey);
    const wanted = luminance(grey.rgb, grey.width, grey.height);
    for (let i = 0; i < wanted.data.length; i += 11) {
      const light = red.data[i]! * 0.2126 + green.data[i]! * 0.7152 + blue.data[i]! * 0.0722;
      expect(Math.abs(light - wanted.data[i]!)).toBeLessThan(0.08);
    }
  });

  it('leaves a colourful base image its own colours, whatever is thrown', () => {
    expect(isSame(drawn(colourful, '', '1'), drawn(colourful, '', '2'))).toBe(true);
    expect(isSame(drawn(grey, '', '1'), drawn(grey, '', '2'))).toBe(false);
  });

  it('follows a prompt that names two colours or more, on any base image', () => {
    const [red, green, blue] = meanColour(drawn(grey, 'in emerald, teal and olive'), false);
    expect(green!).toBeGreaterThan((red! + blue!) / 2 + 0.03);
    expect(isSame(drawn(colourful, 'in ochre and teal'), drawn(colourful, 'in ochre'))).toBe(false);
  });
});
