import { isCallsheetError } from '../diagnostics/errors.ts';
import type { StateBackend } from './state-backend.ts';

const MAX_RACES = 20;

/**
 * Changes one document by compare-and-swap, again when somebody else was faster. Returns the document as stored.
 *
 * @param change pure; returning the document it was given writes nothing.
 */
export async function changeDocument<T>(
  state: StateBackend,
  path: string,
  initial: T,
  change: (document: T) => T,
  signal?: AbortSignal,
): Promise<T> {
  for (let races = 0; ; races += 1) {
    const stored = await state.read<T>(path, signal);
    const before = stored?.value ?? initial;
    const after = change(before);
    if (after === before) return before;
    try {
      await state.write(path, after, stored === undefined ? 'absent' : { version: stored.version }, signal);
      return after;
    } catch (error) {
      if (races >= MAX_RACES || !isCallsheetError(error, 'precondition-failed')) throw error;
    }
  }
}
