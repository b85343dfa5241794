import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CallsheetError } from '../diagnostics/errors.ts';
import { parseActorManifest } from '../library/actor-manifest.ts';
import { parseTrainingManifest } from '../library/training-manifest.ts';

/** What was found in a folder laid out as the scripts left it. */
export interface LibrarySurvey {
  /** Absolute. */
  readonly folder: string;
  /** Ids with an actor manifest, or only a training manifest. */
  readonly actors: number;
  readonly withoutActorManifest: number;
  /** Actor type -> actors, ascending by name; the empty type stands for manifests that name none. */
  readonly types: readonly { readonly type: string; readonly actors: number }[];
  readonly images: number;
  /** Where the images are, with `{actor}` for the id: the most common place first. */
  readonly places: readonly ImagePlace[];
  /** Manifests that could not be read, as sentences. */
  readonly problems: readonly string[];
}

export interface ImagePlace {
  /** `s3://bucket/actors/{actor}/`, or a path relative to the folder; without `{actor}` where the id is no part of it. */
  readonly folder: string;
  readonly images: number;
}

const ACTOR_MANIFESTS = 'data/actor_manifests';
const ACTORS = 'data/actors';
const TRAINING_MANIFEST = 'training_data/manifest.json';

/**
 * Reads the manifests of today's layout: `data/actor_manifests/*.json` and `data/actors/*\/training_data/manifest.json`. With the
 * `endpoint` of a store of one's own, URLs on its host are known for S3 URLs.
 *
 * @throws CallsheetError `not-found` when the folder has neither.
 */
export async function surveyLibrary(
  folder: string,
  endpoint?: string,
  signal?: AbortSignal,
): Promise<LibrarySurvey> {
  const described = (await namesIn(join(folder, ACTOR_MANIFESTS)))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -5));
  const folders = await namesIn(join(folder, ACTORS));
  const ids = [...new Set([...described, ...folders])].sort();
  const tally = new Tally(folder, endpoint);
  for (const id of ids) {
    signal?.throwIfAborted();
    const hasActorManifest = described.includes(id);
    const training = await textOf(join(folder, ACTORS, id, TRAINING_MANIFEST));
    if (!hasActorManifest && training === undefined) continue;
    tally.countActor(
      id,
      hasActorManifest ? await textOf(join(folder, ACTOR_MANIFESTS, `${id}.json`)) : undefined,
    );
    if (training !== undefined) tally.countImages(id, training);
  }
  if (tally.actors === 0) {
    throw new CallsheetError(
      'not-found',
      `${folder} has neither ${ACTOR_MANIFESTS}/*.json nor ${ACTORS}/*/${TRAINING_MANIFEST}`,
      {
        hint: 'Give the folder that holds "data", or leave --from out to start with empty specs.',
      },
    );
  }
  return tally.survey();
}

/** Adds up manifests one by one. */
class Tally {
  actors = 0;
  private images = 0;
  private withoutActorManifest = 0;
  private readonly types = new Map<string, number>();
  private readonly places = new Map<string, number>();
  private readonly problems: string[] = [];
  private readonly folder: string;
  private readonly endpoint: string | undefined;

  constructor(folder: string, endpoint: string | undefined) {
    this.folder = folder;
    this.endpoint = endpoint;
  }

  countActor(id: string, text: string | undefined): void {
    this.actors += 1;
    if (text === undefined) this.withoutActorManifest += 1;
    else
      this.attempt(() => {
        const { type } = parseActorManifest(text, `${ACTOR_MANIFESTS}/${id}.json`, id);
        this.types.set(type, (this.types.get(type) ?? 0) + 1);
      });
  }

  countImages(id: string, text: string): void {
    const images = { kind: 'file', path: join(this.folder, ACTORS, id) } as const;
    this.attempt(() => {
      const { entries } = parseTrainingManifest(text, `${ACTORS}/${id}/${TRAINING_MANIFEST}`, id, {
        root: this.folder,
        endpoint: this.endpoint,
        images,
      });
      for (const { image } of entries) {
        this.images += 1;
        if (image === undefined) continue;
        const place = placeOf(image, id);
        this.places.set(place, (this.places.get(place) ?? 0) + 1);
      }
    });
  }

  survey(): LibrarySurvey {
    return {
      folder: this.folder,
      actors: this.actors,
      withoutActorManifest: this.withoutActorManifest,
      types: [...this.types]
        .map(([type, actors]) => ({ type, actors }))
        .sort((a, b) => (a.type < b.type ? -1 : 1)),
      images: this.images,
      places: [...this.places]
        .map(([folder, images]) => ({ folder, images }))
        .sort((a, b) => b.images - a.images || (a.folder < b.folder ? -1 : 1)),
      problems: this.problems,
    };
  }

  private attempt(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof CallsheetError)) throw error;
      this.problems.push(error.message);
    }
  }
}

/** The folder of an image, with `{actor}` where a whole part of the path is the actor's id. */
function placeOf(image: string, actor: string): string {
  const folder = image.slice(0, image.lastIndexOf('/') + 1);
  return folder
    .split('/')
    .map((part) => (part === actor ? '{actor}' : part))
    .join('/');
}

/** Names in a folder, `[]` when it is not there. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw new CallsheetError('unavailable', `cannot read the folder ${folder}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw new CallsheetError('unavailable', `cannot read ${file}: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
