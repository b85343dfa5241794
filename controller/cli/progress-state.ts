import type { ActorOutcome } from '../records/run-record.ts';
import type { Phase, ProgressEvent } from '../views/events.ts';

/** What a progress line says: the events so far, added up. */
export interface ProgressState {
  readonly phase: Phase | undefined;
  /** Milliseconds since the epoch. */
  readonly startedMs: number;
  /** Actors of this phase. */
  readonly total: number;
  readonly done: number;
  readonly current: string | undefined;
  readonly images: number;
  /** Images that the evaluator looked at. */
  readonly evaluated: number;
  /** Actions of this phase that are through, well or badly. */
  readonly actions: number;
  readonly failures: number;
  /** US dollars, over all phases. */
  readonly costUsd: number;
  /** Actors observed in this phase: some are observed twice. Grows in place, lest every event copy it. */
  readonly seen: Set<string>;
}

const FAILURES: ReadonlySet<ActorOutcome> = new Set(['failed', 'partial']);

export const initialProgress: ProgressState = {
  phase: undefined,
  startedMs: 0,
  total: 0,
  done: 0,
  current: undefined,
  images: 0,
  evaluated: 0,
  actions: 0,
  failures: 0,
  costUsd: 0,
  seen: new Set(),
};

/** The state after one more event. */
export function advanceProgress(state: ProgressState, event: ProgressEvent, nowMs: number): ProgressState {
  switch (event.type) {
    case 'phase-started':
      return {
        ...initialProgress,
        costUsd: state.costUsd,
        phase: event.phase,
        total: event.total,
        startedMs: nowMs,
        seen: new Set(),
      };
    case 'phase-finished':
      return { ...state, phase: undefined, current: undefined };
    case 'actor-observed':
      return {
        ...state,
        current: event.actor,
        done: doneAfterObserving(state, event.actor),
        images: state.images + event.images,
        evaluated: state.evaluated + event.evaluated,
        costUsd: state.costUsd + event.costUsd,
      };
    case 'actor-applying':
      return { ...state, current: event.actor };
    case 'action-finished':
      return {
        ...state,
        current: event.actor,
        actions: state.actions + 1,
        costUsd: state.costUsd + (event.action.costUsd ?? 0),
      };
    case 'actor-applied':
      return {
        ...state,
        current: event.actor,
        done: state.done + 1,
        failures: state.failures + (FAILURES.has(event.outcome) ? 1 : 0),
      };
    case 'provider-failed':
    case 'recovered':
    case 'warning':
      return state;
  }
}

/** While actors are observed, each counts once; while they are changed, looking at them again is no progress. */
function doneAfterObserving({ phase, seen, done }: ProgressState, actor: string): number {
  if (phase !== 'observe' && phase !== 'rollback') return done;
  seen.add(actor);
  return seen.size;
}
