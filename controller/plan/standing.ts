import type { Observation, ObservedImage, TrashedImage } from '../observation/observation.ts';
import type { CategoryTarget, Target } from '../spec/target.ts';
import {
  compareForAdmission,
  compareForDeletion,
  isDeletable,
  isJudged,
  type JudgedImage,
} from './select.ts';
import { type Band, toleranceBand } from './tolerance.ts';

/** One category of one actor on its way to a decision. */
export interface Standing {
  readonly target: CategoryTarget;
  readonly band: Band;
  /** Images of the set that count for it, bad or good. */
  readonly members: number;
  /** Members that go whatever the counts say: rejected, or below the quality minimum. */
  readonly condemned: readonly JudgedImage[];
  /** Members that stay unless they are too many. */
  readonly kept: number;
  /** The kept ones that may go, in the order in which they would. */
  readonly deletable: readonly JudgedImage[];
  /** Kept although bad, because a pin or doubt protects them. */
  readonly spared: readonly JudgedImage[];
  /** Free ways to have one more, in the order in which they are used. */
  readonly admissible: readonly Admissible[];
}

export type Admissible =
  | { readonly kind: 'adopt'; readonly image: JudgedImage }
  | { readonly kind: 'restore'; readonly image: RatedTrash };

type RatedTrash = TrashedImage & { readonly quality: number };

/** Sorts an actor's images into the categories of its target, in the order of the taxonomy. */
export function openStandings(target: Target, observation: Observation): Standing[] {
  const byCategory = Map.groupBy(observation.images.filter(isJudged), (image) => image.category);
  const free = Map.groupBy(
    [...adoptable(observation), ...restorable(observation)].filter(
      ({ image }) => !isBad(image, target.qualityMinimum),
    ),
    ({ image }) => image.category,
  );
  return target.categories.map((category) => {
    const members = byCategory.get(category.name) ?? [];
    const { bad = [], good = [] } = Object.groupBy(members, (image) =>
      isBad(image, target.qualityMinimum) ? 'bad' : 'good',
    );
    const condemned = bad.filter(isDeletable).sort(compareForDeletion);
    return {
      target: observation.baseless === true ? { ...category, prompts: [] } : category,
      band: toleranceBand(target, category),
      members: members.length,
      condemned,
      kept: members.length - condemned.length,
      deletable: good.filter(isDeletable).sort(compareForDeletion),
      spared: bad.filter((image) => !isDeletable(image)).sort(compareForDeletion),
      admissible: free.get(category.name) ?? [],
    };
  });
}

function isBad(
  image: { readonly quality?: number; readonly rejected?: string },
  minimum: number | undefined,
): boolean {
  return image.rejected !== undefined || (minimum !== undefined && (image.quality ?? 0) < minimum);
}

/** Orphans that could join the set, best first: surely judged, and not a copy of what is there. */
function adoptable({ images, orphans }: Observation): Admissible[] {
  if (orphans.length === 0) return [];
  const present = new Set(images.map((image) => image.digest));
  return orphans
    .filter((image): image is JudgedImage & ObservedImage => image.state === 'usable' && isJudged(image))
    .filter((image) => image.duplicateOf === undefined && !present.has(image.digest))
    .sort(compareForAdmission)
    .map((image) => ({ kind: 'adopt', image }));
}

/**
 * Images that could come back from the trash, best first, each content once and not if it is there already. Where they were may be taken,
 * by what the same plan deletes even: an image whose place is taken comes back beside it.
 */
function restorable({ images, orphans, trash }: Observation): Admissible[] {
  if (trash.length === 0) return [];
  const contents = new Set([...images, ...orphans].map(({ digest }) => digest));
  return trash
    .filter((image): image is RatedTrash => image.restorable && image.quality !== undefined)
    .sort((a, b) => compareForAdmission(a, b) || compareForAdmission({ image: a.id }, { image: b.id }))
    .filter(({ digest }) => !contents.has(digest) && contents.add(digest))
    .map((image) => ({ kind: 'restore', image }));
}
