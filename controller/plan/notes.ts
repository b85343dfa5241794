import type { Observation, ObservedImage } from '../observation/observation.ts';
import { suspensionText } from '../spec/suspend.ts';
import type { Target } from '../spec/target.ts';
import { type Held, isReached, protectedCount } from './decide-counts.ts';
import type { PlanNote } from './plan.ts';
import { compareText, isJudged, type JudgedImage } from './select.ts';
import type { Standing } from './standing.ts';

/** What a person should know about an actor's plan: what was odd about its images, and what stays out of reach and why. */
export function notesOn(
  target: Target,
  observation: Observation,
  standings: readonly Standing[],
  counts: readonly number[],
  held: Held,
): PlanNote[] {
  return [
    ...observation.problems.map(({ code, image, message }) => note(code, message, image)).sort(byImage),
    ...observation.dangling
      .filter(({ pinned }) => pinned)
      .map(({ image }) => keptEntry(image))
      .sort(byImage),
    ...foreignImages(target, observation)
      .map((image) => foreign(image, target))
      .sort(byImage),
    ...observation.images.flatMap(borrowed).sort(byImage),
    ...standings.flatMap(spared),
    ...(isReached(target, standings, counts, held)
      ? []
      : standings.flatMap((standing, index) =>
          outOfReach(standing, counts[index]!, observation.baseless === true),
        )),
    ...totals(target, standings, counts, held),
    ...(target.suspended === undefined
      ? []
      : [note('suspended', `Suspended: ${suspensionText(target.suspended)}`)]),
  ];
}

/** Images whose category the target does not mention. */
export function foreignImages({ categories }: Target, { images }: Observation): JudgedImage[] {
  const known = new Set(categories.map(({ name }) => name));
  return images.filter(isJudged).filter(({ category }) => !known.has(category));
}

function keptEntry(image: string): PlanNote {
  return note(
    'pinned-entry',
    `${image}: its manifest entry is pinned and stays, though no object of its own is behind it. Put the object back or unpin it.`,
    image,
  );
}

function foreign({ image, category }: JudgedImage, { distribution }: Target): PlanNote {
  const message = `${image} is of category "${category}", which distribution "${distribution}" does not mention; it is kept and holds a slot.`;
  return note('foreign-category', message, image);
}

function spared({ spared }: Standing): PlanNote[] {
  return spared.map(({ image, rejected, pinned, needed }) => {
    const fault = rejected === undefined ? 'is below the quality minimum' : 'was rejected';
    return note(
      'protected-image',
      `${image} ${fault}, but stays: it is ${pinned ? 'pinned' : needed === undefined ? 'uncertain' : NEEDED[needed]}.`,
      image,
    );
  });
}

/** Why an image that is needed elsewhere is never deleted. */
const NEEDED = {
  'base-image': "the actor's base image",
  'other-actor': "in another actor's folder",
} as const;

/** A base image in the set is ordinary; another actor's picture is worth a word. */
function borrowed({ image, needed }: ObservedImage): PlanNote[] {
  if (needed !== 'other-actor') return [];
  const message = `${image} is ${NEEDED[needed]}: it counts, but is never deleted. To be rid of it, take its entry out of the training manifest.`;
  return [note('borrowed-image', message, image)];
}

function outOfReach(standing: Standing, count: number, baseless: boolean): PlanNote[] {
  const { name, count: wanted, prompts } = standing.target;
  const fixed = protectedCount(standing);
  const notes: PlanNote[] = [];
  if (fixed > wanted) {
    const message = `${images(fixed)} of "${name}" ${fixed === 1 ? 'is' : 'are'} pinned, uncertain or needed elsewhere, more than its target of ${wanted}. Unpin or relabel some, or raise the target.`;
    notes.push(note('protected-excess', message));
  }
  if (count < wanted && baseless) {
    const message = `"${name}" would have ${images(count)}; its target is ${wanted}, and the actor has no base image to generate more from. Set base_image in its actor manifest.`;
    notes.push(note('no-base-image', message));
  } else if (count < wanted && prompts.length === 0) {
    const message = `"${name}" would have ${images(count)}; its target is ${wanted}, and there is no prompt to generate more from. Add prompts of this category to the prompt library.`;
    notes.push(note('no-prompts', message));
  }
  return notes;
}

function totals(
  target: Target,
  standings: readonly Standing[],
  counts: readonly number[],
  { unknown, foreign }: Held,
): PlanNote[] {
  const notes: PlanNote[] = [];
  if (unknown > 0) {
    const message = `${images(unknown)} ${unknown === 1 ? 'is' : 'are'} not known well enough to be counted in a category: ${unknown === 1 ? 'it holds a slot' : 'they hold slots'}, and no category that is not over its target loses an image before ${unknown === 1 ? 'it is' : 'they are'} known.`;
    notes.push(note('unknown-images', message));
  }
  const fixed = sum(standings.map(protectedCount)) + unknown + foreign;
  if (fixed > target.total) {
    const message = `${images(fixed)} cannot be deleted (pinned, uncertain, unknown or of another category); the target is ${target.total}.`;
    notes.push(note('total-unreachable', message));
  }
  const after = sum(counts) + unknown + foreign;
  if (after < target.total) {
    const message = `The set would have ${images(after)}; its target is ${target.total}, and nothing can be generated for what is missing.`;
    notes.push(note('total-short', message));
  }
  return notes;
}

function note(code: string, message: string, image?: string): PlanNote {
  return { code, message, ...(image === undefined ? {} : { image }) };
}

function byImage(a: PlanNote, b: PlanNote): number {
  return (
    compareText(a.image ?? '', b.image ?? '') ||
    compareText(a.code, b.code) ||
    compareText(a.message, b.message)
  );
}

function images(count: number): string {
  return count === 1 ? '1 image' : `${count} images`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
