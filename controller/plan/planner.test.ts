import { describe, expect, test } from 'vitest';
import type { Observation, ObservedImage } from '../observation/observation.ts';
import type { Target } from '../spec/target.ts';
import type { ActorPlan } from './plan.ts';
import { planActor } from './planner.ts';

const POLICY = { generationUsd: 0.04, evaluationUsd: 0.001, maxAttempts: 3 };

describe('balanced', () => {
  test('counts that differ by one inside the tolerance are left alone', () => {
    expect(plan({}, mix(14, 3, 3))).toMatchObject({ status: 'balanced', actions: [] });
  });

  test('a total that differs by one is not', () => {
    expect(kinds(plan({}, mix(13, 4, 2)))).toEqual(['generate color_stylized']);
    expect(kinds(plan({}, mix(13, 4, 4)))).toEqual(['delete color_stylized']);
  });

  test('out of balance, `exact` goes to the exact counts and `minimal` to the edge of the tolerance', () => {
    expect(kinds(plan({}, mix(10, 6, 4)))).toHaveLength(6);
    const minimal = plan({ rebalance: 'minimal' }, mix(10, 6, 4));
    expect(kinds(minimal)).toEqual(['generate photorealistic', 'delete bw_stylized']);
  });
});

describe('what goes', () => {
  test('is what is of the lowest quality, as the people of today expect for actor 0042', () => {
    const images = mix(15, 4, 3).map((image, index) => ({ ...image, quality: { 2: 6, 6: 5 }[index] ?? 8 }));
    const { actions } = plan({}, images);
    expect(actions.map((action) => action.kind === 'delete' && [action.number, action.quality])).toEqual([
      [7, 5],
      [3, 6],
    ]);
  });

  test('is neither pinned nor uncertain, however bad', () => {
    const images = mix(14, 4, 3);
    images[0] = { ...images[0]!, quality: 1, pinned: true };
    images[1] = { ...images[1]!, quality: 1, state: 'uncertain' };
    expect(deleted(plan({}, images))).toEqual(['images/03.jpg']);
  });

  test('is replaced when it was rejected or is below the minimum, even where the counts are right', () => {
    const images = mix(13, 4, 3);
    images[0] = { ...images[0]!, quality: 3 };
    images[19] = { ...images[19]!, rejected: 'blurred' };
    expect(kinds(plan({ qualityMinimum: 5 }, images))).toEqual([
      'generate photorealistic',
      'generate color_stylized',
      'delete photorealistic',
      'delete color_stylized',
    ]);
  });

  test('is only the bad image when what remains is balanced', () => {
    const images = mix(15, 4, 2);
    images[0] = { ...images[0]!, quality: 1 };
    expect(kinds(plan({ qualityMinimum: 5 }, images))).toEqual(['delete photorealistic']);
  });
});

describe('what comes', () => {
  test('is free where it can be: an orphan, then the trash, then a new picture', () => {
    const orphan = { ...image(1, 'bw_stylized'), image: 'images/found.jpg', digest: 'found' };
    const trash = {
      id: 't1',
      image: 'images/old.jpg',
      digest: 'old',
      category: 'bw_stylized',
      quality: 6,
      restorable: true,
    };
    const result = plan({}, mix(13, 1, 3), { orphans: [orphan], trash: [trash] });
    expect(kinds(result)).toEqual(['adopt bw_stylized', 'restore bw_stylized', 'generate bw_stylized']);
    expect(result.cost).toEqual({ estimateUsd: 0.041, maximumUsd: 0.123, known: true });
  });

  test('is no image that was deleted for being bad, and none that is there already', () => {
    const bad = { id: 't1', image: 'a', digest: 'x', category: 'bw_stylized', quality: 6, restorable: false };
    const there = { ...bad, id: 't2', image: 'b', digest: 'digest-1', restorable: true };
    expect(kinds(plan({}, mix(13, 3, 3), { trash: [bad, there] }))).toEqual(['generate bw_stylized']);
  });

  test('is from the trash although something else is where it was, which may leave in the same plan', () => {
    const home = { id: 't1', image: 'images/01.jpg', digest: 'y', category: 'bw_stylized', quality: 6 };
    const trash = [{ ...home, restorable: true }];
    expect(kinds(plan({}, mix(13, 3, 3), { trash }))).toEqual(['restore bw_stylized']);
    const images = [{ ...image(1, 'bw_stylized'), quality: 1 }, ...mix(14, 3, 3).slice(1)];
    expect(kinds(plan({ qualityMinimum: 5 }, images, { trash }))).toEqual([
      'restore bw_stylized',
      'delete bw_stylized',
    ]);
  });

  test('is what is needed of several that lay in the same place in turn, not the best of them', () => {
    const old = { id: 't1', image: 'a.jpg', digest: 'x', category: 'photorealistic', quality: 9 };
    const needed = { id: 't2', image: 'a.jpg', digest: 'y', category: 'bw_stylized', quality: 5 };
    const trash = [old, needed].map((item) => ({ ...item, restorable: true }));
    expect(kinds(plan({}, mix(13, 3, 3), { trash }))).toEqual(['restore bw_stylized']);
    expect(kinds(plan({}, mix(12, 4, 3), { trash }))).toEqual(['restore photorealistic']);
    expect(kinds(plan({}, mix(12, 3, 3), { trash }))).toHaveLength(2);
  });

  test('is ordered anew, with another seed, after a picture was not accepted', () => {
    const seeds = (misses: number) =>
      plan({}, mix(13, 3, 3), { misses }).actions.map(
        (action) => action.kind === 'generate' && action.attempts[0]!.seed,
      );
    expect(seeds(3)).not.toEqual(seeds(0));
  });

  test('is ordered anew, with another seed, after somebody removed the one that was accepted', () => {
    const seed = (world: { hits?: number }) =>
      plan({}, mix(13, 3, 3), world).actions.map(
        (action) => action.kind === 'generate' && action.attempts[0]!.seed,
      );
    expect(seed({ hits: 1 })).not.toEqual(seed({}));
  });
});

