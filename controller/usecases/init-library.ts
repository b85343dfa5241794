import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { CallsheetError } from '../diagnostics/errors.ts';
import { distributionYaml, type LibraryAnswers, libraryYaml, slug } from './init-templates.ts';
import { type LibrarySurvey, surveyLibrary } from './library-survey.ts';

export interface InitRequest {
  /** Absolute path of the folder for the specs. */
  readonly specs: string;
  /** Absolute path of the library's root, where relative paths start. */
  readonly root: string;
  /** Absolute path of a folder with a library to describe. */
  readonly from?: string;
  /** Of an S3 store that is not AWS's own. */
  readonly endpoint?: string | undefined;
  /** Replace specs that are there. */
  readonly force: boolean;
}

export interface InitResult {
  /** Absolute paths, in the order in which to read them. */
  readonly files: readonly string[];
  readonly survey: LibrarySurvey | undefined;
  /** Manifests say where images are relative to the folder that was surveyed, which is not the library's root. */
  readonly needsRoot: string | undefined;
}

/**
 * Writes a Library and a Distribution, commented, for the library at `from` or for one that is yet to come.
 *
 * @throws CallsheetError `invalid-input` when a spec is there already and `force` is not set (nothing is written then), `not-found` when
 * `from` holds no library, `read-only` and `storage-full` for the disk's reasons.
 */
export async function initLibrary(request: InitRequest, signal?: AbortSignal): Promise<InitResult> {
  const { specs, root, from, endpoint, force } = request;
  const survey = from === undefined ? undefined : await surveyLibrary(from, endpoint, signal);
  const documents = [
    { file: join(specs, 'library.yaml'), text: libraryYaml(answers(root, survey)) },
    { file: join(specs, 'distribution.yaml'), text: distributionYaml(survey?.types ?? []) },
  ];
  await writeAll(specs, documents, force);
  const hasRelativePaths = survey?.places.some(({ folder }) => !folder.includes('://')) === true;
  return {
    files: documents.map(({ file }) => file),
    survey,
    needsRoot: survey !== undefined && hasRelativePaths && survey.folder !== root ? survey.folder : undefined,
  };
}

function answers(root: string, survey: LibrarySurvey | undefined): LibraryAnswers {
  const folder = survey?.folder ?? root;
  const url = (path: string) => fileUrl(root, folder, path);
  return {
    name: slug(basename(folder)),
    actors: url('data/actor_manifests/{actor}.json'),
    manifests: url('data/actors/{actor}/training_data/manifest.json'),
    ...imagesAnswer(survey, url),
  };
}

function imagesAnswer(
  survey: LibrarySurvey | undefined,
  url: (path: string) => string,
): Pick<LibraryAnswers, 'images' | 'remarks'> {
  const fallback = url('data/actors/{actor}/training_data/images/');
  if (survey === undefined) return { images: fallback, remarks: [] };
  const best = survey.places.find(({ folder }) => folder.includes('{actor}'));
  const elsewhere = survey.places
    .filter((place) => place !== best)
    .slice(0, 5)
    .map(
      ({ folder, images }) =>
        `${images} of the ${survey.images} images are at ${folder}; they are used where they are.`,
    );
  const found = `${survey.images} images of ${survey.actors} actors were found.`;
  if (best === undefined)
    return { images: fallback, remarks: [found, ...elsewhere, 'New images are stored at "images".'] };
  return {
    images: best.folder.includes('://') ? best.folder : url(best.folder),
    remarks: [found, ...elsewhere],
  };
}

/** Relative to the root where the library is inside of it, else absolute; percent-encoded but for the placeholder. */
function fileUrl(root: string, folder: string, path: string): string {
  const absolute = resolve(folder, path) + (path.endsWith('/') ? '/' : '');
  const inside = relative(root, absolute);
  const outside = inside.startsWith('..');
  const plain = (outside ? absolute : inside + (path.endsWith('/') ? '/' : '')).split(sep).join('/');
  const encoded = encodeURI(plain)
    .replaceAll('%7Bactor%7D', '{actor}')
    .replaceAll('?', '%3F')
    .replaceAll('#', '%23');
  return outside ? `file://${encoded}` : `file:${encoded}`;
}

async function writeAll(
  folder: string,
  documents: readonly { file: string; text: string }[],
  force: boolean,
): Promise<void> {
  const existing = documents.find(({ file }) => existsSync(file));
  if (existing !== undefined && !force) throw existsAlready(existing.file);
  try {
    await mkdir(folder, { recursive: true });
    for (const { file, text } of documents) await writeFile(file, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    throw writeError(error, folder);
  }
}

function existsAlready(file: string): CallsheetError {
  return new CallsheetError('invalid-input', `${file} exists already`, {
    hint: 'Nothing of yours is overwritten. Give --force to replace it, or --specs with another folder.',
  });
}

function writeError(error: unknown, folder: string): CallsheetError {
  const { code, path = folder, message } = error as NodeJS.ErrnoException;
  if (code === 'EEXIST') return existsAlready(path);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new CallsheetError('storage-full', `no space left for ${path}`, { cause: error });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new CallsheetError('read-only', `${path} may not be written`, {
      hint: 'Give --specs with a folder that may.',
      cause: error,
    });
  }
  return new CallsheetError('unavailable', `cannot write ${path}: ${message}`, { cause: error });
}
