import { CallsheetError } from '../diagnostics/errors.ts';
import { checkSpecs, type LoadedSpecs } from '../spec/load-specs.ts';
import type { SpecFile, SpecRevision } from '../spec-source/spec-source.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';

/** `specs/in-force.json`: which revision everybody is to work under. Small: read before every piece of work. */
interface InForce {
  readonly formatVersion: '1.0';
  readonly revision: string;
}

/** `specs/revision.json`: that revision itself, for replicas whose own source does not have it (yet). */
interface PublishedSpecs {
  readonly formatVersion: '1.0';
  readonly revision: SpecRevision;
  readonly files: readonly SpecFile[];
}

const IN_FORCE_PATH = 'specs/in-force.json';
const REVISION_PATH = 'specs/revision.json';

/** Makes a revision the one that every replica works under. Only the leader does. */
export async function publishSpecs(state: StateBackend, { snapshot }: LoadedSpecs): Promise<void> {
  const { revision, files } = snapshot;
  const published: PublishedSpecs = { formatVersion: '1.0', revision, files };
  await state.write(REVISION_PATH, published);
  const inForce: InForce = { formatVersion: '1.0', revision: revision.id };
  await state.write(IN_FORCE_PATH, inForce);
}

/** The id of the revision in force; undefined before anybody has led. */
export async function revisionInForce(
  state: StateBackend,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const stored = await state.read<InForce>(IN_FORCE_PATH, signal);
  return stored === undefined ? undefined : known(stored.value, IN_FORCE_PATH).revision;
}

/**
 * The revision in force, checked by this program.
 *
 * @param root what relative paths start at in this process.
 * @throws CallsheetError `unsupported` when it was written, or is to be read, by a newer program.
 */
export async function fetchSpecs(
  state: StateBackend,
  root: string,
  nowMs: number,
  signal?: AbortSignal,
): Promise<LoadedSpecs | undefined> {
  const stored = await state.read<PublishedSpecs>(REVISION_PATH, signal);
  if (stored === undefined) return undefined;
  const { revision, files } = known(stored.value, REVISION_PATH);
  const snapshot = { revision, files, root, diagnostics: [] };
  const loaded = { snapshot, ...checkSpecs(snapshot, { nowMs }) };
  if (loaded.specs !== undefined) return loaded;
  throw new CallsheetError(
    'unsupported',
    `this version does not understand revision ${revision.id}, which is in force`,
    { hint: 'It leaves the work to newer replicas. Update it.' },
  );
}

function known<T extends { readonly formatVersion: string }>(document: T, path: string): T {
  if (document.formatVersion?.split('.')[0] === '1') return document;
  throw new CallsheetError('unsupported', `${path} has a format that this version does not know`, {
    hint: 'It leaves the work to newer replicas. Update it.',
  });
}
