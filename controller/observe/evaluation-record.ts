import { imageNumbers } from '../observation/image-numbers.ts';
import type { Observation, ObservedImage } from '../observation/observation.ts';
import { type Cell, renderContactSheets } from '../picture/contact-sheet.ts';
import type { ActorRecord } from '../records/actor-record.ts';
import type { Inspection } from './inspect-images.ts';
import type { ObservingActor } from './observing.ts';

/** What an evaluator said of an actor's images, for people and scripts: `evaluations/<id>_evaluation.json`. */
export interface EvaluationFile {
  readonly formatVersion: '1.0';
  readonly actor: string;
  readonly evaluator: string;
  /** RFC 3339. */
  readonly evaluatedAt: string;
  /** Contact sheets beside this file, in order. */
  readonly sheets: readonly string[];
  readonly images: readonly EvaluatedImage[];
  /** Images of the training set by category. */
  readonly distribution: Readonly<Record<string, number>>;
  readonly analysis?: string;
}

interface EvaluatedImage
  extends Pick<
    ObservedImage,
    'image' | 'state' | 'digest' | 'category' | 'quality' | 'confidence' | 'judgedBy'
  > {
  /** Its number on the contact sheets. */
  readonly number: number;
  /** False for an orphan. */
  readonly inSet: boolean;
  readonly note?: string;
}

/** Draws the contact sheets of an actor and writes its evaluation record. Tiles of known pictures come from the thumbnail cache. */
export async function saveEvaluation(
  observing: ObservingActor,
  observation: Observation,
  record: ActorRecord,
  {
    inspections,
    analysis,
  }: { readonly inspections: readonly Inspection[]; readonly analysis: string | undefined },
  signal?: AbortSignal,
): Promise<void> {
  const { thumbnails, memory, state, clock, evaluator } = observing;
  const numbers = imageNumbers(observation);
  const images = [...observation.images, ...observation.orphans].filter((image) => numbers.has(image.image));
  const fresh = new Map(inspections.map((inspection) => [inspection.digest, inspection.fresh?.tile]));
  const verdicts = record.evaluations[evaluator.id] ?? {};
  for (const [digest, tile] of fresh)
    if (digest !== undefined && tile !== undefined)
      memory.remember(digest, record.pictures[digest]!, evaluator.id, verdicts[digest]);
  const cells = await Promise.all(
    images.map(async ({ image, digest }): Promise<Cell> => {
      const known = digest === undefined ? undefined : fresh.get(digest);
      const kept = async (name: string) => await thumbnails.get(name, record.pictures[name], signal);
      const tile = known ?? (digest === undefined ? undefined : await kept(digest));
      return { number: numbers.get(image)!, tile };
    }),
  );
  const sheets = await renderContactSheets(cells, {
    thumbnail: observing.thumbnail,
    columns: observing.columns,
  });
  const names = sheets.map(
    (_, index) => `${observation.actor}_composite${index === 0 ? '' : `_${index + 1}`}.jpg`,
  );
  await Promise.all(
    sheets.map((bytes, index) => state.writeBlob(`evaluations/${names[index]}`, bytes, 'image/jpeg', signal)),
  );

  const file: EvaluationFile = {
    formatVersion: '1.0',
    actor: observation.actor,
    evaluator: evaluator.id,
    evaluatedAt: new Date(clock.now()).toISOString(),
    sheets: names,
    images: images.map((image) =>
      describe(image, numbers.get(image.image)!, verdicts[image.digest ?? '']?.note),
    ),
    distribution: countCategories(observation.images),
    ...(analysis === undefined ? {} : { analysis }),
  };
  await state.write(`evaluations/${observation.actor}_evaluation.json`, file, undefined, signal);
}

function describe(image: ObservedImage, number: number, note: string | undefined): EvaluatedImage {
  const { image: where, state, digest, category, quality, confidence, judgedBy, entry } = image;
  return {
    number,
    image: where,
    inSet: entry !== undefined,
    state,
    ...(digest === undefined ? {} : { digest }),
    ...(category === undefined ? {} : { category }),
    ...(quality === undefined ? {} : { quality }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(judgedBy === undefined ? {} : { judgedBy }),
    ...(note === undefined ? {} : { note }),
  };
}

export function countCategories(images: readonly ObservedImage[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { category } of images)
    if (category !== undefined) counts[category] = (counts[category] ?? 0) + 1;
  return counts;
}
