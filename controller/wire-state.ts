import { resolve } from 'node:path';
import { CallsheetError } from './diagnostics/errors.ts';
import { parseLocation } from './library/location.ts';
import type { ObjectStore } from './object-store/object-store.ts';
import { loadSpecs } from './spec/load-specs.ts';
import type { MigrationReport } from './state-backend/postgres/migrations.ts';
import type { StateBackend } from './state-backend/state-backend.ts';
import { openSpecSource, type SpecSourceOptions } from './wire-specs.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface StatePlace {
  /** `file:`, `s3:` or `postgres:`. */
  readonly url: string;
  /** What a relative `file:` URL starts at. Absolute. */
  readonly root: string;
  /** Unless given, the environment of this process. */
  readonly env?: Environment;
}

/**
 * Opens state where its URL says. Each adapter is loaded when it is needed.
 *
 * @throws CallsheetError when the place cannot be used.
 */
export async function openState(
  { url, root, env = process.env }: StatePlace,
  signal?: AbortSignal,
): Promise<StateBackend> {
  if (isPostgres(url)) {
    const { openPostgresState } = await import('./state-backend/postgres/postgres-state.ts');
    return await openPostgresState({ url, env }, signal);
  }
  const { createObjectStoreState } = await import('./state-backend/object-store-state.ts');
  return createObjectStoreState(await openObjects(url, root));
}

/** Brings the place to what this program needs. @throws CallsheetError `unsupported` for one that has no schema. */
export async function migrateState(
  { url, env = process.env }: StatePlace,
  signal?: AbortSignal,
): Promise<MigrationReport & { readonly url: string }> {
  if (!isPostgres(url)) {
    throw new CallsheetError(
      'unsupported',
      'State in files and in S3 has no schema that could be migrated.',
      {
        hint: 'There is nothing to do: its documents say their own format.',
      },
    );
  }
  const { migratePostgresState } = await import('./state-backend/postgres/postgres-state.ts');
  return await migratePostgresState({ url, env }, signal);
}

/** Where the library of these specs keeps its state. @throws CallsheetError `invalid-input` when the specs have errors. */
export async function statePlaceOf(
  specs: string,
  options: SpecSourceOptions,
  nowMs: number,
  signal?: AbortSignal,
): Promise<StatePlace> {
  const loaded = await loadSpecs(openSpecSource(specs, options), { nowMs }, signal);
  if (loaded.specs === undefined) {
    throw new CallsheetError(
      'invalid-input',
      'the specs have errors, so it is not known where the state is',
      {
        hint: 'See "callsheet validate", or give the URL of the state.',
      },
    );
  }
  const root = options.root === undefined ? loaded.snapshot.root : resolve(options.root);
  return { url: loaded.specs.library.state, root };
}

/** Whether it names a database. */
export function isPostgres(url: string): boolean {
  return /^postgres(ql)?:/i.test(url);
}

async function openObjects(url: string, root: string): Promise<ObjectStore> {
  const location = parseLocation(url, root);
  if (location.kind === 'file') {
    const { createFileObjectStore } = await import('./object-store/file-object-store.ts');
    return createFileObjectStore({ root: location.path, missingRoot: 'empty' });
  }
  const { openS3ObjectStore } = await import('./object-store/s3-object-store.ts');
  return await openS3ObjectStore({ bucket: location.bucket, prefix: location.key });
}
