import pMap from 'p-map';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { toCallsheetError } from '../diagnostics/errors.ts';
import { listActors, readActor } from '../observe/actor-files.ts';
import { compareText } from '../plan/select.ts';
import { checkSpecs, loadSpecs } from '../spec/load-specs.ts';
import type { SpecSource } from '../spec-source/spec-source.ts';
import type { Workspace } from '../workspace.ts';

export interface Validation {
  readonly diagnostics: readonly Diagnostic[];
  /** Spec files that were read. */
  readonly files: number;
  readonly valid: boolean;
  /** Actors that the selectors were checked against; undefined when they were not. */
  readonly actors: number | undefined;
  /** Actors whose manifests could not be read, so that no selector was checked against them. */
  readonly unread: readonly UnreadActor[];
}

export interface UnreadActor {
  readonly actor: string;
  /** Which file, and what is wrong with it. */
  readonly message: string;
}

/** Checks the specs by themselves. */
export async function validateSpecs(
  source: SpecSource,
  nowMs: number,
  signal?: AbortSignal,
): Promise<Validation> {
  const { snapshot, specs, diagnostics } = await loadSpecs(source, { nowMs }, signal);
  return {
    diagnostics,
    files: snapshot.files.length,
    valid: specs !== undefined,
    actors: undefined,
    unread: [],
  };
}

/** Checks specs that are right by themselves against the actors there are: selectors that match nobody, actors that match twice. */
export async function validateAgainstLibrary(
  workspace: Pick<Workspace, 'stores' | 'layout' | 'clock'>,
  source: SpecSource,
  signal?: AbortSignal,
): Promise<Validation> {
  const { stores, layout, clock } = workspace;
  const [snapshot, ids] = await Promise.all([source.load(signal), listActors(stores, layout, signal)]);
  const unread: UnreadActor[] = [];
  const readOne = async (id: string) => {
    try {
      return await readActor(stores, layout, id, signal);
    } catch (error) {
      signal?.throwIfAborted();
      unread.push({ actor: id, message: toCallsheetError(error).message });
      return undefined;
    }
  };
  const read = await pMap(ids, readOne, { concurrency: READS });
  const actors = read.filter((actor) => actor !== undefined);
  // Without any actor the library is not here (a checkout of the specs alone), which is no mistake of theirs.
  const checked = checkSpecs(snapshot, { nowMs: clock.now(), ...(actors.length === 0 ? {} : { actors }) });
  return {
    diagnostics: checked.diagnostics,
    files: snapshot.files.length,
    valid: checked.specs !== undefined,
    actors: actors.length === 0 ? undefined : actors.length,
    unread: unread.sort((a, b) => compareText(a.actor, b.actor)),
  };
}

const READS = 32;
