import { afterAll, describe, expect, it } from 'vitest';
import type { EvaluationItem } from '../evaluator.ts';
import { createLocalEvaluator, DEFAULT_UNCERTAIN_BELOW } from './local-evaluator.ts';
import { isLook } from './look/look.ts';
import type { LocalCategory } from './style.ts';
import { cartoon, flat, lineDrawing, type Sample, sampleOf, shadedScene } from './synthetic-pictures.ts';

const CATEGORIES: readonly LocalCategory[] = [
  { name: 'photorealistic', local: { medium: 'photo', colour: 'any' } },
  { name: 'bw_stylized', local: { medium: 'illustration', colour: 'monochrome' } },
  { name: 'color_stylized', local: { medium: 'illustration', colour: 'colour' } },
];

const evaluator = createLocalEvaluator({ categories: CATEGORIES, threads: 1 });

afterAll(() => evaluator[Symbol.asyncDispose]());

async function verdictOf(sample: Sample) {
  const item = itemOf('a'.repeat(64), await evaluator.prepare?.(sample.raster, sample.facts), sample);
  const { verdicts } = await evaluator.evaluate({ actor: '0042', items: [item] });
  return verdicts.get(item.digest)!;
}

function itemOf(digest: string, prepared: unknown, { raster }: Sample): EvaluationItem {
  return {
    number: 1,
    digest,
    tile: raster,
    prepared,
    original: () => Promise.reject(new Error('not asked for')),
  };
}

describe('the local evaluator', () => {
  it('tells line drawings, tinted paper included, and colour cartoons', async () => {
    expect((await verdictOf(await sampleOf(lineDrawing(512)))).category).toBe('bw_stylized');
    expect((await verdictOf(await sampleOf(lineDrawing(512, '#222', '#e8dcc0')))).category).toBe(
      'bw_stylized',
    );
    expect((await verdictOf(await sampleOf(cartoon(512)))).category).toBe('color_stylized');
  });

  it('gives every number within its bounds, whatever the picture', async () => {
    const odd = [
      flat(1, 1, '#000'),
      flat(16, 3000, '#fff'),
      flat(3000, 2, '#08f'),
      flat(300, 300, '#777'),
      shadedScene(64),
    ];
    for (const picture of odd) {
      const verdict = await verdictOf(await sampleOf(picture));
      expect(CATEGORIES.map(({ name }) => name)).toContain(verdict.category);
      expect(verdict.confidence).toBeGreaterThanOrEqual(0);
      expect(verdict.confidence).toBeLessThanOrEqual(1);
      expect(verdict.quality).toBeGreaterThanOrEqual(1);
      expect(verdict.quality).toBeLessThanOrEqual(10);
      expect(verdict.uncertain).toBe(verdict.confidence < DEFAULT_UNCERTAIN_BELOW);
    }
  });

  it('says the same of the same picture and keeps little of it', async () => {
    const sample = await sampleOf(shadedScene(200), 'jpeg');
    const [first, second] = await Promise.all(
      [1, 2].map(() => evaluator.prepare?.(sample.raster, sample.facts)),
    );
    expect(first).toEqual(second);
    expect(isLook(first)).toBe(true);
    expect(JSON.stringify(first).length).toBeLessThan(1000);
  });

  it('lists a picture that was not measured as failed and judges the rest', async () => {
    const sample = await sampleOf(lineDrawing(128));
    const measured = await evaluator.prepare?.(sample.raster, sample.facts);
    const items = [itemOf('a', measured, sample), itemOf('b', undefined, sample)];
    const result = await evaluator.evaluate({ actor: '0042', items });
    expect([...result.verdicts.keys()]).toEqual(['a']);
    expect([...result.failures.keys()]).toEqual(['b']);
    expect(result.costUsd).toBe(0);
  });

  it('is free, and named after all that its verdicts depend on', () => {
    expect(evaluator.estimateCostUsd(1000)).toBe(0);
    expect(evaluator.id).toMatch(/^local:\d+:[0-9a-f]{12}$/);
    expect(createLocalEvaluator({ categories: CATEGORIES }).id).toBe(evaluator.id);
    expect(createLocalEvaluator({ categories: CATEGORIES, uncertainBelow: 0.9 }).id).not.toBe(evaluator.id);
    const renamed = CATEGORIES.map((category) => ({ ...category, name: `my_${category.name}` }));
    expect(createLocalEvaluator({ categories: renamed }).id).not.toBe(evaluator.id);
  });

  it('refuses work after it was closed', async () => {
    const closed = createLocalEvaluator({ categories: CATEGORIES });
    await closed[Symbol.asyncDispose]();
    const { raster, facts } = await sampleOf(flat(8, 8, '#fff'));
    await expect(closed.prepare?.(raster, facts)).rejects.toMatchObject({ code: 'internal' });
  });

  it('rejects what is under way when it is closed', async () => {
    const closing = createLocalEvaluator({ categories: CATEGORIES, threads: 1 });
    const { raster, facts } = await sampleOf(flat(64, 64, '#fff'));
    const outcomes = Promise.allSettled([closing.prepare?.(raster, facts), closing.prepare?.(raster, facts)]);
    await closing[Symbol.asyncDispose]();
    expect((await outcomes).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
