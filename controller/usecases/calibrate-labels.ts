import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { CallsheetError } from '../diagnostics/errors.ts';
import { suggest } from '../diagnostics/suggest.ts';

/** A picture and what a person says it is. */
export interface LabelledPicture {
  /** Relative to the folder, with `/`. */
  readonly name: string;
  /** Absolute path. */
  readonly path: string;
  readonly label: string;
}

const LABELS = 'labels.csv';
const PICTURE = /\.(avif|gif|heic|heif|jpe?g|png|tiff?|webp)$/i;

/**
 * Reads a labelled folder: `labels.csv` (file, category; a first line of titles may be there), or one subfolder per category.
 *
 * @throws CallsheetError `not-found` without any picture, `invalid-input` for a label that is no category.
 */
export async function readLabelled(
  folder: string,
  categories: readonly string[],
): Promise<readonly LabelledPicture[]> {
  const table = await readFile(join(folder, LABELS), 'utf8').catch(() => undefined);
  const pictures =
    table === undefined ? await fromFolders(folder, categories) : fromTable(folder, table, categories);
  if (pictures.length > 0) return pictures;
  throw new CallsheetError('not-found', `${folder} holds no labelled picture`, {
    hint: `Put pictures into subfolders named after the categories (${categories.join(', ')}), or write ${LABELS} with lines of "file,category".`,
  });
}

async function fromFolders(folder: string, categories: readonly string[]): Promise<LabelledPicture[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new CallsheetError('not-found', `${folder} cannot be read`, {
      cause,
      hint: 'Give a folder of labelled pictures.',
    });
  });
  const pictures: LabelledPicture[] = [];
  for (const entry of entries.filter(
    (candidate) => candidate.isDirectory() && !candidate.name.startsWith('.'),
  )) {
    const files = await readdir(join(folder, entry.name), { recursive: true });
    const named = files.filter((name) => PICTURE.test(name)).sort();
    if (named.length > 0) checkLabel(entry.name, categories, `the subfolder ${entry.name}`);
    for (const name of named) {
      const path = join(folder, entry.name, name);
      pictures.push({ name: relative(folder, path).replaceAll('\\', '/'), path, label: entry.name });
    }
  }
  return pictures;
}

function fromTable(folder: string, table: string, categories: readonly string[]): LabelledPicture[] {
  const lines = table.replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.flatMap((line, index): LabelledPicture[] => {
    const comma = line.lastIndexOf(',');
    if (line.trim() === '' || line.startsWith('#')) return [];
    const [name, label] = [unquoted(line.slice(0, comma)), unquoted(line.slice(comma + 1))];
    if (index === 0 && !PICTURE.test(name)) return [];
    if (comma < 0 || name === '')
      throw new CallsheetError('invalid-input', `line ${index + 1} of ${LABELS} is not "file,category"`);
    checkLabel(label, categories, `line ${index + 1} of ${LABELS}`);
    return [{ name, path: join(folder, name), label }];
  });
}

function unquoted(text: string): string {
  const trimmed = text.trim();
  return /^".*"$/.test(trimmed) ? trimmed.slice(1, -1).replaceAll('""', '"') : trimmed;
}

function checkLabel(label: string, categories: readonly string[], where: string): void {
  if (categories.includes(label)) return;
  const near = suggest(label, categories);
  throw new CallsheetError(
    'invalid-input',
    `${where} says "${label}", which is no category of the taxonomy`,
    {
      hint: near === undefined ? `Categories: ${categories.join(', ')}.` : `Did you mean "${near}"?`,
    },
  );
}
