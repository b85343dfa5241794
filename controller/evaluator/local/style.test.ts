import { describe, expect, it } from 'vitest';
import { CallsheetError } from '../../diagnostics/errors.ts';
import { claimCells, type LocalCategory } from './style.ts';

const DEFAULT: readonly LocalCategory[] = [
  { name: 'photorealistic', local: { medium: 'photo', colour: 'any' } },
  { name: 'bw_stylized', local: { medium: 'illustration', colour: 'monochrome' } },
  { name: 'color_stylized', local: { medium: 'illustration', colour: 'colour' } },
];

function refusal(categories: readonly LocalCategory[]): CallsheetError {
  try {
    claimCells(categories);
  } catch (error) {
    if (error instanceof CallsheetError) return error;
  }
  throw new Error('was not refused');
}

describe('claimCells', () => {
  it('gives every kind of picture to one category', () => {
    expect(claimCells(DEFAULT).map(({ category }) => category)).toEqual([
      'photorealistic',
      'photorealistic',
      'color_stylized',
      'bw_stylized',
    ]);
  });

  it('knows no category by name', () => {
    const claims = claimCells([
      { name: 'kamera', local: { medium: 'photo', colour: 'any' } },
      { name: 'gemalt', local: { medium: 'illustration', colour: 'any' } },
    ]);
    expect(claims.map(({ category }) => category)).toEqual(['kamera', 'kamera', 'gemalt', 'gemalt']);
  });

  it('says which category declares nothing and what to write', () => {
    const error = refusal([...DEFAULT, { name: 'sculpture' }]);
    expect(error.code).toBe('unsupported');
    expect(error.message).toContain('"sculpture"');
    expect(error.hint).toContain('spec.categories.sculpture.local');
  });

  it('refuses two categories that it cannot tell apart', () => {
    const error = refusal([
      ...DEFAULT,
      { name: 'manga', local: { medium: 'illustration', colour: 'monochrome' } },
    ]);
    expect(error.message).toContain('"bw_stylized" and "manga" both claim monochrome illustrations');
  });

  it('refuses a taxonomy that leaves a kind of picture without a category', () => {
    expect(refusal(DEFAULT.slice(0, 2)).message).toContain('No category takes colour illustrations');
    expect(refusal([]).code).toBe('unsupported');
  });
});