describe('unknown images', () => {
  test('hold a slot where they are needed most', () => {
    expect(plan({}, [...mix(9, 4, 3), ...unknown(4)])).toMatchObject({
      status: 'incomplete',
      actions: [],
      unknown: 4,
    });
  });

  test('cost no known image its place', () => {
    expect(plan({}, [...mix(13, 4, 3), ...unknown(5)])).toMatchObject({ status: 'incomplete', actions: [] });
  });

  test('do not keep what is surely too much or surely missing from being put right', () => {
    expect(kinds(plan({}, [...mix(16, 4, 3), ...unknown(1)]))).toEqual(
      Array(3).fill('delete photorealistic'),
    );
    expect(kinds(plan({}, [...mix(5, 4, 3), ...unknown(1)]))).toEqual(
      Array(7).fill('generate photorealistic'),
    );
  });

  test('unreadable ones hold none', () => {
    const broken = unknown(1).map((image): ObservedImage => ({ ...image, state: 'unreadable' }));
    expect(plan({}, [...mix(13, 4, 3), ...broken])).toMatchObject({ status: 'balanced', unreadable: 1 });
  });
});

describe('out of reach', () => {
  test('pins: said so, and nothing is bought for it', () => {
    const result = plan(
      {},
      mix(18, 1, 1).map((image) => ({ ...image, pinned: true })),
    );
    expect(result).toMatchObject({ status: 'unreachable', actions: [] });
    expect(codes(result)).toContain('protected-excess');
  });

  test('no prompts: no other category is filled up in its place', () => {
    const result = plan({ promptless: 'color_stylized' }, mix(13, 4, 0));
    expect(result).toMatchObject({ status: 'unreachable', actions: [], total: { before: 17, after: 17 } });
    expect(codes(result)).toEqual(['no-prompts', 'total-short']);
  });

  test('no base image: nothing is planned that could never be made, and the remedy is named', () => {
    const result = plan({}, mix(13, 4, 0), { baseless: true });
    expect(result).toMatchObject({ status: 'unreachable', actions: [], total: { before: 17, after: 17 } });
    expect(codes(result)).toEqual(['no-base-image', 'total-short']);
  });

  test('no prompts, but the tolerance can be met without: it is', () => {
    const result = plan({ promptless: 'color_stylized' }, mix(13, 4, 2));
    expect(result.status).toBe('changes');
    expect(kinds(result)).toEqual(['generate photorealistic']);
  });

  test('an image of a category that the target does not know is kept, holds a slot, and is named', () => {
    const result = plan({}, [...mix(13, 4, 3), image(21, 'sketch')]);
    expect(deleted(result)).not.toContain('images/21.jpg');
    expect(result.total.after).toBe(20);
    expect(codes(result)).toContain('foreign-category');
  });
});

