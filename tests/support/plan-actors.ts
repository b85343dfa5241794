import type { Observation, ObservedImage } from '../../controller/observation/observation.ts';
import type { ActorPlan } from '../../controller/plan/plan.ts';
import { planActor } from '../../controller/plan/planner.ts';
import type { Target } from '../../controller/spec/target.ts';

/** 4 photographs and 2 drawings, out of 6. */
export const TARGET: Target = {
  distribution: 'film',
  taxonomy: 'default',
  total: 6,
  categories: [
    category('photo', 'Photograph', 4, 'A close-up portrait in natural light.'),
    category('drawing', 'Drawing', 2, 'Pen and ink on paper.'),
  ],
  tolerance: { unit: 'points', value: 10 },
  rebalance: 'exact',
  qualityMinimum: undefined,
  suspended: undefined,
};

function category(name: string, title: string, count: number, text: string): Target['categories'][number] {
  return { name, title, description: title, share: (100 * count) / 6, count, prompts: [{ number: 1, text }] };
}

/** The plan of an actor with so many images of each; a name or prompt may be anything. */
export function planned(
  actor: string,
  photos: number,
  drawings: number,
  rest: { name?: string; target?: Target } = {},
): ActorPlan {
  const images = [...Array(photos + drawings).keys()].map((index): ObservedImage => {
    const digest = Buffer.from(`${actor} ${index}`).toString('hex').padEnd(64, '0').slice(0, 64);
    return {
      image: `data/${actor}/${index}.jpg`,
      state: 'usable',
      digest,
      category: index < photos ? 'photo' : 'drawing',
      quality: 1 + (index % 10),
      confidence: 1,
      judgedBy: 'evaluator',
      pinned: false,
      generated: false,
      entry: index,
    };
  });
  const observation: Observation = {
    actor,
    ...(rest.name === undefined ? {} : { name: rest.name }),
    type: 'lead',
    labels: {},
    images,
    dangling: [],
    orphans: [],
    trash: [],
    problems: [],
  };
  return planActor(rest.target ?? TARGET, observation, {
    generationUsd: 0.04,
    evaluationUsd: 0,
    maxAttempts: 3,
  });
}
