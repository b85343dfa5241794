import { CallsheetError } from '../diagnostics/errors.ts';
import type { StateBackend } from './state-backend.ts';

/** Throws `unsupported` when two processes could both believe that they have won. `what` starts a sentence: "Leases". */
export function requireConditionalWrites(state: StateBackend, what: string, allowUnsafe: boolean): void {
  if (state.conditionalWrites || allowUnsafe) return;
  throw new CallsheetError(
    'unsupported',
    `${what} need compare-and-swap, and ${state.url} ignores the conditions of conditional writes.`,
    {
      hint: 'Keep the state in a folder, in Postgres, or in a store that honours If-Match and If-None-Match; or allow it explicitly, if no second process ever works on this library.',
    },
  );
}
