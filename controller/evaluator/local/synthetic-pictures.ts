import sharp, { type Sharp } from 'sharp';
import type { Raster } from '../../picture/raster.ts';
import type { PictureFacts } from '../evaluator.ts';

/** A picture made for a test, as a caller of the evaluator would hold it. */
export interface Sample {
  readonly raster: Raster;
  readonly facts: PictureFacts;
}

/** Decodes what a pipeline makes. */
export async function sampleOf(
  pipeline: Sharp,
  format: 'png' | 'jpeg' = 'png',
  quality = 92,
): Promise<Sample> {
  const file = await pipeline.toFormat(format, format === 'jpeg' ? { quality } : {}).toBuffer();
  const { data, info } = await sharp(file)
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const rgb =
    info.channels === 3
      ? new Uint8Array(data)
      : Uint8Array.from({ length: data.length * 3 }, (_, i) => data[Math.floor(i / 3)]!);
  return {
    raster: { width: info.width, height: info.height, channels: 3, data: rgb },
    facts: { width: info.width, height: info.height, format, bytes: file.length },
  };
}

/** Ink lines on white or tinted paper. */
export function lineDrawing(side: number, ink = '#111', paper = '#fff'): Sharp {
  const strokes = Array.from({ length: 40 }, (_, i) => {
    const x = (side * ((i * 37) % 100)) / 100;
    const y = (side * ((i * 61) % 100)) / 100;
    return `<path d="M${x} ${y} q ${side / 6} ${side / (3 + (i % 4))} ${side / 4} ${(i % 7) * 3}" stroke-width="${1 + (i % 3)}"/>`;
  });
  return svg(
    side,
    `<rect width="100%" height="100%" fill="${paper}"/><g fill="none" stroke="${ink}">${strokes.join('')}</g>`,
  );
}

/** Flat colour fills with outlines. */
export function cartoon(side: number): Sharp {
  const shapes = ['#e33', '#39c', '#fc3', '#3a6', '#f8a', '#63c'].map((fill, i) => {
    const [x, y] = [side * (0.2 + 0.3 * (i % 3)), side * (0.3 + 0.4 * Math.floor(i / 3))];
    return `<circle cx="${x}" cy="${y}" r="${side / 6}" fill="${fill}" stroke="#111" stroke-width="${side / 100}"/>`;
  });
  return svg(side, `<rect width="100%" height="100%" fill="#9df"/>${shapes.join('')}`);
}

/** Smooth light, shaded spheres and sensor noise: as near to a photograph as arithmetic gets. */
export function shadedScene(side: number): Sharp {
  const data = Buffer.alloc(side * side * 3);
  let state = 1;
  const noise = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296 - 0.5;
  };
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [u, v] = [x / side, y / side];
      const texture = 30 * Math.sin(40 * u + 9 * Math.sin(13 * v)) * Math.sin(34 * v + 5 * u);
      const light = 40 + 150 * (1 - v) + texture * v + 10 * noise();
      const shade = Math.hypot(u - 0.45, v - 0.55) < 0.22 ? 0.35 + 1.2 * (0.6 - u) : 1;
      const at = (y * side + x) * 3;
      for (const [channel, gain] of [1.05, 0.95, 0.8].entries()) {
        data[at + channel] = Math.max(0, Math.min(255, light * shade * gain));
      }
    }
  }
  return sharp(data, { raw: { width: side, height: side, channels: 3 } });
}

/** One colour, nothing else. */
export function flat(width: number, height: number, background: string): Sharp {
  return sharp({ create: { width, height, channels: 3, background } });
}

function svg(side: number, content: string): Sharp {
  return sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">${content}</svg>`),
  ).flatten();
}
