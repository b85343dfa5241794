import { visit } from 'jsonc-parser';
import { CallsheetError } from '../diagnostics/errors.ts';
import { parseJson } from './json-text.ts';
import { alreadyCanonical, formatLocation, type Location, parseLocation } from './location.ts';

/** The fields that may say where an entry's image is, in the order in which they are looked for. */
export const LOCATION_FIELDS = ['s3_url', 'url', 'key', 'path'] as const;
export type LocationField = (typeof LOCATION_FIELDS)[number];

/** One entry of a training manifest. */
export interface ManifestEntry {
  readonly index: number;
  /** The entry as it stands, for putting it back one day. */
  readonly raw: unknown;
  /** Canonical form, or undefined when the entry says nothing usable; `problem` then says why. */
  readonly image?: string;
  readonly problem?: string;
  readonly pinned: boolean;
  /** `generator` as written: the image was made, not shot. */
  readonly generator?: string;
  readonly promptNumber?: number;
  /** The run of Callsheet that put it here. */
  readonly run?: string;
}

export interface TrainingManifest {
  readonly entries: readonly ManifestEntry[];
  /** How existing entries say where their image is, so that new ones say it the same way. */
  readonly style: LocationField | undefined;
}

/** What locations in a manifest are relative to. */
export interface ManifestContext {
  /** Absolute path of the library's root. */
  readonly root: string;
  /** Of an S3 store that is not AWS's own. */
  readonly endpoint?: string | undefined;
  /** Where the library keeps its images: a bare `key` is a key of that bucket. */
  readonly images: Location;
}

/**
 * Reads a training manifest in either form: entries that are URLs, or objects with `s3_url`, `url` or `key`.
 *
 * @throws CallsheetError `invalid-input` when the file as a whole cannot be understood: an error for that actor alone.
 */
export function parseTrainingManifest(
  text: string,
  file: string,
  actor: string,
  context: ManifestContext,
): TrainingManifest {
  const document = parseJson(text, file);
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    throw invalid(file, 'must be a JSON object with "actor_id" and "images"');
  }
  const { actor_id, images } = document as Record<string, unknown>;
  if (actor_id !== undefined && String(actor_id) !== actor) {
    throw invalid(
      file,
      `says actor_id ${JSON.stringify(actor_id)}, but its place in the library says "${actor}"`,
    );
  }
  if (!Array.isArray(images)) throw invalid(file, 'has no list "images"');
  if (namesImagesTwice(text)) throw invalid(file, 'has the key "images" more than once');
  const entries = images.map((raw, index) => readEntry(raw, index, context));
  return { entries, style: images.map(locationField).find((field) => field !== undefined) };
}

/** Which of the two is meant cannot be told, and an edit of the wrong one would lose the set. */
function namesImagesTwice(text: string): boolean {
  // Only few manifests say the word twice at all: the others need no second parse.
  if (text.indexOf('"images"') === text.lastIndexOf('"images"')) return false;
  let keys = 0;
  visit(text, {
    onObjectProperty: (property, _offset, _length, _line, _character, path) => {
      if (property === 'images' && path().length === 0) keys += 1;
    },
  });
  return keys > 1;
}

function readEntry(raw: unknown, index: number, context: ManifestContext): ManifestEntry {
  const fields = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {};
  const generator = fields.generator;
  const promptNumber = fields.prompt_number;
  const run = fields.callsheet_run;
  const base = {
    index,
    raw,
    pinned: fields.pinned === true,
    ...(typeof generator === 'string' ? { generator } : {}),
    ...(typeof promptNumber === 'number' ? { promptNumber } : {}),
    ...(typeof run === 'string' ? { run } : {}),
  };
  const field = locationField(raw);
  const text = typeof raw === 'string' ? raw : field === undefined ? undefined : fields[field];
  if (typeof text !== 'string') return { ...base, problem: 'says neither s3_url, url nor key' };
  try {
    return { ...base, image: locate(text, field, context) };
  } catch (error) {
    return { ...base, problem: error instanceof CallsheetError ? error.message : String(error) };
  }
}

function locate(
  text: string,
  field: LocationField | undefined,
  { root, endpoint, images }: ManifestContext,
): string {
  if (field === 'key' && images.kind === 's3' && !/^[a-z][a-z0-9+.-]*:/i.test(text))
    return `s3://${images.bucket}/${text}`;
  return alreadyCanonical(text) ?? formatLocation(parseLocation(text, root, endpoint), root);
}

/** The field of an entry that says where its image is. */
export function locationField(raw: unknown): LocationField | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  return LOCATION_FIELDS.find((field) => typeof (raw as Record<string, unknown>)[field] === 'string');
}

/** How a new entry says where its image is: as its neighbours do, else as suits the store. */
export function entryLocation(
  location: Location,
  style: LocationField | undefined,
  root: string,
): Record<string, string> {
  const field = style ?? (location.kind === 's3' ? 's3_url' : 'key');
  const text = field === 'key' && location.kind === 's3' ? location.key : formatLocation(location, root);
  return { [field]: text };
}

function invalid(file: string, problem: string): CallsheetError {
  return new CallsheetError('invalid-input', `training manifest ${file} ${problem}`, {
    hint: 'Correct the file; other actors are not affected.',
  });
}