describe('dead entries', () => {
  test('are forgotten once for each image, unless a pin would be lost', () => {
    const result = plan({}, mix(13, 4, 3), {
      dangling: [
        { image: 'gone.jpg', entry: 20, pinned: false, why: 'missing' },
        { image: 'gone.jpg', entry: 21, pinned: false, why: 'repeated' },
        { image: 'images/01.jpg', entry: 22, pinned: false, why: 'repeated' },
        { image: 'pinned.jpg', entry: 23, pinned: true, why: 'missing' },
      ],
    });
    expect(result.actions).toMatchObject([
      { kind: 'forget', image: 'gone.jpg', entries: 'all' },
      { kind: 'forget', image: 'images/01.jpg', entries: 'repeats' },
    ]);
    expect(codes(result)).toContain('pinned-entry');
  });
});

test('ten thousand images of one actor are planned in well under a second', () => {
  const images = Array.from({ length: 10_000 }, (_, index) => image(index + 1, 'photorealistic'));
  const start = performance.now();
  const { actions } = plan({ qualityMinimum: 8 }, images);
  expect(actions.filter(({ kind }) => kind === 'delete')).toHaveLength(10_000);
  expect(performance.now() - start).toBeLessThan(5000);
});

describe.each(['base-image', 'other-actor'] as const)('an image that is needed elsewhere (%s)', (needed) => {
  test('counts, but is never deleted, however bad', () => {
    const [first, ...others] = mix(15, 4, 3);
    const images = [{ ...first!, needed, quality: 1 }, ...others];
    expect(deleted(plan({}, images))).toEqual(['images/02.jpg', 'images/03.jpg']);

    const strict = plan({ qualityMinimum: 5 }, [
      { ...first!, needed, quality: 1 },
      ...mix(13, 4, 3).slice(1),
    ]);
    expect(strict).toMatchObject({ status: 'balanced', actions: [] });
    expect(codes(strict)).toContain('protected-image');
  });
});

interface Wishes extends Partial<Target> {
  /** Category without a prompt. */
  readonly promptless?: string;
}

function plan(
  { promptless, ...wishes }: Wishes,
  images: readonly ObservedImage[],
  more: Partial<Observation> = {},
): ActorPlan {
  const shares = { photorealistic: [65, 13], bw_stylized: [20, 4], color_stylized: [15, 3] } as const;
  const categories = Object.entries(shares).map(([name, [share, count]], index) => ({
    name,
    title: name,
    description: '',
    share,
    count,
    prompts:
      name === promptless ? [] : [1, 2, 3].map((n) => ({ number: index * 10 + n, text: `${name} ${n}` })),
  }));
  const target: Target = {
    distribution: 'default',
    taxonomy: 'default',
    total: 20,
    categories,
    tolerance: { unit: 'points', value: 10 },
    rebalance: 'exact',
    qualityMinimum: undefined,
    suspended: undefined,
    ...wishes,
  };
  const nothing = { dangling: [], orphans: [], trash: [], problems: [] };
  return planActor(target, { actor: '0042', type: 'lead', labels: {}, images, ...nothing, ...more }, POLICY);
}

function mix(photos: number, inks: number, colours: number): ObservedImage[] {
  const names = [
    ...Array<string>(photos).fill('photorealistic'),
    ...Array<string>(inks).fill('bw_stylized'),
    ...Array<string>(colours).fill('color_stylized'),
  ];
  return names.map((category, index) => image(index + 1, category));
}

function image(number: number, category: string): ObservedImage {
  const name = `images/${String(number).padStart(2, '0')}.jpg`;
  const known = {
    digest: `digest-${number}`,
    category,
    quality: 7,
    confidence: 0.9,
    state: 'usable',
  } as const;
  return { image: name, ...known, pinned: false, generated: false, entry: number - 1 };
}

function unknown(count: number): ObservedImage[] {
  const one = (index: number) =>
    ({
      image: `new/${index}.jpg`,
      state: 'unknown',
      pinned: false,
      generated: false,
      entry: 50 + index,
    }) as const;
  return Array.from({ length: count }, (_, index) => one(index));
}

function kinds({ actions }: ActorPlan): string[] {
  return actions.map((action) => (action.kind === 'forget' ? 'forget' : `${action.kind} ${action.category}`));
}

function deleted({ actions }: ActorPlan): string[] {
  return actions.flatMap((action) => (action.kind === 'delete' ? [action.image] : []));
}

function codes({ notes }: ActorPlan): string[] {
  return notes.map(({ code }) => code);
}
