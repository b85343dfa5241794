import { createHash } from 'node:crypto';
import type {
  DanglingEntry,
  Observation,
  ObservedImage,
  TrashedImage,
} from '../../controller/observation/observation.ts';
import type { Action, ActorPlan } from '../../controller/plan/plan.ts';

/**
 * What an apply in which everything succeeds leaves behind, as a pure function: the observation that the next plan would see. Generated
 * pictures are accepted, which means of the right category and of at least the quality minimum.
 */
export function modelApply(observation: Observation, plan: ActorPlan, qualityMinimum = 1): Observation {
  return withDuplicates(
    plan.actions.reduce((now, action) => applyAction(now, action, qualityMinimum), observation),
  );
}

function applyAction(now: Observation, action: Action, qualityMinimum: number): Observation {
  switch (action.kind) {
    case 'forget':
      return { ...now, dangling: now.dangling.filter((entry) => !isForgotten(entry, action)) };
    case 'adopt': {
      const orphan = now.orphans.find(({ image }) => image === action.image)!;
      return {
        ...now,
        orphans: now.orphans.filter((image) => image !== orphan),
        images: appended(now, orphan),
      };
    }
    case 'restore': {
      const { promptNumber } = now.trash.find(({ id }) => id === action.trashId)!;
      return {
        ...now,
        trash: now.trash.filter(({ id }) => id !== action.trashId),
        images: appended(now, {
          ...usable({ ...action, image: freePlace(now, action) }),
          ...(promptNumber === undefined ? {} : { promptNumber }),
        }),
      };
    }
    case 'generate': {
      const image = `generated/${action.id}.png`;
      const digest = createHash('sha256').update(image).digest('hex');
      const facts = { image, digest, category: action.category, quality: Math.max(qualityMinimum, 7) };
      const made = { ...usable(facts), generated: true, promptNumber: action.attempts[0]!.promptNumber };
      return { ...now, images: appended(now, made) };
    }
    case 'delete': {
      const gone = now.images.find(({ image }) => image === action.image)!;
      return {
        ...now,
        images: now.images.filter((image) => image !== gone),
        trash: [...now.trash, trashed(action, gone)],
      };
    }
  }
}

function isForgotten(
  entry: DanglingEntry,
  action: { readonly image: string; readonly entries: 'all' | 'repeats' },
): boolean {
  return entry.image === action.image && (action.entries === 'all' || entry.why === 'repeated');
}

/** Where an image from the trash goes: home, or beside what is there by now. */
function freePlace(
  { images, orphans }: Observation,
  { image, digest }: Action & { kind: 'restore' },
): string {
  const isTaken = [...images, ...orphans].some((other) => other.image === image);
  return isTaken ? `${image}-${digest}` : image;
}

function trashed(action: Action & { kind: 'delete' }, { promptNumber }: ObservedImage): TrashedImage {
  const { image, digest, category, quality } = action;
  const prompt = promptNumber === undefined ? {} : { promptNumber };
  return {
    id: `trash-${action.id}`,
    image,
    digest,
    category,
    quality,
    restorable: action.reason === 'over-target',
    ...prompt,
  };
}

function usable(facts: Pick<ObservedImage, 'image' | 'digest' | 'category' | 'quality'>): ObservedImage {
  const { image, digest, category, quality } = facts;
  return {
    image,
    digest: digest!,
    category: category!,
    quality: quality!,
    state: 'usable',
    confidence: 1,
    pinned: false,
    generated: false,
  };
}

function appended({ images, dangling }: Observation, image: ObservedImage): ObservedImage[] {
  const last = Math.max(-1, ...[...images, ...dangling].map(({ entry }) => entry ?? -1));
  return [...images, { ...image, entry: last + 1 }];
}

/** Marks every copy of a content but the first, as an observation does. */
export function withDuplicates(observation: Observation): Observation {
  const firsts = new Map<string, string>();
  const mark = ({ duplicateOf: _, ...image }: ObservedImage): ObservedImage => {
    const first = image.digest === undefined ? undefined : firsts.get(image.digest);
    if (image.digest !== undefined && first === undefined) firsts.set(image.digest, image.image);
    return first === undefined ? image : { ...image, duplicateOf: first };
  };
  return { ...observation, images: observation.images.map(mark), orphans: observation.orphans.map(mark) };
}
