import { toCallsheetError } from './diagnostics/errors.ts';
import { fetchSpecs } from './reconcile/published-specs.ts';
import type { Clock } from './runtime/clock.ts';
import { libraryOf } from './spec/library-of.ts';
import type { LoadedSpecs } from './spec/load-specs.ts';
import type { SpecSnapshot } from './spec-source/spec-source.ts';
import { rememberedState } from './spec-source/state-memory.ts';
import { createLeases } from './state-backend/leases.ts';
import type { StateBackend } from './state-backend/state-backend.ts';
import { leaderOf } from './usecases/leader.ts';
import { openState, type StatePlace } from './wire-state.ts';

type Place = Pick<StatePlace, 'url' | 'root'>;

/** Where a Library keeps its state that does not say. */
const USUAL_STATE = 'file:state/';

export interface RecallOptions {
  /** What the library goes by on this machine. */
  readonly key: string;
  /** Says where this machine remembers what it has seen. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What relative `file:` URLs start at where no specs can be read at all. */
  readonly root: string;
  readonly clock: Clock;
}

/**
 * The specs that were in force when a controller last led this library, as it kept them in state: for a start while the newest specs
 * cannot be used. State is looked for where the newest specs' Library says, if that much of them can be read, and then, since that place may be
 * what cannot be used, where it was when this machine last knew. Where neither is known: in the usual folder. Undefined when there is
 * nothing to be had: then there is nothing to go on with, and nothing is done.
 *
 * @param head the newest specs; undefined when the source cannot be reached.
 */
export async function recallSpecs(
  head: SpecSnapshot | undefined,
  options: RecallOptions,
  signal: AbortSignal,
): Promise<LoadedSpecs | undefined> {
  for (const place of await placesOf(head, options)) {
    const found = await readAt(place, signal, (state) =>
      fetchSpecs(state, place.root, options.clock.now(), signal),
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The specs that a controller works under which leads at this moment, without asking their source. Undefined when none does, as far as
 * this machine knows.
 */
export async function specsAtWork(
  { key, env, clock }: RecallOptions,
  signal: AbortSignal,
): Promise<LoadedSpecs | undefined> {
  const place = await rememberedState(key, env);
  if (place === undefined) return undefined;
  return await readAt(place, signal, async (state) => {
    const leader = await leaderOf({ leases: createLeases({ state }), clock }, signal);
    return leader === undefined ? undefined : await fetchSpecs(state, place.root, clock.now(), signal);
  });
}

async function placesOf(head: SpecSnapshot | undefined, options: RecallOptions): Promise<Place[]> {
  const root = head?.root ?? options.root;
  const url = head === undefined ? undefined : libraryOf(head)?.state;
  const said = url === undefined ? undefined : { url, root };
  const known = await rememberedState(options.key, options.env);
  if (said === undefined) return [known ?? { url: USUAL_STATE, root }];
  const isSame = known?.url === said.url && known.root === said.root;
  return known === undefined || isSame ? [said] : [said, known];
}

/** Undefined also when the place cannot be reached, or what is there not be understood. */
async function readAt(
  place: Place,
  signal: AbortSignal,
  read: (state: StateBackend) => Promise<LoadedSpecs | undefined>,
): Promise<LoadedSpecs | undefined> {
  try {
    const state = await openState(place, signal);
    try {
      return await read(state);
    } finally {
      await state[Symbol.asyncDispose]?.();
    }
  } catch (error) {
    signal.throwIfAborted();
    // Written by a newer program, or out of reach: the same as nothing. A bug is not.
    if (toCallsheetError(error).code === 'internal') throw error;
    return undefined;
  }
}
