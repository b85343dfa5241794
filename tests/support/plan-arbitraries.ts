import fc from 'fast-check';
import type { Observation, ObservedImage } from '../../controller/observation/observation.ts';
import type { PlanPolicy } from '../../controller/plan/planner.ts';
import { largestRemainder } from '../../controller/spec/largest-remainder.ts';
import type { Target } from '../../controller/spec/target.ts';
import { withDuplicates } from './model-apply.ts';

export const POLICY: PlanPolicy = { generationUsd: 0.04, evaluationUsd: 0.001, maxAttempts: 3 };

const CATEGORIES = ['photorealistic', 'bw_stylized', 'color_stylized'] as const;

interface Content {
  readonly digest: string;
  readonly state: ObservedImage['state'];
  readonly category: string;
  readonly quality: number;
  readonly confidence: number;
  readonly rejected: boolean;
}

export interface World {
  readonly observation: Observation;
  readonly target: Target;
}

/** Any target over three categories. */
export function anyTarget(): fc.Arbitrary<Target> {
  return fc
    .record({
      total: fc.integer({ min: 1, max: 24 }),
      weights: fc
        .tuple(fc.nat(100), fc.nat(100), fc.nat(100))
        .filter((weights) => weights.some((weight) => weight > 0)),
      tolerance: fc.record({ unit: fc.constantFrom('points', 'percent', 'images'), value: fc.nat(20) }),
      rebalance: fc.constantFrom('exact', 'minimal'),
      qualityMinimum: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
      prompts: fc.tuple(fc.nat(6), fc.nat(6), fc.nat(6)),
    })
    .map(({ total, weights, prompts, ...rest }): Target => {
      const counts = largestRemainder(weights, total);
      const whole = weights.reduce((sum, weight) => sum + weight, 0);
      const categories = CATEGORIES.map((name, index) => ({
        name,
        title: name,
        description: '',
        share: (100 * weights[index]!) / whole,
        count: counts[index]!,
        prompts: Array.from({ length: prompts[index]! }, (_, n) => ({
          number: index * 10 + n + 1,
          text: `${name} ${n}`,
        })),
      }));
      return {
        distribution: 'default',
        taxonomy: 'default',
        total,
        categories,
        suspended: undefined,
        ...rest,
      };
    });
}

/** Any state of an actor: copies, pins, rejections, unknown and unreadable images, orphans, trash, dead entries. */
export function anyObservation(maxImages = 24): fc.Arbitrary<Observation> {
  const content = fc.record({
    state: fc.constantFrom('usable', 'usable', 'usable', 'usable', 'uncertain', 'unknown', 'unreadable'),
    category: fc.constantFrom(...CATEGORIES, ...CATEGORIES, ...CATEGORIES, 'sketch'),
    quality: fc.integer({ min: 2, max: 20 }).map((halves) => halves / 2),
    confidence: fc.constantFrom(0.7, 0.9, 1),
    rejected: fc.constantFrom(false, false, false, false, false, false, true),
  });
  return fc
    .record({
      contents: fc.array(content, { minLength: 1, maxLength: maxImages + 12 }),
      set: fc.array(
        fc.record({
          pinned: fc.constantFrom(false, false, false, true),
          generated: fc.boolean(),
          prompt: fc.nat(25),
          at: fc.nat(maxImages + 12),
        }),
        { maxLength: maxImages },
      ),
      orphans: fc.array(fc.nat(maxImages + 12), { maxLength: 4 }),
      trash: fc.array(
        fc.record({ at: fc.nat(maxImages + 12), overTarget: fc.boolean(), place: fc.nat(40) }),
        { maxLength: 8 },
      ),
      dangling: fc.array(
        fc.record({ image: fc.nat(40), pinned: fc.boolean(), why: fc.constantFrom('missing', 'repeated') }),
        { maxLength: 4 },
      ),
    })
    .map(({ contents, set, orphans, trash, dangling }) => {
      const at = (index: number): Content => {
        const slot = index % contents.length;
        return { ...contents[slot]!, digest: `digest-${slot}` };
      };
      return withDuplicates({
        actor: '0042',
        type: 'lead',
        labels: {},
        images: set.map((item, entry) => ({
          ...imageOf(`images/${entry}.png`, at(item.at), item.pinned),
          entry,
          generated: item.generated,
          ...(item.generated && item.prompt > 0 ? { promptNumber: item.prompt } : {}),
        })),
        dangling: dangling.map(({ image, ...rest }, index) => ({
          image: `gone/${image}.png`,
          entry: set.length + index,
          ...rest,
        })),
        orphans: orphans.map((index, n) => imageOf(`orphans/${n}.png`, at(index), false)),
        trash: trash.map((item, n) => {
          const { digest, category, quality, rejected, state } = at(item.at);
          const restorable = item.overTarget && !rejected && state === 'usable';
          return { id: `t${n}`, image: `images/${item.place}.png`, digest, category, quality, restorable };
        }),
        problems: [],
      });
    });
}

function imageOf(image: string, content: Content, pinned: boolean): ObservedImage {
  const { digest, state, category, quality, confidence } = content;
  const base = { image, digest, pinned, generated: false };
  const rejected = content.rejected ? { rejected: 'blurred' } : {};
  if (state === 'unknown' || state === 'unreadable') return { ...base, state, ...rejected };
  return { ...base, state: content.rejected ? 'usable' : state, category, quality, confidence, ...rejected };
}

export function anyWorld(): fc.Arbitrary<World> {
  return fc.record({ observation: anyObservation(), target: anyTarget() });
}
