import type { Actor } from '../library/actor-manifest.ts';
import type { ManifestEntry } from '../library/training-manifest.ts';
import type { ActorRecord, EvaluationRecord, PictureRecord, TrashRecord } from '../records/actor-record.ts';
import type {
  DanglingEntry,
  Observation,
  ObservationProblem,
  ObservedImage,
  TrashedImage,
} from './observation.ts';

/** Facts read from the world, on their way to an observation. */
export interface ObservedFacts {
  readonly actor: Actor;
  readonly entries: readonly ManifestEntry[];
  /** Images of every object that was found where the actor's images may be, and of objects that entries name elsewhere. */
  readonly found: ReadonlySet<string>;
  /** The part of `found` that lies below the actor's own prefix: what no entry names there is an orphan. */
  readonly own: ReadonlySet<string>;
  /** Images that more than this set depends on. */
  readonly needed: ReadonlyMap<string, NonNullable<ObservedImage['needed']>>;
  readonly record: ActorRecord;
  readonly evaluator: string;
  /** Why an image could not be read or evaluated this time. */
  readonly failures: ReadonlyMap<string, string>;
  /** RFC 3339; what has expired in the trash is not offered any more. */
  readonly now: string;
}

/** Joins manifest, objects and evaluations into an observation. */
export function joinObservation(facts: ObservedFacts): Observation {
  const { actor, entries, found, own, record } = facts;
  const problems: ObservationProblem[] = [];
  const images: ObservedImage[] = [];
  const dangling: DanglingEntry[] = [];
  const named = new Set<string>();
  const firstByDigest = new Map<string, string>();
  const pinned = new Set(entries.filter((entry) => entry.pinned).map((entry) => entry.image));

  for (const entry of entries) {
    const image = entry.image;
    if (image === undefined) {
      const where = `entry ${entry.index + 1}`;
      problems.push({
        code: 'bad-entry',
        image: where,
        message: `${where} of the training manifest: ${entry.problem}. It is left alone.`,
      });
      images.push({
        image: `#${entry.index}`,
        state: 'unknown',
        pinned: entry.pinned,
        generated: false,
        entry: entry.index,
      });
    } else if (named.has(image)) {
      dangling.push({ image, entry: entry.index, pinned: entry.pinned, why: 'repeated' });
      problems.push({
        code: 'repeated',
        image,
        message: `${image} is in the training manifest more than once.`,
      });
    } else if (found.has(image) || facts.failures.has(image)) {
      named.add(image);
      images.push({ ...describe(image, facts, entry, firstByDigest), pinned: pinned.has(image) });
    } else {
      named.add(image);
      dangling.push({ image, entry: entry.index, pinned: entry.pinned, why: 'missing' });
      problems.push({
        code: 'dangling',
        image,
        message: `${image} is in the training manifest, but there is no such object.`,
      });
    }
  }
  const orphans = [...own]
    .filter((image) => !named.has(image))
    .sort()
    .map((image) => describe(image, facts, undefined, firstByDigest));
  for (const image of [...images, ...orphans])
    problems.push(...problemsOf(image, facts, image.entry === undefined));

  return {
    actor: actor.id,
    ...(actor.name === undefined ? {} : { name: actor.name }),
    type: actor.type,
    labels: actor.labels,
    ...(actor.baseImage === undefined ? { baseless: true } : {}),
    images,
    dangling,
    orphans,
    trash: record.trash.filter((item) => item.expiresAt > facts.now).map((item) => asTrashed(item, facts)),
    ...(record.misses === undefined ? {} : { misses: record.misses }),
    ...(record.hits === undefined ? {} : { hits: record.hits }),
    problems,
  };
}

