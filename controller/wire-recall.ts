import { toCallsheetError } from './diagnostics/errors.ts';
import { fetchSpecs } from './reconcile/published-specs.ts';
import { libraryOf } from './spec/library-of.ts';
import type { LoadedSpecs } from './spec/load-specs.ts';
import type { SpecSnapshot } from './spec-source/spec-source.ts';
import { rememberedState } from './spec-source/state-memory.ts';
import { openState } from './wire-state.ts';

/** Where a Library keeps its state that does not say. */
const USUAL_STATE = 'file:state/';

export interface RecallOptions {
  /** What the library goes by on this machine. */
  readonly key: string;
  /** Says where this machine remembers what it has seen. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What relative `file:` URLs start at where no specs can be read at all. */
  readonly root: string;
  readonly nowMs: number;
}

/**
 * The specs that were in force when a controller last led this library, as it kept them in state: for a start while the newest specs
 * cannot be used. State is looked for where the newest specs' Library says, if that much of them can be read; else where it was when this
 * machine last knew; else in the usual folder. Undefined when there is nothing to be had: then there is nothing to go on with, and nothing is done.
 *
 * @param head the newest specs; undefined when the source cannot be reached.
 */
export async function recallSpecs(
  head: SpecSnapshot | undefined,
  options: RecallOptions,
  signal: AbortSignal,
): Promise<LoadedSpecs | undefined> {
  const root = head?.root ?? options.root;
  const said = head === undefined ? undefined : libraryOf(head)?.state;
  const place =
    said === undefined
      ? ((await rememberedState(options.key, options.env)) ?? { url: USUAL_STATE, root })
      : { url: said, root };
  try {
    const state = await openState(place, signal);
    try {
      return await fetchSpecs(state, place.root, options.nowMs, signal);
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
