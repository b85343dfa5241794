import type { PersonsDecision } from '../records/decision.ts';
import { changeDocument } from '../state-backend/change-document.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';
import type { Workspace } from '../workspace.ts';

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

/** `requests.json`: what people have left for the controller, and it has not taken up yet. */
interface Requests {
  readonly formatVersion: '1.0';
  readonly requests: readonly ReconcileRequest[];
  /** Decisions that no controller has told of yet: they hold without it. Absent in documents of earlier versions. */
  readonly decisions?: readonly PersonsDecision[];
}

/** What the controller does with what was left for it. */
export interface Servant {
  readonly canServe: (request: ReconcileRequest) => boolean;
  readonly serve: (request: ReconcileRequest) => Promise<void>;
  /** Must not throw. */
  readonly tell: (decision: PersonsDecision) => void;
}

export const REQUESTS_PATH = 'requests.json';
const NONE: Requests = { formatVersion: '1.0', requests: [] };
/** More than anybody asks for within the seconds until they are taken up; a controller that is gone must not let them grow. */
const REQUESTS_KEPT = 200;
/** Where no controller runs, they wait for the first that does. */
const DECISIONS_KEPT = 50;

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
    (document) => ({ ...document, requests: [...document.requests, request].slice(-REQUESTS_KEPT) }),
    signal,
  );
}

/**
 * Leaves word of a decision for whichever controller leads, or will, so that its log has it. The decision itself is made elsewhere and holds
 * in any case.
 */
export async function leaveDecision(
  { state, who, clock }: Pick<Workspace, 'state' | 'who' | 'clock'>,
  decision: Unstamped<PersonsDecision>,
): Promise<void> {
  const said = { by: who, ...decision, saidAt: new Date(clock.now()).toISOString() };
  await changeDocument<Requests>(state, REQUESTS_PATH, NONE, ({ decisions = [], ...document }) => ({
    ...document,
    decisions: [...decisions, said].slice(-DECISIONS_KEPT),
  })).catch(() => undefined);
}

type Unstamped<Decision> = Decision extends PersonsDecision
  ? Omit<Decision, 'by' | 'saidAt'> & { readonly by?: string }
  : never;

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
      return { ...document, requests: [...document.requests, asked].slice(-REQUESTS_KEPT) };
    },
    signal,
  );
}

/**
 * Tells of all decisions, each once, and serves all requests that can be served now. Those are taken out when they have been: one that is
 * cut off in between is served again.
 */
export async function serveRequests(
  state: StateBackend,
  { canServe, serve, tell }: Servant,
  signal?: AbortSignal,
): Promise<void> {
  const stored = await state.read<Requests>(REQUESTS_PATH, signal);
  if (stored?.value.decisions !== undefined)
    for (const decision of await takeDecisions(state, signal)) tell(decision);
  const due = stored?.value.requests.filter(canServe) ?? [];
  if (due.length === 0) return;
  for (const request of due) await serve(request);
  const served = new Set(due.map(({ token }) => token));
  await changeDocument<Requests>(
    state,
    REQUESTS_PATH,
    NONE,
    (document) => ({ ...document, requests: document.requests.filter(({ token }) => !served.has(token)) }),
    signal,
  );
}

/** Takes them out before anybody tells of them: while nothing can be written, they would be told again and again. */
async function takeDecisions(state: StateBackend, signal?: AbortSignal): Promise<readonly PersonsDecision[]> {
  let taken: readonly PersonsDecision[] = [];
  await changeDocument<Requests>(
    state,
    REQUESTS_PATH,
    NONE,
    ({ decisions = [], ...document }) => {
      taken = decisions;
      return document;
    },
    signal,
  );
  return taken;
}

/** Whether a request is still waiting to be taken up. */
export async function isWaiting(state: StateBackend, token: string, signal?: AbortSignal): Promise<boolean> {
  const stored = await state.read<Requests>(REQUESTS_PATH, signal);
  return stored?.value.requests.some((request) => request.token === token) === true;
}
