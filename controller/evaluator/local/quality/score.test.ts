import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { cartoon, flat, lineDrawing, type Sample, sampleOf, shadedScene } from '../synthetic-pictures.ts';
import { type Grade, gradeQuality, type Quality } from './score.ts';

type Harm = (picture: Sharp, strength: 1 | 2) => Sharp | Promise<Sharp>;

const SIDE = 384;
const PICTURES: readonly (readonly [string, (side: number) => Sharp, keyof Quality])[] = [
  ['a photograph-like scene', shadedScene, 'photo'],
  ['an ink drawing', (side) => lineDrawing(side), 'illustration'],
  ['a cartoon', cartoon, 'illustration'],
];
const HARMS: readonly (readonly [string, Harm])[] = [
  ['blur', (picture, strength) => picture.blur(1.5 * strength)],
  ['under-exposure', (picture, strength) => picture.linear(0.6 / strength, -10 * strength)],
  ['over-exposure', (picture, strength) => picture.linear(1, 70 * strength)],
  ['loss of contrast', (picture, strength) => picture.linear(0.5 / strength, 80)],
  ['a smaller size', (picture, strength) => picture.resize(SIDE / (2 * strength))],
];

async function gradeOf(sample: Sample, kind: keyof Quality): Promise<Grade> {
  return gradeQuality(sample.raster, sample.facts)[kind];
}

/** Starts a new pipeline from finished pixels, so that one harm is done after the other. */
async function rendered(picture: Sharp): Promise<Sharp> {
  return sharp(await picture.png().toBuffer());
}

describe.each(PICTURES)('the quality of %s', (_, draw, kind) => {
  it.each(HARMS)('falls with %s, and further with more of it', async (_name, harm) => {
    const base = await rendered(draw(SIDE));
    const scores = [];
    for (const picture of [base, await harm(base.clone(), 1), await harm(base.clone(), 2)]) {
      scores.push((await gradeOf(await sampleOf(await rendered(picture)), kind)).score);
    }
    expect(scores[1]).toBeLessThan(scores[0]!);
    expect(scores[2]).toBeLessThanOrEqual(scores[1]!);
  });

  it('falls with JPEG compression', async () => {
    const scores = [];
    for (const quality of [92, 20, 5]) {
      scores.push((await gradeOf(await sampleOf(draw(SIDE), 'jpeg', quality), kind)).score);
    }
    expect(scores[1]).toBeLessThan(scores[0]!);
    expect(scores[2]).toBeLessThan(scores[1]!);
  });
});

describe('the quality', () => {
  it('falls with noise, on drawings too', async () => {
    const clean = await rendered(lineDrawing(SIDE));
    const noise = await flat(SIDE, SIDE, '#808080')
      .composite([{ input: await grain(60), blend: 'over' }])
      .png()
      .toBuffer();
    const noisy = clean.clone().composite([{ input: noise, blend: 'multiply' }]);
    const before = await gradeOf(await sampleOf(clean), 'illustration');
    expect((await gradeOf(await sampleOf(await rendered(noisy)), 'illustration')).score).toBeLessThan(
      before.score,
    );
  });

  it('names what is wrong', async () => {
    const blurred = await rendered(shadedScene(SIDE).blur(6));
    expect((await gradeOf(await sampleOf(blurred), 'photo')).complaint).toBe('blurred');
    const dark = await rendered(shadedScene(SIDE).linear(0.15, 0));
    expect((await gradeOf(await sampleOf(dark), 'photo')).complaint).toMatch(/under-exposed|flat contrast/);
  });

  it.each([
    ['1 x 1', 1, 1],
    ['16 x 3000', 16, 3000],
    ['black', 200, 200],
  ])('is a number from 1 to 10 for a %s picture', async (_name, width, height) => {
    const { photo, illustration } = gradeQuality(...tuple(await sampleOf(flat(width, height, '#000'))));
    for (const { score } of [photo, illustration]) {
      expect(score).toBeGreaterThanOrEqual(1);
      expect(score).toBeLessThanOrEqual(10);
    }
  });
});

function tuple({ raster, facts }: Sample): [Sample['raster'], Sample['facts']] {
  return [raster, facts];
}

function grain(sigma: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 170, sigma } as const;
  return sharp({ create: { width: SIDE, height: SIDE, channels: 3, background: '#888', noise } })
    .png()
    .toBuffer();
}
