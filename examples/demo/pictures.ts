import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Generator } from '../../controller/generator/generator.ts';
import { createLocalGenerator } from '../../controller/generator/local/local-generator.ts';
import { sharp } from '../../controller/picture/sharp.ts';
import type { DemoActor } from './actors.ts';

/** Pixels of the long side: small files, quickly drawn and evaluated. */
const LONG_SIDE = 480;
const DRAWING_SIDE = 400;
const THUMBNAIL_SIDE = 240;

/** The person of a group photograph, alone and without metadata. */
export async function baseImage(actor: DemoActor): Promise<Uint8Array> {
  const manifest = createRequire(import.meta.url).resolve('@vladmandic/face-api/package.json');
  const source = await readFile(join(manifest, '..', 'demo', `sample${actor.photograph}.jpg`));
  return sharp(source).extract(actor.box).jpeg({ quality: 92 }).toBuffer();
}

/** One set-up of the camera and the lab: share of the frame, where it is put, brightness, saturation, and red and blue gain. */
type Take = readonly [
  zoom: number,
  x: number,
  y: number,
  light: number,
  saturation: number,
  red: number,
  blue: number,
];

const TAKES: readonly Take[] = [
  [1, 0, 0, 1, 1, 1, 1],
  [0.88, 0.5, 0.3, 1.06, 1, 1.04, 0.95],
  [0.8, 0.4, 0.2, 0.94, 0.9, 0.97, 1.05],
  [0.93, 0.2, 0.4, 1.1, 1.12, 1.06, 0.92],
  [0.76, 0.5, 0.25, 1, 0.82, 1, 1.02],
  [0.85, 0.8, 0.2, 0.88, 1.1, 0.95, 1.06],
  [0.96, 0.6, 0.6, 1.04, 0.75, 1.03, 0.98],
  [0.82, 0.3, 0.5, 1.12, 1.05, 1.05, 0.9],
  [0.9, 0.5, 0, 0.9, 1.15, 0.98, 1.08],
  [0.74, 0.45, 0.15, 1.05, 0.95, 1.07, 0.94],
  [0.98, 0.5, 1, 0.96, 1.2, 1.02, 1],
  [0.87, 0.7, 0.5, 1.08, 0.7, 0.96, 1.04],
  [0.79, 0.6, 0.3, 0.92, 1, 1.08, 0.9],
];

/** Photograph `index` of an actor. Those beyond the thirteen takes are spoilt: out of focus, or a thumbnail that was sent by mistake. */
export async function photograph(base: Uint8Array, index: number): Promise<Uint8Array> {
  const take = TAKES[index % TAKES.length]!;
  const spoilt = index >= TAKES.length;
  const [zoom, x, y, light, saturation, red, blue] = take;
  const { width = 0, height = 0 } = await sharp(base).metadata();
  const box = { width: Math.floor(width * zoom), height: Math.floor(height * zoom) };
  const side = spoilt && index % 2 === 0 ? THUMBNAIL_SIDE : LONG_SIDE;
  const picture = sharp(base)
    .extract({
      ...box,
      left: Math.floor((width - box.width) * x),
      top: Math.floor((height - box.height) * y),
    })
    .resize(side, side, { fit: 'inside' })
    .recomb(grade(light * red, light, light * blue, saturation));
  if (spoilt && index % 2 === 1) picture.blur(3.2);
  return picture.jpeg({ quality: spoilt ? 62 : 86 }).toBuffer();
}

type Matrix = [[number, number, number], [number, number, number], [number, number, number]];

/** One matrix for gains and saturation: each channel is drawn towards the pixel's brightness or away from it. */
function grade(red: number, green: number, blue: number, saturation: number): Matrix {
  const grey = 1 - saturation;
  const [r, g, b] = [0.2126 * grey, 0.7152 * grey, 0.0722 * grey];
  return [
    [red * (r + saturation), red * g, red * b],
    [green * r, green * (g + saturation), green * b],
    [blue * r, blue * g, blue * (b + saturation)],
  ];
}

const BLACK_AND_WHITE = [
  'pen and ink portrait with cross-hatched shadows',
  'woodcut print with carved lines',
  'manga panel with screentones',
  'charcoal sketch, smudged shadows',
];
const COLOUR = [
  'comic book panel with cel shading',
  'watercolour on rough paper',
  'screen print poster in five inks',
  'comic book panel, evening light',
  'watercolour study',
  'risograph poster',
];

export interface Draughtsman {
  blackAndWhite(actor: string, base: Uint8Array, index: number): Promise<Uint8Array>;
  colour(actor: string, base: Uint8Array, index: number): Promise<Uint8Array>;
}

/** Draws from a base image with the project's own local generator. Seeds are fixed: the demo's library is always the same. */
export function createDraughtsman(): Draughtsman {
  const generator = createLocalGenerator({
    categories: [
      { name: 'bw_stylized', local: { medium: 'illustration', colour: 'monochrome' } },
      { name: 'color_stylized', local: { medium: 'illustration', colour: 'colour' } },
    ],
    longSide: DRAWING_SIDE,
  });
  return {
    blackAndWhite: (actor, base, index) =>
      draw(generator, { actor, category: 'bw_stylized', base, index, prompts: BLACK_AND_WHITE }),
    colour: (actor, base, index) =>
      draw(generator, { actor, category: 'color_stylized', base, index, prompts: COLOUR }),
  };
}

interface Drawing {
  readonly actor: string;
  readonly category: string;
  readonly base: Uint8Array;
  readonly index: number;
  readonly prompts: readonly string[];
}

async function draw(generator: Generator, drawing: Drawing): Promise<Uint8Array> {
  const { actor, category, base, index, prompts } = drawing;
  const order = {
    actor,
    category,
    categoryDescription: '',
    promptNumber: index + 1,
    prompt: prompts[index % prompts.length]!,
    seed: 7000 + index,
    assertHeld: () => {},
    baseImage: async () => base,
  };
  const state = await generator.collect(await generator.submit(order), order);
  if (state.status !== 'succeeded')
    throw new Error(`Drawing ${index + 1} of actor ${actor}: ${state.message}`);
  return state.picture.bytes;
}
