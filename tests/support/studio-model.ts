import sharp from 'sharp';
import { parse } from 'yaml';
import { EMBEDDED_SPECS } from '../../controller/spec/embedded-specs.generated.ts';
import type { AskedQuestion, SaidAnswer, SaidImage } from './openai-server.ts';
import type { Fate, PlacedOrder } from './replicate-server.ts';
import { readGround, STUDIO_CATEGORIES, studioPicture } from './studio-pictures.ts';

const GUTTER = 8;
const THUMBNAIL = 200;
const STRIP = 28;
const COLUMNS = 5;
/** Pixels of the square in the middle of a picture by which it is judged. */
const PATCH = 20;

/** What a truthful vision model says of studio pictures: it looks at the pixels that it was sent, and nothing else. */
export async function lookAt(asked: AskedQuestion): Promise<SaidAnswer> {
  const { data, info } = await sharp(asked.picture).raw().toBuffer({ resolveWithObject: true });
  const columns = Math.min(COLUMNS, asked.numbers.length);
  const images = asked.numbers.map((number, index): SaidImage => {
    const x = asked.closeUp
      ? info.width / 2
      : GUTTER + (index % columns) * (THUMBNAIL + GUTTER) + THUMBNAIL / 2;
    const y = asked.closeUp
      ? info.height / 2
      : GUTTER + Math.floor(index / columns) * (STRIP + THUMBNAIL + GUTTER) + STRIP + THUMBNAIL / 2;
    const { category, quality } = readGround(mean(data, info, x, y));
    return { number, category, quality, confidence: 0.95, seen: 'a plain ground' };
  });
  return { images };
}

function mean(
  data: Buffer,
  { width, channels }: { readonly width: number; readonly channels: number },
  x: number,
  y: number,
): readonly [number, number, number] {
  const sums = [0, 0, 0];
  const [left, top] = [Math.round(x - PATCH / 2), Math.round(y - PATCH / 2)];
  for (let row = top; row < top + PATCH; row += 1)
    for (let column = left; column < left + PATCH; column += 1)
      for (let c = 0; c < 3; c += 1)
        sums[c]! += data[(row * width + column) * channels + Math.min(c, channels - 1)]!;
  const [r, g, b] = sums.map((sum) => sum / PATCH ** 2);
  return [r!, g!, b!];
}

const PROMPTS = parse(EMBEDDED_SPECS.find(({ name }) => name === 'prompts.yaml')!.text) as {
  spec: { prompts: { text: string; category: string }[] };
};
const categoryOf = new Map(PROMPTS.spec.prompts.map(({ text, category }) => [text.trim(), category]));

/** An image model that does what it is asked for, but for the given share of its orders, told by their seed. */
export function paint(order: PlacedOrder, wrong = 0): Fate {
  const seed = Number(order.input.seed);
  const asked = categoryOf.get(String(order.input.prompt).trim());
  if (asked === undefined) throw new Error(`nobody wrote this prompt: ${String(order.input.prompt)}`);
  const other = STUDIO_CATEGORIES.find((category) => category !== asked)!;
  const category = (seed % 1000) / 1000 < wrong ? other : asked;
  return { status: 'succeeded', picture: studioPicture(category, 8, seed) };
}
