import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Observation, ObservedImage } from '../../controller/observation/observation.ts';
import type { ActorPlan } from '../../controller/plan/plan.ts';
import { planActor } from '../../controller/plan/planner.ts';
import type { Target } from '../../controller/spec/target.ts';
import { modelApply } from '../support/model-apply.ts';
import { anyWorld, POLICY } from '../support/plan-arbitraries.ts';

/** `FC_RUNS=10000` for a long search. */
const RUNS = { numRuns: Number(process.env.FC_RUNS ?? 250) };

describe('a plan, whatever the world', () => {
  test('is the same in whatever order things are listed', () => {
    fc.assert(
      fc.property(
        anyWorld(),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        ({ observation, target }, order) => {
          const shuffled: Observation = {
            ...observation,
            images: shuffle(observation.images, order),
            dangling: shuffle(observation.dangling, order),
            orphans: shuffle(observation.orphans, order),
            trash: shuffle(observation.trash, order),
            problems: shuffle(observation.problems, order),
          };
          expect(plan(target, shuffled)).toEqual(plan(target, observation));
        },
      ),
      RUNS,
    );
  });

  test('is empty after it was applied', () => {
    fc.assert(
      fc.property(anyWorld(), ({ observation, target }) => {
        const first = plan(target, observation);
        const after = modelApply(observation, first, target.qualityMinimum);
        const second = plan(target, after);
        expect(second.actions).toEqual([]);
        expect(second.total.before).toBe(first.total.after);
        expect(second.categories.map(({ before }) => before)).toEqual(
          first.categories.map(({ after }) => after),
        );
        if (first.status === 'changes') expect(second.status).toBe('balanced');
      }),
      RUNS,
    );
  });

  test('adds up', () => {
    fc.assert(
      fc.property(anyWorld(), ({ observation, target }) => {
        const { categories, actions, total } = plan(target, observation);
        for (const { category, before, after } of categories) {
          const change = actions
            .filter((action) => 'category' in action && action.category === category)
            .reduce((sum, { kind }) => sum + (kind === 'delete' ? -1 : 1), 0);
          expect(after).toBe(before + change);
        }
        const [before, after] = [sum(categories.map((c) => c.before)), sum(categories.map((c) => c.after))];
        expect(total.after - after).toBe(total.before - before);
        expect(sum(categories.map((c) => c.target))).toBe(total.target);
      }),
      RUNS,
    );
  });

  test('deletes only what is surely known, not pinned and in the set, each once', () => {
    fc.assert(
      fc.property(anyWorld(), ({ observation, target }) => {
        const named = new Map(observation.images.map((image) => [image.image, image]));
        const deleted = deletedBy(plan(target, observation));
        for (const image of deleted)
          expect(named.get(image)).toMatchObject({ state: 'usable', pinned: false });
        expect(new Set(deleted).size).toBe(deleted.length);
      }),
      RUNS,
    );
  });

  test('deletes nothing of a category that is not over its target while images are unknown, unless it is bad', () => {
    fc.assert(
      fc.property(anyWorld(), ({ observation, target }) => {
        const result = plan(target, observation);
        fc.pre(result.unknown > 0);
        for (const action of result.actions) {
          if (action.kind !== 'delete' || action.reason !== 'over-target') continue;
          const counts = result.categories.find(({ category }) => category === action.category)!;
          expect(counts.after).toBeGreaterThanOrEqual(counts.target);
        }
      }),
      RUNS,
    );
  });

  test('forgets no pinned entry', () => {
    fc.assert(
      fc.property(anyWorld(), ({ observation, target }) => {
        const pinned = new Set(
          observation.dangling.filter((entry) => entry.pinned).map(({ image }) => image),
        );
        for (const action of plan(target, observation).actions) {
          if (action.kind === 'forget') expect(pinned).not.toContain(action.image);
        }
      }),
      RUNS,
    );
  });

  test('does not delete a kept image for becoming better', () => {
    fc.assert(
      fc.property(
        anyWorld(),
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        ({ observation, target }, pick, by) => {
          const gone = new Set(deletedBy(plan(target, observation)));
          const kept = observation.images.filter(
            ({ image, quality }) => quality !== undefined && !gone.has(image),
          );
          fc.pre(kept.length > 0);
          const chosen = kept[pick % kept.length]!;
          const better = (image: ObservedImage) =>
            image.image === chosen.image ? { ...image, quality: Math.min(10, image.quality! + by) } : image;
          const again = plan(target, { ...observation, images: observation.images.map(better) });
          expect(deletedBy(again)).not.toContain(chosen.image);
        },
      ),
      RUNS,
    );
  });

  test('deletes the worst of a category, and never a better one before a worse one', () => {
    fc.assert(
      fc.property(anyWorld(), ({ observation, target }) => {
        const result = plan(target, observation);
        const gone = new Set(deletedBy(result));
        for (const { category } of target.categories.map(({ name }) => ({ category: name }))) {
          const candidates = observation.images.filter(
            (i) => i.category === category && i.state === 'usable' && !i.pinned,
          );
          const worstKept = Math.min(...candidates.filter((i) => !gone.has(i.image)).map((i) => i.quality!));
          const excess = candidates.filter((i) => gone.has(i.image) && i.rejected === undefined);
          for (const image of excess) expect(image.quality!).toBeLessThanOrEqual(worstKept);
        }
      }),
      RUNS,
    );
  });

  test('pays for a picture only when nothing free would do', () => {
    fc.assert(
      fc.property(anyWorld(), ({ observation, target }) => {
        const { actions } = plan(target, observation);
        const taken = new Set(
          actions.flatMap((a) => (a.kind === 'adopt' || a.kind === 'restore' ? [a.digest] : [])),
        );
        const present = new Set([...observation.images, ...observation.orphans].map(({ digest }) => digest));
        const places = new Set(
          [...observation.images, ...observation.orphans, ...actions].map((i) =>
            'image' in i ? i.image : '',
          ),
        );
        for (const action of actions) {
          if (action.kind !== 'generate') continue;
          const idle = observation.trash.filter(
            ({ restorable, category, digest, quality, image }) =>
              restorable &&
              category === action.category &&
              !present.has(digest) &&
              !taken.has(digest) &&
              !places.has(image) &&
              quality! >= (target.qualityMinimum ?? 0),
          );
          expect(idle).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  test('asks for different prompts before any repeats, with different seeds', () => {
    fc.assert(
      fc.property(anyWorld(), ({ observation, target }) => {
        const result = plan(target, observation);
        const after = modelApply(observation, result, target.qualityMinimum);
        const orders = result.actions.filter((action) => action.kind === 'generate');
        const seeds = orders.flatMap(({ attempts }) => attempts.map(({ seed }) => seed));
        expect(new Set(seeds).size).toBe(seeds.length);
        for (const { name, prompts } of target.categories) {
          const asked = orders
            .filter(({ category }) => category === name)
            .map(({ attempts }) => attempts[0]!.promptNumber);
          const uses = prompts.map(
            ({ number }) => after.images.filter((i) => i.promptNumber === number).length,
          );
          for (const number of new Set(asked)) {
            const use = after.images.filter((i) => i.promptNumber === number).length;
            expect(use - Math.min(...uses)).toBeLessThanOrEqual(1);
          }
        }
      }),
      RUNS,
    );
  });

  test('says so when the target stays out of reach, and only then', () => {
    fc.assert(
      fc.property(anyWorld(), ({ observation, target }) => {
        const result = plan(target, observation);
        const codes = result.notes.map(({ code }) => code);
        const why = [
          'protected-excess',
          'no-prompts',
          'total-unreachable',
          'total-short',
          'foreign-category',
        ];
        if (result.status === 'unreachable') expect(why.some((code) => codes.includes(code))).toBe(true);
        if (result.status === 'balanced' || result.status === 'changes')
          expect(result.total.after).toBe(target.total);
      }),
      RUNS,
    );
  });
});

function plan(target: Target, observation: Observation): ActorPlan {
  return planActor(target, observation, POLICY);
}

function deletedBy({ actions }: ActorPlan): string[] {
  return actions.flatMap((action) => (action.kind === 'delete' ? [action.image] : []));
}

function shuffle<T>(items: readonly T[], order: Iterator<number>): T[] {
  return items
    .map((item) => ({ item, key: order.next().value as number }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
