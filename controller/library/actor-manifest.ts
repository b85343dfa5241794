import { CallsheetError } from '../diagnostics/errors.ts';
import { parseJson } from './json-text.ts';

/** One actor, as its manifest describes it. */
export interface Actor {
  readonly id: string;
  readonly name?: string;
  /** Empty when the manifest names none. */
  readonly type: string;
  readonly labels: Readonly<Record<string, string>>;
  /** As written: an `s3://` or `https://` URL or a path. Absent when there is none: then nothing can be generated. */
  readonly baseImage?: string;
}

/**
 * Reads an actor manifest. Fields that Callsheet does not know are left alone.
 *
 * @throws CallsheetError `invalid-input` that names the file and the field.
 */
export function parseActorManifest(text: string, file: string, id: string): Actor {
  const document = parseJson(text, file);
  if (!isObject(document)) throw invalid(file, 'must be a JSON object');
  const { actor_id, name, type, labels, base_image } = document;
  if (actor_id !== undefined && String(actor_id) !== id) {
    throw invalid(
      file,
      `says actor_id ${JSON.stringify(actor_id)}, but its place in the library says "${id}"`,
    );
  }
  for (const [field, value] of Object.entries({ name, type, base_image })) {
    if (value !== undefined && value !== null && typeof value !== 'string')
      throw invalid(file, `${field} must be a string`);
  }
  return {
    id,
    ...(typeof name === 'string' ? { name } : {}),
    type: typeof type === 'string' ? type : '',
    labels: readLabels(labels, file),
    ...(typeof base_image === 'string' && base_image !== '' ? { baseImage: base_image } : {}),
  };
}

/** Labels are an object of scalars, or a list of words (each then a label with the value "true"). */
function readLabels(value: unknown, file: string): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (Array.isArray(value)) return Object.fromEntries(value.map((label) => [String(label), 'true']));
  if (!isObject(value)) throw invalid(file, 'labels must be an object or a list of words');
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, label]) => ['string', 'number', 'boolean'].includes(typeof label))
      .map(([key, label]) => [key, String(label)]),
  );
}

function invalid(file: string, problem: string): CallsheetError {
  return new CallsheetError('invalid-input', `actor manifest ${file} ${problem}`, {
    hint: 'Correct the file; other actors are not affected.',
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
