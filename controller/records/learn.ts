import type { ActorRecord, EvaluationRecord, PictureRecord } from './actor-record.ts';

/** What reading one object told. */
export interface LearntObject {
  readonly image: string;
  /** The store's revision; a value that no store gives makes the next look read the object again. */
  readonly revision: string;
  /** Both absent when the object could not be read. */
  readonly digest?: string;
  readonly picture?: PictureRecord;
}

/** Brings a record up to date with what was read; objects that are not `listed` any more are forgotten. */
export function learnObjects(
  record: ActorRecord,
  learnt: readonly LearntObject[],
  listed: ReadonlySet<string>,
): ActorRecord {
  const gone = Object.keys(record.objects).some((image) => !listed.has(image));
  if (learnt.length === 0 && !gone) return record;
  const objects = Object.fromEntries(Object.entries(record.objects).filter(([image]) => listed.has(image)));
  const pictures = { ...record.pictures };
  for (const { image, revision, digest, picture } of learnt) {
    if (digest === undefined || picture === undefined) {
      delete objects[image];
    } else {
      objects[image] = { revision, digest };
      pictures[digest] = picture;
    }
  }
  return prune({ ...record, objects, pictures });
}

/** Adds verdicts, by digest. */
export function learnVerdicts(
  record: ActorRecord,
  evaluator: string,
  verdicts: ReadonlyMap<string, EvaluationRecord>,
): ActorRecord {
  if (verdicts.size === 0) return record;
  const known = { ...record.evaluations[evaluator], ...Object.fromEntries(verdicts) };
  return { ...record, evaluations: { ...record.evaluations, [evaluator]: known } };
}

/** Drops what is known of pictures that neither an object nor the trash nor a person's word refers to. */
function prune(record: ActorRecord): ActorRecord {
  const needed = new Set([
    ...Object.values(record.objects).map((object) => object.digest),
    ...record.trash.map((item) => item.digest),
    ...Object.keys(record.judgements),
    ...storedDigests(record),
  ]);
  const keep = <T>(entries: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(entries).filter(([digest]) => needed.has(digest)));
  return {
    ...record,
    pictures: keep(record.pictures),
    evaluations: Object.fromEntries(
      Object.entries(record.evaluations).map(([id, verdicts]) => [id, keep(verdicts)]),
    ),
  };
}

/** Pictures of a run that was cut off, which may not have been listed yet. */
function storedDigests({ journal }: ActorRecord): string[] {
  return (journal?.steps ?? []).flatMap((step) =>
    step.kind === 'generate' && step.stored !== undefined ? [step.stored.digest] : [],
  );
}
