import { imageNumbers } from '../observation/image-numbers.ts';
import type { DanglingEntry, Observation } from '../observation/observation.ts';
import { digestOf } from '../spec/canonical.ts';
import type { CategoryTarget } from '../spec/target.ts';
import type { Action } from './plan.ts';
import { choosePrompts, type PromptRequest } from './prompts.ts';
import { compareText, type JudgedImage } from './select.ts';
import type { Standing } from './standing.ts';

/** An action before it has an id. */
type Draft = Action extends infer A ? (A extends Action ? Omit<A, 'id'> : never) : never;

export interface GenerationTerms {
  /** US dollars an attempt; undefined when nobody has written it down. */
  readonly generationUsd: number | undefined;
  /** Attempts for each picture. */
  readonly maxAttempts: number;
}

/** Where an actor is to end. */
export interface Decision {
  readonly observation: Observation;
  /** Fingerprint of the observation; ids and seeds derive from it. */
  readonly seen: string;
  readonly standings: readonly Standing[];
  /** The count to end at, for each standing. */
  readonly counts: readonly number[];
}

/** The actions that carry out a decision, in the order of an apply: first what is free and safe, deletes last. */
export function draftActions(
  { observation, seen, standings, counts }: Decision,
  terms: GenerationTerms,
): Action[] {
  const admitted = standings.map(({ admissible, kept }, index) =>
    admissible.slice(0, Math.max(0, counts[index]! - kept)),
  );
  const leaving = standings.map(({ deletable, kept }, index) =>
    deletable.slice(0, Math.max(0, kept - counts[index]!)),
  );
  const staying = stayingPrompts(observation, standings, leaving.flat(), admitted.flat());
  const drafts: Draft[] = [
    ...forgets(observation.dangling),
    ...admitted
      .flat()
      .filter(({ kind }) => kind === 'adopt')
      .map(admission),
    ...admitted
      .flat()
      .filter(({ kind }) => kind === 'restore')
      .map(admission),
    ...standings.flatMap((standing, index) => {
      const missing = counts[index]! - standing.kept - standing.admissible.length;
      return generations(standing.target, missing, terms, {
        actor: observation.actor,
        used: staying,
        salt: seen,
      });
    }),
    ...deletions(observation, standings, leaving),
  ];
  return drafts.map((draft, index): Action => ({ id: actionId(seen, draft, index), ...draft }));
}

/** Dead entries, one action an image. An entry that is pinned stays: the pin would be lost with it. */
function forgets(dangling: readonly DanglingEntry[]): Draft[] {
  return [...Map.groupBy(dangling, ({ image }) => image)]
    .filter(([, entries]) => !entries.some(({ pinned }) => pinned))
    .sort(([a], [b]) => compareText(a, b))
    .map(([image, entries]) =>
      entries.some(({ why }) => why === 'missing')
        ? { kind: 'forget', reason: 'object-missing', image, entries: 'all' }
        : { kind: 'forget', reason: 'entry-repeated', image, entries: 'repeats' },
    );
}

function admission({ kind, image }: Standing['admissible'][number]): Draft {
  const facts = {
    reason: 'under-target',
    image: image.image,
    digest: image.digest,
    category: image.category!,
    quality: image.quality,
  } as const;
  return kind === 'adopt' ? { kind, ...facts } : { kind, trashId: image.id, ...facts };
}

function generations(
  { name: category, prompts }: CategoryTarget,
  missing: number,
  { maxAttempts, generationUsd }: GenerationTerms,
  context: Pick<PromptRequest, 'actor' | 'used' | 'salt'>,
): Draft[] {
  if (missing <= 0) return [];
  const price = generationUsd === undefined ? {} : { priceUsd: generationUsd };
  const orders = choosePrompts({ ...context, category, prompts, count: missing, attempts: maxAttempts });
  return orders.map((attempts) => ({
    kind: 'generate',
    reason: 'under-target',
    category,
    attempts,
    ...price,
  }));
}

function deletions(
  observation: Observation,
  standings: readonly Standing[],
  leaving: readonly (readonly JudgedImage[])[],
): Draft[] {
  const gone = standings.flatMap(({ condemned }, index) => [
    ...condemned.map(
      (image) =>
        ({ image, reason: image.rejected === undefined ? 'below-quality-minimum' : 'rejected' }) as const,
    ),
    ...leaving[index]!.map((image) => ({ image, reason: 'over-target' }) as const),
  ]);
  if (gone.length === 0) return [];
  const numbers = imageNumbers(observation);
  return gone.map(({ reason, image: { image, digest, category, quality } }) => {
    return { kind: 'delete', reason, image, number: numbers.get(image)!, digest, category, quality };
  });
}

/** How often each prompt occurs among the images that will still be there. */
function stayingPrompts(
  observation: Observation,
  standings: readonly Standing[],
  leaving: readonly JudgedImage[],
  admitted: Standing['admissible'],
): Map<number, number> {
  const gone = new Set(
    [...standings.flatMap(({ condemned }) => condemned), ...leaving].map(({ image }) => image),
  );
  const staying = [
    ...observation.images.filter(({ image }) => !gone.has(image)),
    ...admitted.map(({ image }) => image),
  ];
  const used = new Map<number, number>();
  for (const { promptNumber } of staying) {
    if (promptNumber !== undefined) used.set(promptNumber, (used.get(promptNumber) ?? 0) + 1);
  }
  return used;
}

/** The number is for people and depends on how the manifest is ordered; the id does not. */
function actionId(seen: string, draft: Draft, index: number): string {
  const { number: _number, ...facts } = { number: 0, ...draft };
  return `${draft.kind}-${digestOf([seen, facts, index]).slice(0, 12)}`;
}
