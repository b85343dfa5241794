import type { ActionKind } from '../plan/plan.ts';
import type { ActorOutcome } from '../records/run-record.ts';
import type { Condition } from './condition.ts';

/** `status/<actor>.json`: how an actor stood when the controller last looked. Written only when something in it has changed. */
export interface ActorStatusDocument {
  readonly formatVersion: '1.0';
  readonly actor: string;
  readonly name?: string;
  readonly actorType: string;
  readonly distribution?: string;
  readonly total: { readonly before: number; readonly target: number };
  /** `Ready` first. */
  readonly conditions: readonly Condition[];
  /** Digest of the desired state that the conditions are about. */
  readonly observedGeneration?: string;
  /**
   * Revision of the specs under which this document was last written, and the newest under which the actor was as it should be when that
   * was. What to show of them: see `revisionsOf`.
   */
  readonly lastAttemptedRevision?: string;
  readonly lastAppliedRevision?: string;
  /** The last ten runs of this actor, the newest first. */
  readonly history: readonly RunSummary[];
  /** Net changes by category, the newest last: evidence for flapping. */
  readonly moves: readonly Move[];
  /** Runs in a row that paid for pictures of which none was accepted. */
  readonly fruitless: number;
  /** Runs in a row that failed, outages aside, for the same target. Absent in documents of earlier versions. */
  readonly failedRuns?: number;
  /** What it was when it stalled. It stays stalled until one of these is different. */
  readonly stalledOn?: StalledOn;
}

export interface StalledOn {
  readonly reason: 'VerificationFailed' | 'FlappingDetected';
  readonly message: string;
  readonly generation?: string;
  readonly fingerprint?: string;
  /** RFC 3339: it ends by itself then. */
  readonly until?: string;
}

/** One run of one actor, short. */
export interface RunSummary {
  readonly run: string;
  readonly plan?: string;
  /** RFC 3339: when it ended. */
  readonly at: string;
  readonly revision?: string;
  readonly outcome: ActorOutcome;
  /** Actions that were done, by kind; kinds without any are absent. */
  readonly done: Readonly<Partial<Record<ActionKind, number>>>;
  /** Actions that failed or were not reached. */
  readonly open: number;
  readonly costUsd: number;
  readonly message?: string;
}

/** How many images a run added to (`up`) or took from (`down`) a category on balance. */
export interface Move {
  readonly category: string;
  readonly direction: 'up' | 'down';
  readonly count: number;
  readonly run: string;
  readonly at: string;
  /** Digest of the desired state that it was made for. */
  readonly generation?: string;
}

/** `status/_library.json`: how the library as a whole stands. */
export interface LibraryStatusDocument {
  readonly formatVersion: '1.0';
  readonly name: string;
  readonly conditions: readonly Condition[];
  /** The revision of the specs in force, and the digest of the desired state in it. */
  readonly revision: string;
  readonly generation: string;
  /** The newest revision that was seen; differs from `revision` while that one cannot be used. */
  readonly lastAttemptedRevision: string;
  /** The newest revision whose every actor was balanced. */
  readonly lastAppliedRevision?: string;
  /** The newest revision under which every actor has been looked at, whatever was found. Absent in documents of earlier versions. */
  readonly surveyedRevision?: string;
  /** Actors by status and reason of their Ready condition. */
  readonly actors: readonly {
    readonly status: Condition['status'];
    readonly reason: string;
    readonly count: number;
  }[];
  /** The plan that waits. */
  readonly pending?: { readonly plan: string; readonly reason: string; readonly message: string };
  readonly rollout?: {
    /** The newest revision that it carries out. Absent in documents of earlier versions. */
    readonly revision?: string;
    readonly state: string;
    readonly done: number;
    readonly total: number;
    readonly message: string;
  };
}

export const HISTORY_LENGTH = 10;
const MOVES_KEPT = 40;

export const LIBRARY_STATUS_PATH = 'status/_library.json';

/** An id that begins with an underscore gets one more, so that no actor's document is taken for the library's. */
export function actorStatusPath(actor: string): string {
  return `status/${actor.startsWith('_') ? '_' : ''}${actor}.json`;
}

export function emptyActorStatus(actor: string): ActorStatusDocument {
  return {
    formatVersion: '1.0',
    actor,
    actorType: '',
    total: { before: 0, target: 0 },
    conditions: [],
    history: [],
    moves: [],
    fruitless: 0,
  };
}

/** Adds a run to an actor's history, and the moves that it made. */
export function withRun(
  document: ActorStatusDocument,
  run: RunSummary,
  moves: readonly Move[],
): ActorStatusDocument {
  return {
    ...document,
    history: [run, ...document.history.filter((other) => other.run !== run.run)].slice(0, HISTORY_LENGTH),
    moves: [...document.moves, ...moves].slice(-MOVES_KEPT),
  };
}
