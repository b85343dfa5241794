import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isCallsheetError } from '../diagnostics/errors.ts';
import type { ObjectStore } from '../object-store/object-store.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import { bad, type Check, doubtful, type Examination, good } from './doctor.ts';

type Finding = Omit<Check, 'name'>;

/** A place of the library, and the store that serves it. */
export interface Place {
  /** As the Library writes it. */
  readonly url: string;
  readonly field: 'actors' | 'manifests' | 'images';
  /** What all keys there start with. */
  readonly prefix: string;
  /** Absolute path, where it is on a disk. */
  readonly path?: string;
  open(signal?: AbortSignal): Promise<ObjectStore>;
}

/** Whether a place can be listed and, but for the actors, written. */
export function examinePlace({ url, field, prefix, open, path }: Place): Examination {
  return {
    name: `spec.${field}`,
    async run(signal) {
      const store = await open(signal);
      const found: Finding[] = [await canList(store, prefix, url, field, signal)];
      if (field !== 'actors') found.push(await canWrite(store, prefix, url, signal));
      if (field === 'manifests' && !store.conditionalWrites) found.push(noConditions(url));
      if (field === 'images' && path !== undefined) found.push(await diskSpace(path));
      return found;
    },
  };
}

async function canList(
  store: ObjectStore,
  prefix: string,
  url: string,
  field: string,
  signal?: AbortSignal,
): Promise<Finding> {
  for await (const _first of store.list(prefix, signal)) return good(`${url} can be read`);
  return doubtful(
    `nothing is at ${url}`,
    `Correct spec.${field} of the Library, unless the library is really empty.`,
  );
}

async function canWrite(
  store: ObjectStore,
  prefix: string,
  url: string,
  signal?: AbortSignal,
): Promise<Finding> {
  const key = `${prefix}.callsheet-probe-${randomUUID()}`;
  await store.put(key, Buffer.from('probe'), signal === undefined ? {} : { signal });
  await store.delete(key, signal === undefined ? {} : { signal });
  return good(`${url} can be written`);
}

function noConditions(url: string): Finding {
  return doubtful(
    `the store of ${url} ignores conditional writes`,
    'Training manifests are compared before they are written, but somebody who writes in that very moment is overwritten: let nobody else write there during an apply.',
  );
}

/** Whether state can be kept: written, read back, and compared before it is replaced. */
export function examineState(
  open: (signal?: AbortSignal) => Promise<StateBackend>,
  path?: string,
): Examination {
  return {
    name: 'spec.state',
    async run(signal) {
      const state = await open(signal);
      try {
        const found = [await canKeep(state, signal)];
        if (path !== undefined) found.push(await diskSpace(path));
        return found;
      } finally {
        await state[Symbol.asyncDispose]?.();
      }
    },
  };
}

async function canKeep(state: StateBackend, signal?: AbortSignal): Promise<Finding> {
  const path = `doctor/${randomUUID()}.json`;
  const version = await state.write(path, { formatVersion: '1.0' }, 'absent', signal);
  const isCompared = await state.write(path, { formatVersion: '1.0', again: true }, 'absent', signal).then(
    () => false,
    (error: unknown) => isCallsheetError(error, 'precondition-failed'),
  );
  await state.remove(path, isCompared ? { version } : undefined, signal);
  if (isCompared && state.conditionalWrites)
    return good(`state at ${state.url} can be read and written, with compare-and-swap`);
  return bad(
    `the store of ${state.url} ignores conditional writes: leases and budgets would not hold`,
    'Keep state in a folder, in Postgres, or in a store that honours If-Match and If-None-Match.',
  );
}

const GIB = 2 ** 30;

async function diskSpace(path: string): Promise<Finding> {
  let folder = path;
  while (!existsSync(folder) && dirname(folder) !== folder) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const message = `${(free / GIB).toFixed(1)} GiB are free at ${folder}`;
  const hint = 'Free some space: state and pictures cannot be written to a full disk.';
  if (free < GIB / 10) return bad(message, hint);
  return free < GIB ? doubtful(message, hint) : good(message);
}
