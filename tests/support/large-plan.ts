import type { ObservedImage } from '../../controller/observation/observation.ts';
import type { ActorPlan } from '../../controller/plan/plan.ts';
import { planActor } from '../../controller/plan/planner.ts';
import type { Target } from '../../controller/spec/target.ts';
import { POLICY } from './plan-arbitraries.ts';

const CATEGORIES = ['photorealistic', 'bw_stylized', 'color_stylized'] as const;

const TARGET: Target = {
  distribution: 'default',
  taxonomy: 'default',
  total: 20,
  categories: CATEGORIES.map((name, index) => ({
    name,
    title: name,
    description: '',
    share: [65, 20, 15][index]!,
    count: [13, 4, 3][index]!,
    prompts: Array.from({ length: 10 }, (_, n) => ({
      number: index * 10 + n + 1,
      text: `${name} in a long prompt, number ${n}`,
    })),
  })),
  tolerance: { unit: 'points', value: 10 },
  rebalance: 'exact',
  qualityMinimum: undefined,
  suspended: undefined,
};

/** Plans of many actors with the same mix of images: 13/4/3 is balanced. `mark` is put into everything that a user could have written. */
export function manyActors(count: number, mix: readonly [number, number, number], mark = ''): ActorPlan[] {
  return Array.from({ length: count }, (_, index) => {
    const actor = `${mark}${String(index).padStart(5, '0')}`;
    const observation = {
      actor,
      name: `Actor ${mark}`,
      type: `${mark}lead`,
      labels: {},
      dangling: [],
      orphans: [],
      trash: [],
      problems: [],
    };
    return planActor(TARGET, { ...observation, images: imagesOf(actor, mix) }, POLICY);
  });
}

function imagesOf(actor: string, mix: readonly number[]): ObservedImage[] {
  return mix.flatMap((count, category) =>
    Array.from({ length: count }, (_, index): ObservedImage => {
      const image = `data/actors/${actor}/training_data/images/${category}-${index}${actor}.jpg`;
      const judged = {
        state: 'usable',
        category: CATEGORIES[category]!,
        quality: 1 + ((index * 3) % 10),
        confidence: 0.9,
      } as const;
      return {
        image,
        digest: `${image}-digest`,
        ...judged,
        pinned: false,
        generated: false,
        entry: category * 100 + index,
      };
    }),
  );
}
