import type { WrittenEntry } from '../library/entry-list.ts';
import { fingerprint } from '../observation/fingerprint.ts';
import { imageNumbers } from '../observation/image-numbers.ts';
import type { Observation, ObservedImage } from '../observation/observation.ts';
import { digestOf } from '../spec/canonical.ts';
import { NO_COST } from './cost.ts';
import type { Action, ActorPlan, PlanNote } from './plan.ts';
import { isJudged } from './select.ts';

/** An entry that was dropped from the manifest, and where it stood. */
export interface ForgottenEntry {
  readonly image: string;
  readonly entry: unknown;
  readonly index: number;
  readonly written?: WrittenEntry;
  readonly repeats?: true;
}

/** What a run did to one actor, as far as it can still be told. */
export interface RunEffects {
  readonly run: string;
  /** Images that it generated. */
  readonly generated: ReadonlySet<string>;
  /** Images that it took in or brought back. */
  readonly admitted: ReadonlySet<string>;
  /** Images that it brought back from the trash. */
  readonly restored: ReadonlySet<string>;
  /** Ids of the trash records of images that it deleted. */
  readonly trashed: ReadonlySet<string>;
  /** Entries that it dropped from the manifest. */
  readonly forgotten: readonly ForgottenEntry[];
}

/** An action before it has an id. */
type Draft = Action extends infer A ? (A extends Action ? Omit<A, 'id'> : never) : never;

/**
 * Plans the undoing of a run for one actor: what it deleted comes back, what it made or brought back goes to the trash, what it took in
 * is let go, what it dropped is entered again. What cannot be undone any more is noted. Pure, and costs nothing.
 */
export function planRollback(effects: RunEffects, observation: Observation): ActorPlan {
  const seen = fingerprint(observation);
  const numbers = imageNumbers(observation);
  const notes: PlanNote[] = [];
  const drafts: Draft[] = [
    ...observation.images.filter((image) => effects.admitted.has(image.image)).map(letGo),
    ...effects.forgotten.map(enterAgain),
    ...observation.trash.filter((item) => effects.trashed.has(item.id)).map(bringBack),
    ...observation.images
      .filter((image) => effects.generated.has(image.image) || effects.restored.has(image.image))
      .flatMap((image) => takeOut(image, numbers.get(image.image) ?? 0, notes)),
  ];
  const found = new Set(observation.trash.map((item) => item.id));
  for (const id of effects.trashed) {
    if (!found.has(id))
      notes.push({
        code: 'not-in-trash',
        message: `${id} is not in the trash any more: it was restored, or its retention has ended.`,
      });
  }
  const actions = drafts.map(
    (draft, index) =>
      ({ id: `${draft.kind}-${digestOf([seen, draft, index]).slice(0, 12)}`, ...draft }) as Action,
  );
  const change = (kinds: readonly Action['kind'][]) =>
    actions.filter((action) => kinds.includes(action.kind)).length;
  const before = observation.images.length;
  return {
    actor: observation.actor,
    ...(observation.name === undefined ? {} : { name: observation.name }),
    type: observation.type,
    status: actions.length > 0 ? 'changes' : 'balanced',
    fingerprint: seen,
    total: { before, target: before, after: before + change(['restore']) - change(['delete', 'forget']) },
    categories: [],
    unknown: 0,
    unreadable: 0,
    actions,
    notes,
    cost: NO_COST,
  };
}

function letGo({ image }: ObservedImage): Draft {
  return { kind: 'forget', reason: 'rollback', image, entries: 'all' };
}

function enterAgain(forgotten: ForgottenEntry): Draft {
  return { kind: 'adopt', reason: 'rollback', digest: '', category: '', quality: 1, ...forgotten };
}

function bringBack(item: Observation['trash'][number]): Draft {
  return {
    kind: 'restore',
    reason: 'rollback',
    trashId: item.id,
    image: item.image,
    digest: item.digest,
    category: item.category ?? '',
    quality: item.quality ?? 1,
  };
}

function takeOut(image: ObservedImage, number: number, notes: PlanNote[]): Draft[] {
  if (image.pinned) {
    notes.push({
      code: 'pinned',
      image: image.image,
      message: `${image.image} has been pinned since; it stays.`,
    });
    return [];
  }
  if (image.digest === undefined) {
    notes.push({ code: 'unknown', image: image.image, message: `${image.image} cannot be read; it stays.` });
    return [];
  }
  const facts = isJudged(image)
    ? { category: image.category, quality: image.quality }
    : { category: '', quality: 1 };
  return [{ kind: 'delete', reason: 'rollback', image: image.image, digest: image.digest, number, ...facts }];
}
