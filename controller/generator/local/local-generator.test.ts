import { describe, expect, it } from 'vitest';
import { CallsheetError } from '../../diagnostics/errors.ts';
import { sharp } from '../../picture/sharp.ts';
import type { GenerationOrder, GenerationState } from '../generator.ts';
import { createLocalGenerator } from './local-generator.ts';

const generator = createLocalGenerator({
  categories: [
    { name: 'snapshot', local: { medium: 'photo' } },
    { name: 'silver', local: { medium: 'photo', colour: 'monochrome' } },
    { name: 'print', local: { medium: 'illustration', colour: 'monochrome' } },
    { name: 'panel', local: { medium: 'illustration', colour: 'colour' } },
  ],
  longSide: 256,
});

/** A face-like picture: enough form and colour for every technique to work on. */
async function portrait(width = 240, height = 300): Promise<Uint8Array> {
  const data = new Uint8Array(width * height * 3);
  for (let p = 0, i = 0; p < data.length; p += 3, i++) {
    data.set(faceAt(((i % width) / width) * 240, (Math.floor(i / width) / height) * 300), p);
  }
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg()
    .withExif({ IFD0: { Copyright: 'base' } })
    .toBuffer();
}

/** Eyes and mouth in a shaded oval of skin, hair around it, a red collar, a blue wall. */
function faceAt(x: number, y: number): readonly [number, number, number] {
  const fromNose = Math.hypot((x - 120) / 56, (y - 130) / 76);
  if (Math.min(Math.hypot(x - 98, y - 118), Math.hypot(x - 142, y - 118)) < 7) return [32, 16, 16];
  if (Math.abs(y - 176) < 4 && Math.abs(x - 120) < 24) return [122, 32, 32];
  if (fromNose < 1) return [240 - fromNose * 86, 200 - fromNose * 105, 160 - fromNose * 100];
  if (Math.hypot((x - 120) / 78, (y - 120) / 100) < 1) return [42, 26, 18];
  return y > 240 ? [138, 32, 48] : [111, 147, 184];
}

function order(changes: Partial<GenerationOrder> & { base?: Uint8Array }): GenerationOrder {
  return {
    actor: '0042',
    category: 'print',
    categoryDescription: '',
    promptNumber: 16,
    prompt: 'pen and ink portrait',
    seed: 1,
    assertHeld: () => {},
    baseImage: async () => changes.base ?? (await portrait()),
    ...changes,
  };
}

async function make(changes: Parameters<typeof order>[0]): Promise<GenerationState> {
  const asked = order(changes);
  return generator.collect(await generator.submit(asked), asked);
}

async function bytesOf(changes: Parameters<typeof order>[0]): Promise<Buffer> {
  const state = await make(changes);
  if (state.status !== 'succeeded') throw new Error(state.message);
  return Buffer.from(state.picture.bytes);
}

