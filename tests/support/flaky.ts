import { CallsheetError, type ErrorCode, type ErrorDetails } from '../../controller/diagnostics/errors.ts';

export function failing(code: ErrorCode, details: ErrorDetails = {}): CallsheetError {
  return new CallsheetError(code, 'as told', details);
}

/** Fails with each error in turn, then works; counts its calls. */
export function flaky(...errors: CallsheetError[]) {
  const state = { calls: 0 };
  async function call(): Promise<string> {
    const error = errors[state.calls];
    state.calls += 1;
    if (error !== undefined) throw error;
    return 'done';
  }
  return { state, call };
}
