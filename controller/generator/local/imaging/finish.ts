import type { Random } from '../random.ts';
import type { Picture } from '../technique.ts';
import { enlarge } from './blur.ts';
import { turbulence } from './noise.ts';
import { createPlane, type Plane, smoothstep } from './plane.ts';
import type { Planes } from './simplify.ts';

/** 1 inside, 0 at the rim, with an uneven edge about `margin` pixels wide: a drawing that was left open towards the paper's edge. */
export function openEdge(width: number, height: number, margin: number, random: Random): Plane {
  const half = createPlane(Math.ceil(width / 2), Math.ceil(height / 2));
  const uneven = turbulence(half.width, half.height, margin * 0.8, 3, random);
  for (let y = 0; y < half.height; y++) {
    const vertical = Math.min(y, half.height - 1 - y);
    for (let x = 0; x < half.width; x++) {
      const i = y * half.width + x;
      const distance = Math.min(vertical, x, half.width - 1 - x);
      half.data[i] = smoothstep(0.25, 1.1, (2 * distance) / margin + (uneven.data[i]! - 0.5) * 1.9 - 0.1);
    }
  }
  return enlarge(half, width, height);
}

/** A grey picture from brightness. `black` and `white`: what ink and paper reflect, 0 to 255. */
export function greyPicture(tone: Plane, black: number, white: number): Picture {
  const data = new Uint8Array(tone.data.length);
  for (let i = 0; i < data.length; i++) {
    const value = Math.min(1, Math.max(0, tone.data[i]!));
    data[i] = Math.round(black + (white - black) * value);
  }
  return { width: tone.width, height: tone.height, channels: 1, data };
}

/** A colour picture from planes of 0 to 1. */
export function colourPicture(planes: Planes): Picture {
  const { width, height } = planes.red;
  const data = new Uint8ClampedArray(width * height * 3);
  for (let i = 0, p = 0; i < width * height; i++, p += 3) {
    data[p] = planes.red.data[i]! * 255;
    data[p + 1] = planes.green.data[i]! * 255;
    data[p + 2] = planes.blue.data[i]! * 255;
  }
  return { width, height, channels: 3, data: new Uint8Array(data.buffer) };
}