describe('local generator', () => {
  it('makes the same picture for the same base image, prompt and seed', async () => {
    expect(await bytesOf({ seed: 7 })).toEqual(await bytesOf({ seed: 7 }));
  });

  it.each([
    ['seed', { seed: 2 }],
    ['prompt', { prompt: 'pen and ink portrait, profile' }],
    ['category', { category: 'panel' }],
  ])('makes another picture for another %s', async (_, change) => {
    expect(await bytesOf(change)).not.toEqual(await bytesOf({}));
  });

  it.each(['ink', 'charcoal', 'halftone', 'manga', 'woodcut'])(
    'draws %s in truly one channel',
    async (word) => {
      const bytes = await bytesOf({ prompt: `a ${word} portrait` });

      const { channels } = await sharp(bytes).stats();
      const facts = await sharp(bytes).metadata();

      expect(channels).toHaveLength(1);
      expect(facts.space).toBe('b-w');
      expect(channels[0]!.stdev).toBeGreaterThan(30);
    },
  );

  it.each(['cel shading', 'watercolour', 'poster', 'gouache', 'digital painting'])(
    'draws %s in colour',
    async (word) => {
      const { data } = await sharp(await bytesOf({ category: 'panel', prompt: word }))
        .raw()
        .toBuffer({ resolveWithObject: true });

      let chroma = 0;
      for (let p = 0; p < data.length; p += 3) chroma += Math.abs(data[p]! - data[p + 2]!);
      expect(chroma / (data.length / 3)).toBeGreaterThan(12);
    },
  );

  it.each(['cel shading', 'watercolour', 'poster', 'gouache', 'digital painting'])(
    'draws %s in colours of its own from a black-and-white base image',
    async (word) => {
      const base = await sharp(await portrait())
        .grayscale()
        .jpeg()
        .toBuffer();

      const bytes = await bytesOf({ base, category: 'panel', prompt: word });
      const data = await sharp(bytes).raw().toBuffer();

      const warm = (p: number): boolean => data[p]! - data[p + 2]! > 25;
      const cool = (p: number): boolean => data[p + 2]! - data[p]! > 15 || data[p + 1]! - data[p]! > 15;
      const pixels = Array.from({ length: data.length / 3 }, (_, i) => i * 3);
      expect(pixels.filter(warm).length / pixels.length).toBeGreaterThan(0.1);
      expect(pixels.filter(cool).length / pixels.length).toBeGreaterThan(0.1);
    },
  );

  it('keeps a photograph near the photograph that it was', async () => {
    const bytes = await bytesOf({ category: 'snapshot', prompt: 'portrait by a window' });

    const facts = await sharp(bytes).metadata();
    expect(facts.format).toBe('jpeg');
    expect(facts.channels).toBe(3);
    expect(facts.exif).toBeUndefined();
    expect(Math.max(facts.width, facts.height)).toBeLessThanOrEqual(256);
  });

  it.each([
    ['a category asks for it', { category: 'silver', prompt: 'by the sea' }],
    ['a prompt asks for it', { category: 'snapshot', prompt: 'black and white photograph by the sea' }],
  ])('photographs on black-and-white film when %s', async (_, change) => {
    expect((await sharp(await bytesOf(change)).metadata()).space).toBe('b-w');
  });

  it('gives an order one ticket that says nothing of it, before any work', async () => {
    const unread = order({ baseImage: () => Promise.reject(new Error('must not be read')) });

    const ticket = await generator.submit(unread);

    expect(ticket).toMatch(/^local-[0-9a-f]{32}$/);
    expect(await generator.find(unread, 0)).toBe(ticket);
    expect(await generator.submit(order({ seed: 2 }))).not.toBe(ticket);
  });

  it.each([
    ['text', Buffer.from('this is not a picture')],
    ['nothing', Buffer.alloc(0)],
  ])('fails for good on a base image that is %s', async (_, base) => {
    expect(await make({ base })).toMatchObject({
      status: 'failed',
      permanent: true,
      charged: false,
      message: expect.stringContaining('cannot be decoded'),
    });
  });

  it('fails for good on a base image that was cut short', async () => {
    const whole = await portrait();
    expect(await make({ base: whole.subarray(0, whole.length / 2) })).toMatchObject({
      status: 'failed',
      permanent: true,
    });
  });

  it('refuses to make much of very little', async () => {
    const state = await make({ base: await portrait(60, 75) });
    expect(state).toMatchObject({
      status: 'failed',
      permanent: true,
      message: expect.stringContaining('60 x 75'),
    });
  });

  it('enlarges a small base image no further than its technique bears', async () => {
    const base = await portrait(80, 100);

    const photo = await sharp(await bytesOf({ base, category: 'snapshot' })).metadata();
    const print = await sharp(await bytesOf({ base, category: 'print' })).metadata();

    expect(photo.height).toBeLessThanOrEqual(160);
    expect(print.height).toBeGreaterThan(photo.height);
  });

  it('turns a base image upright before it works on it', async () => {
    const upright = await portrait();
    const onItsSide = await sharp(upright).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer();

    const facts = await sharp(await bytesOf({ base: onItsSide })).metadata();
    expect(facts.height).toBeGreaterThan(facts.width);
  });

  it('fails for good on a base image that is not there', async () => {
    const gone = order({
      baseImage: () => Promise.reject(new CallsheetError('not-found', 'There is no file base.png.')),
    });

    expect(await generator.collect(await generator.submit(gone), gone)).toMatchObject({
      status: 'failed',
      permanent: true,
      charged: false,
    });
  });

  it('passes on that the base image could not be read', async () => {
    const gone = order({ baseImage: () => Promise.reject(new Error('store is away')) });
    await expect(generator.collect('local-0', gone)).rejects.toThrow('store is away');
  });

  it('takes no orders after it was closed', async () => {
    const closed = createLocalGenerator({ categories: [] });
    await closed[Symbol.asyncDispose]?.();
    await expect(closed.collect('local-0', order({}))).rejects.toMatchObject({ code: 'internal' });
  });

  it('stops when told to', async () => {
    await expect(generator.collect('local-0', order({}), AbortSignal.abort())).rejects.toThrow();
  });
});
