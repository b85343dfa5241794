import { describe, expect, it } from 'vitest';
import { plainPalette } from './palette.ts';
import type { LibraryStats } from './stats.ts';
import { renderStats } from './stats-view.ts';

const options = { palette: plainPalette, width: 80 };

const STUDIO: LibraryStats = {
  actors: 289,
  images: 5234,
  average: 18.11,
  exactly: 45,
  under: 123,
  over: 121,
  unmanaged: 0,
  commonTarget: 20,
  histogram: [
    { images: 12, actors: 2, isTarget: false },
    { images: 20, actors: 12, isTarget: true },
    { images: 25, actors: 7, isTarget: false },
  ],
  types: [],
  problems: {},
};

describe('renderStats', () => {
  it('is the page that people know', () => {
    expect(renderStats(STUDIO, options)).toBe(`${'='.repeat(70)}
TRAINING DATA STATISTICS
${'='.repeat(70)}

Found 289 actors with training data

SUMMARY
${'-'.repeat(70)}
Total actors:        289
Total images:        5,234
Average per actor:   18.1

Target count:        20 images per actor
  Exactly target:    45 actors (15.6%)
  Under target:      123 actors (42.6%)
  Over target:       121 actors (41.9%)

DISTRIBUTION
${'-'.repeat(70)}
 12 images: ██ (2 actors)
 20 images: ████████████ (12 actors) <- TARGET
 25 images: ███████ (7 actors)
`);
  });

  it('adds types and categories, and names what is odd', () => {
    const text = renderStats(
      {
        ...STUDIO,
        unmanaged: 2,
        types: [
          {
            type: 'lead\x1b[2J',
            distribution: 'film',
            target: 20,
            actors: 2,
            images: 40,
            balanced: 1,
            unknown: 4,
            categories: [
              { category: 'photorealistic', title: 'Photorealistic', images: 26, target: 26 },
              { category: 'bw_stylized', title: 'B&W Stylized', images: 10, target: 14 },
            ],
          },
        ],
        problems: { 'not-evaluated': 4, duplicate: 1 },
      },
      options,
    );
    expect(text).toContain('  Without a target:  2 actors (0.7%)');
    expect(text).toContain('lead\\x1b[2J       2      40      20  1 (50.0%)  film');
    expect(text).toContain('Photorealistic  26 (65.0%)  26 (65.0%)  █████████████\n');
    expect(text).toContain('Unknown          4 (10.0%)           -\n');
    expect(text).toContain('duplicate      1\nnot-evaluated  4\n');
    expect(text).toContain('4 images have not been evaluated yet');
  });

  it('scales long bars to the page and never leaves it', () => {
    const histogram = [
      { images: 19, actors: 1, isTarget: false },
      { images: 20, actors: 9_999, isTarget: true },
    ];
    const lines = renderStats({ ...STUDIO, histogram }, options).split('\n');
    expect(lines.find((line) => line.startsWith(' 19 '))).toBe(' 19 images: ▏ (1 actor)');
    expect(lines.filter((line) => line.length > 70)).toEqual([]);
  });

  it('says so when there is no target and no actor', () => {
    const none = {
      ...STUDIO,
      actors: 0,
      images: 0,
      average: 0,
      exactly: 0,
      under: 0,
      over: 0,
      commonTarget: undefined,
      histogram: [],
    };
    const text = renderStats(none, options);
    expect(text).toContain('Target count:        no distribution matches any actor');
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
  });
});
