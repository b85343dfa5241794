import { isCallsheetError } from '../diagnostics/errors.ts';
import type { Actor } from '../library/actor-manifest.ts';
import type { ManifestEntry } from '../library/training-manifest.ts';
import { joinObservation } from '../observation/join.ts';
import type { Observation } from '../observation/observation.ts';
import type { Raster } from '../picture/raster.ts';
import type { ActorRecord, EvaluationRecord, PictureRecord } from '../records/actor-record.ts';
import { type ReadRecord, writeActorRecord } from '../records/actor-records.ts';
import { learnObjects, learnVerdicts } from '../records/learn.ts';
import type { ReadManifest } from './actor-files.ts';
import { confirmImages, evaluateImages, type Unjudged } from './evaluate-images.ts';
import { saveEvaluation } from './evaluation-record.ts';
import { type Inspection, inspectImage } from './inspect-images.ts';
import type { ListedObject } from './inventory.ts';
import { isRacy, type Lasting, lastingOf } from './lasting.ts';
import type { Observing, ObservingActor } from './observing.ts';
import { readSources, type Sources } from './sources.ts';

export interface ObserveOptions {
  /** `read-only`: nothing new is read, evaluated or written; what is not known stays unknown. */
  readonly mode: 'refresh' | 'read-only';
  /** Images to look at once more, alone, before they are deleted. */
  readonly confirm?: ReadonlySet<string>;
  /** Draw the contact sheet and write the evaluation record even when nothing is new. */
  readonly redraw?: boolean;
}

/** One actor as it is now, with everything that an apply needs to change exactly what was seen. */
export interface ActorView {
  readonly actor: Actor;
  readonly observation: Observation;
  readonly manifest: ReadManifest;
  readonly record: ReadRecord;
  /** Objects by canonical name. */
  readonly objects: ReadonlyMap<string, ListedObject>;
  /** Present when the next look at the same files would find the same, with nothing to read or to evaluate. */
  readonly lasting?: Lasting;
}

/** What was learnt this time. */
interface Lesson {
  readonly record: ActorRecord;
  readonly inspections: readonly Inspection[];
  /** Why an image stays unknown, by canonical name. */
  readonly failures: ReadonlyMap<string, string>;
  readonly evaluated: number;
  readonly analysis: string | undefined;
  readonly costUsd: number;
}

/** Stands for the revision of a file that was changed just now: no store has it, so that the next look that may read reads it again. */
const RACY = 'racy';

/**
 * Observes one actor: joins its manifest, its objects and what is remembered, and reads, decodes and evaluates only what is new or
 * has changed. Writes nothing but state, and that only when something was learnt.
 *
 * @throws CallsheetError when the actor cannot be observed at all; nothing is concluded from a failed read.
 */
export async function observeActor(
  observing: Observing,
  id: string,
  options: ObserveOptions,
  signal?: AbortSignal,
): Promise<ActorView> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await observeOnce(observing, id, options, signal);
    } catch (error) {
      // Somebody else learnt about this actor at the same time; what both learnt is the same, so look again and find it there.
      if (attempt < 4 && isCallsheetError(error, 'precondition-failed')) continue;
      throw error;
    }
  }
}

async function observeOnce(
  observing: Observing,
  id: string,
  options: ObserveOptions,
  signal?: AbortSignal,
): Promise<ActorView> {
  const startedMs = observing.clock.now();
  const sources = await readSources(observing, id, signal);
  const looking = { ...observing, evaluator: observing.evaluatorFor(sources.actor) };
  const lesson =
    options.mode === 'refresh' ? await study(looking, sources, options, startedMs, signal) : recall(sources);
  const observation = join(looking, sources, lesson);

  const { read, objects, actor, manifest } = sources;
  if (options.redraw === true || lesson.inspections.length > 0 || lesson.evaluated > 0) {
    await saveEvaluation(looking, observation, lesson.record, lesson, signal);
  }
  const record =
    lesson.record === read.record
      ? read
      : await writeActorRecord(observing.state, lesson.record, read.expected, signal);
  observing.report({
    type: 'actor-observed',
    actor: id,
    images: observation.images.length,
    read: lesson.inspections.length,
    evaluated: lesson.evaluated,
    costUsd: lesson.costUsd,
  });
  const lasting = lastingOf(sources, lesson, startedMs);
  return { actor, observation, manifest, record, objects, ...(lasting === undefined ? {} : { lasting }) };
}