function describe(
  image: string,
  facts: ObservedFacts,
  entry: ManifestEntry | undefined,
  firstByDigest: Map<string, string>,
): ObservedImage {
  const { record } = facts;
  const needed = facts.needed.get(image);
  const base = {
    image,
    pinned: entry?.pinned ?? false,
    ...(needed === undefined ? {} : { needed }),
    generated: entry?.generator !== undefined,
    ...(entry === undefined ? {} : { entry: entry.index }),
    ...(entry?.promptNumber === undefined ? {} : { promptNumber: entry.promptNumber }),
  };
  const digest = facts.failures.has(image) ? undefined : record.objects[image]?.digest;
  if (digest === undefined) return { ...base, state: 'unknown' };
  const twin = firstByDigest.get(digest);
  if (twin === undefined) firstByDigest.set(digest, image);
  const known = { ...base, digest, ...(twin === undefined ? {} : { duplicateOf: twin }) };
  const picture = record.pictures[digest];
  if (picture === undefined) return { ...known, state: 'unknown' };
  if ('problem' in picture)
    return { ...known, state: picture.problem === 'unreadable' ? 'unreadable' : 'unknown' };
  return { ...known, width: picture.width, height: picture.height, ...judgementOf(digest, facts) };
}

/** The category and quality that count: a person's word before an evaluator's. */
function judgementOf(
  digest: string,
  { record, evaluator }: ObservedFacts,
): Pick<ObservedImage, 'state'> & Partial<ObservedImage> {
  const verdict: EvaluationRecord | undefined = record.evaluations[evaluator]?.[digest];
  const judgement = record.judgements[digest];
  const rejected = judgement?.rejected === undefined ? {} : { rejected: judgement.rejected };
  if (judgement?.category !== undefined) {
    const quality = verdict?.quality ?? UNRATED_QUALITY;
    return {
      state: 'usable',
      category: judgement.category,
      quality,
      confidence: 1,
      judgedBy: 'person',
      ...rejected,
    };
  }
  if (verdict === undefined) return { state: 'unknown', ...rejected };
  return {
    state: verdict.uncertain && judgement?.rejected === undefined ? 'uncertain' : 'usable',
    category: verdict.category,
    quality: verdict.quality,
    confidence: verdict.confidence,
    judgedBy: 'evaluator',
    ...(verdict.confirmed === true ? { confirmed: true } : {}),
    ...rejected,
  };
}

/** Of a picture that a person labelled and nobody rated: the middle of the scale. */
const UNRATED_QUALITY = 5;

function problemsOf(
  image: ObservedImage,
  { record, failures }: ObservedFacts,
  orphan: boolean,
): ObservationProblem[] {
  const where = image.image;
  const problems: ObservationProblem[] = [];
  if (orphan) {
    problems.push({
      code: 'orphan',
      image: where,
      message: `${where} is in the image store, but not in the training manifest.`,
    });
  }
  const failure = failures.get(where);
  const picture: PictureRecord | undefined =
    image.digest === undefined ? undefined : record.pictures[image.digest];
  if (failure !== undefined) {
    problems.push({ code: 'unknown', image: where, message: `${where}: ${failure}` });
  } else if (picture !== undefined && 'problem' in picture) {
    problems.push({ code: picture.problem, image: where, message: `${where}: ${picture.message}` });
  } else if (image.state === 'unknown' && !where.startsWith('#')) {
    problems.push({ code: 'not-evaluated', image: where, message: `${where} has not been evaluated yet.` });
  }
  if (image.duplicateOf !== undefined) {
    problems.push({
      code: 'duplicate',
      image: where,
      message: `${where} has the same content as ${image.duplicateOf}.`,
    });
  }
  return problems;
}

/**
 * What is known of an image in the trash today: it was deleted under what an evaluator said then, and another one, or a person, may
 * have spoken since. One that is called bad or cannot be told any more does not come back on its own.
 */
function asTrashed(item: TrashRecord, facts: ObservedFacts): TrashedImage {
  const today = judgementOf(item.digest, facts);
  const { category, quality } = today.category === undefined ? item : today;
  const entry =
    typeof item.entry === 'object' && item.entry !== null ? (item.entry as Record<string, unknown>) : {};
  const promptNumber = entry.prompt_number;
  return {
    id: item.id,
    image: item.image,
    digest: item.digest,
    restorable: item.reason === 'over-target' && today.rejected === undefined && today.state !== 'uncertain',
    ...(category === undefined ? {} : { category }),
    ...(quality === undefined ? {} : { quality }),
    ...(typeof promptNumber === 'number' ? { promptNumber } : {}),
  };
}
