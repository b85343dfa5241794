import { changeDocument } from '../state-backend/change-document.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';

/** Somebody wants these actors (all, when none is named) looked at now, or the source of the specs. */
export interface ReconcileRequest {
  readonly token: string;
  readonly actors?: readonly string[];
  /** It is about the source, and about no actor. */
  readonly source?: true;
  readonly by: string;
  /** RFC 3339. */
  readonly at: string;
}

/** `requests.json`: requests that the controller has not taken up yet. */
interface Requests {
  readonly formatVersion: '1.0';
  readonly requests: readonly ReconcileRequest[];
}

export const REQUESTS_PATH = 'requests.json';
const NONE: Requests = { formatVersion: '1.0', requests: [] };
/** More than anybody asks for within the seconds until they are taken up; a controller that is gone must not let them grow. */
const REQUESTS_KEPT = 200;

/** Leaves a request for whichever controller leads, or will. */
export async function leaveRequest(
  state: StateBackend,
  request: ReconcileRequest,
  signal?: AbortSignal,
): Promise<void> {
  await changeDocument<Requests>(
    state,
    REQUESTS_PATH,
    NONE,
    ({ requests }) => ({ formatVersion: '1.0', requests: [...requests, request].slice(-REQUESTS_KEPT) }),
    signal,
  );
}

/** Asks whichever controller leads, or will, to look at the source of the specs. One such request is enough for many pushes. */
export async function leaveSourceRequest(
  state: StateBackend,
  request: Pick<ReconcileRequest, 'token' | 'by' | 'at'>,
  signal?: AbortSignal,
): Promise<void> {
  await changeDocument<Requests>(
    state,
    REQUESTS_PATH,
    NONE,
    (document) => {
      if (document.requests.some(({ source }) => source === true)) return document;
      // An older leader knows nothing of sources: with this list it does nothing, without it it looks at every actor.
      const asked: ReconcileRequest = { ...request, actors: [], source: true };
      return { formatVersion: '1.0', requests: [...document.requests, asked].slice(-REQUESTS_KEPT) };
    },
    signal,
  );
}

/** Serves all requests that can be served now, and takes them out then: one that is cut off in between is served again. */
export async function serveRequests(
  state: StateBackend,
  canServe: (request: ReconcileRequest) => boolean,
  serve: (request: ReconcileRequest) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const stored = await state.read<Requests>(REQUESTS_PATH, signal);
  const due = stored?.value.requests.filter(canServe) ?? [];
  if (due.length === 0) return;
  for (const request of due) await serve(request);
  const served = new Set(due.map(({ token }) => token));
  await changeDocument<Requests>(
    state,
    REQUESTS_PATH,
    NONE,
    ({ requests }) => ({
      formatVersion: '1.0',
      requests: requests.filter(({ token }) => !served.has(token)),
    }),
    signal,
  );
}

/** Whether a request is still waiting to be taken up. */
export async function isWaiting(state: StateBackend, token: string, signal?: AbortSignal): Promise<boolean> {
  const stored = await state.read<Requests>(REQUESTS_PATH, signal);
  return stored?.value.requests.some((request) => request.token === token) === true;
}