/** Reads, decodes and evaluates what is not known yet. */
async function study(
  observing: ObservingActor,
  sources: Sources,
  options: ObserveOptions,
  startedMs: number,
  signal?: AbortSignal,
): Promise<Lesson> {
  const { read, objects } = sources;
  const changed = [...objects.values()].filter(
    ({ image, info }) => read.record.objects[image]?.revision !== info.revision,
  );
  const known = (digest: string) => read.record.pictures[digest] ?? observing.memory.picture(digest);
  const inspections = await Promise.all(
    changed.map((object) => observing.reads.add(() => inspectImage(observing, object, known, signal))),
  );
  const tiles = observing.thumbnails.keep(newTiles(inspections));
  const learnt = inspections.map(({ object, digest, picture }) => ({
    image: object.image,
    revision: isRacy(object.image, object.info.modifiedMs, startedMs) ? RACY : object.info.revision,
    ...(digest === undefined || picture === undefined
      ? {}
      : { digest, picture: withTile(picture, tiles.places.get(digest)) }),
  }));
  const record = learnObjects(read.record, learnt, new Set(objects.keys()));
  const { fresh, again, recalled } = findUnjudged(observing, sources, record, inspections, options);
  const [first] = await Promise.all([
    evaluateImages(observing, sources.actor.id, fresh, signal),
    tiles.write(signal),
  ]);
  const second = await confirmImages(observing, sources.actor.id, again, signal);
  const verdicts = new Map([...recalled, ...first.records, ...second.records]);
  const unread = inspections.flatMap(({ object, failure }) =>
    failure === undefined ? [] : [[object.image, failure] as const],
  );
  return {
    record: learnVerdicts(record, observing.evaluator.id, verdicts),
    inspections,
    failures: new Map([...sources.absences, ...unread, ...failuresByImage(record, first.failures)]),
    evaluated: verdicts.size - recalled.size,
    analysis: first.analysis,
    costUsd: first.costUsd + second.costUsd,
  };
}

/** By digest. */
function newTiles(inspections: readonly Inspection[]): Map<string, Raster> {
  return new Map(
    inspections.flatMap(({ digest, fresh }) =>
      digest === undefined || fresh === undefined ? [] : [[digest, fresh.tile] as const],
    ),
  );
}

function withTile(picture: PictureRecord, tile: string | undefined): PictureRecord {
  return tile === undefined || 'problem' in picture ? picture : { ...picture, tile };
}

/** Concludes from memory alone: an object that has changed since is unknown. */
function recall({ read, objects, absences }: Sources): Lesson {
  const failures = new Map(absences);
  for (const { image, info } of objects.values()) {
    const seen = read.record.objects[image];
    if (seen !== undefined && seen.revision !== info.revision && seen.revision !== RACY)
      failures.set(image, 'has changed since it was last looked at');
  }
  return { record: read.record, inspections: [], failures, evaluated: 0, analysis: undefined, costUsd: 0 };
}

/** Pictures without a verdict, and pictures whose verdict is to be confirmed; each content once. `recalled`: judged for another actor. */
function findUnjudged(
  observing: ObservingActor,
  { manifest, objects }: Sources,
  record: ActorRecord,
  inspections: readonly Inspection[],
  options: ObserveOptions,
): { fresh: Unjudged[]; again: Unjudged[]; recalled: Map<string, EvaluationRecord> } {
  const decoded = new Map(inspections.map((inspection) => [inspection.digest, inspection.fresh]));
  const verdicts = record.evaluations[observing.evaluator.id] ?? {};
  const fresh = new Map<string, Unjudged>();
  const again = new Map<string, Unjudged>();
  const recalled = new Map<string, EvaluationRecord>();
  numberImages(manifest.manifest.entries, objects).forEach((object, index) => {
    const digest = record.objects[object.image]?.digest;
    const picture = digest === undefined ? undefined : record.pictures[digest];
    if (digest === undefined || picture === undefined || 'problem' in picture) return;
    const unjudged = { number: index + 1, digest, object, picture, fresh: decoded.get(digest) };
    const elsewhere =
      verdicts[digest] === undefined ? observing.memory.verdict(digest, observing.evaluator.id) : undefined;
    if (elsewhere !== undefined) recalled.set(digest, elsewhere);
    const verdict = verdicts[digest] ?? elsewhere;
    if (verdict === undefined) fresh.set(digest, unjudged);
    else if (options.confirm?.has(object.image) === true && verdict.confirmed !== true)
      again.set(digest, unjudged);
  });
  return { fresh: [...fresh.values()], again: [...again.values()], recalled };
}

/** The order in which images are numbered on a contact sheet: as in the manifest, then orphans by name. */
function numberImages(
  entries: readonly ManifestEntry[],
  objects: ReadonlyMap<string, ListedObject>,
): ListedObject[] {
  const named = entries.map((entry) => entry.image).filter((image) => image !== undefined);
  const images = new Set([...named, ...[...objects.keys()].sort()]);
  return [...images].map((image) => objects.get(image)).filter((object) => object !== undefined);
}

function failuresByImage(record: ActorRecord, failures: ReadonlyMap<string, string>): [string, string][] {
  if (failures.size === 0) return [];
  return Object.entries(record.objects).flatMap(([image, { digest }]): [string, string][] => {
    const failure = failures.get(digest);
    return failure === undefined ? [] : [[image, failure]];
  });
}

function join(
  observing: ObservingActor,
  { actor, manifest, objects, own, needed }: Sources,
  { record, failures }: Lesson,
): Observation {
  return joinObservation({
    actor,
    entries: manifest.manifest.entries,
    found: new Set(objects.keys()),
    own,
    needed,
    record,
    evaluator: observing.evaluator.id,
    failures,
    now: new Date(observing.clock.now()).toISOString(),
  });
}
