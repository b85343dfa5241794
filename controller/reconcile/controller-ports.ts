import type { ActorPlan, PlanSize } from '../plan/plan.ts';
import type { PersonsDecision } from '../records/decision.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { QueueMeasures, QueueObserver } from '../runtime/work-queue.ts';
import type { Condition } from '../status/condition.ts';
import type { ActorStatusDocument, LibraryStatusDocument } from '../status/status-document.ts';

/**
 * What the controller tells the world: facts, in the order in which they happened. Logs, notifications, commit statuses and metrics
 * are made from them; nothing is decided by them.
 */
export type ControllerEvent = {
  readonly at: string;
} /** `lost`: it does not lead any more though nobody asked it to stop. */ & (
  | { readonly type: 'leader'; readonly leading: boolean; readonly message: string; readonly lost?: boolean }
  /** Another process leads. Repeated only when it is yet another. */
  | { readonly type: 'standing-by'; readonly message: string }
  /** A revision of the specs is in force. `generation`: digest of the desired state; equal when the commit changed nothing that matters. */
  | {
      readonly type: 'revision-loaded';
      readonly revision: string;
      readonly generation: string;
      readonly previous?: string;
      /** Absent before anybody has counted. */
      readonly actors?: number;
    }
  /** Every actor is as this revision says, for the first time since it came into force. */
  | { readonly type: 'revision-applied'; readonly revision: string }
  /** The specs cannot be had or used; `inForce`, the last good revision, stays in force. Repeated only when the problem changes. */
  | {
      readonly type: 'source-failed';
      readonly reason: string;
      readonly message: string;
      readonly revision?: string;
      readonly inForce?: string;
    }
  | { readonly type: 'source-recovered'; readonly revision: string }
  | {
      readonly type: 'reconciled';
      readonly actor: string;
      readonly reconcileId: string;
      readonly result: ReconcileResult;
      readonly seconds: number;
      readonly message?: string;
    }
  /** A condition of an actor (or of the library, when `actor` is absent) has another status or reason than before. */
  | {
      readonly type: 'condition-changed';
      readonly actor?: string;
      readonly actorType?: string;
      readonly condition: Condition;
      /** Absent when it was not present before. */
      readonly previous?: Pick<Condition, 'status' | 'reason'>;
      readonly revision?: string;
    }
  | { readonly type: 'condition-removed'; readonly actor?: string; readonly condition: Condition }
  /** An actor is not in the library any more. */
  | { readonly type: 'actor-gone'; readonly actor: string }
  | ({
      readonly type: 'plan-written';
      readonly plan: string;
      readonly revision: string;
    } & PlanSize)
  /** A plan waits for something before it may be applied. Repeated only when plan, reason or the revision in force change. */
  | ({
      readonly type: 'plan-held';
      readonly plan: string;
      readonly revision: string;
      readonly reason: string;
      readonly message: string;
      readonly guards?: readonly string[];
      /** The first of its actors. */
      readonly some: readonly string[];
    } & PlanSize)
  | {
      readonly type: 'run-started';
      readonly run: string;
      readonly plan: string;
      /** The plan that it is a part of, where it is a wave. */
      readonly of?: string;
      readonly revision: string;
      readonly actors: number;
      readonly wave?: number;
    }
  | { readonly type: 'run-finished'; readonly run: RunRecord; readonly wave?: number }
  | {
      readonly type: 'rollout';
      readonly revision: string;
      readonly state: string;
      readonly message: string;
      readonly done: number;
      readonly total: number;
      /** Actors of the last wave whom a provider or a store did not serve. */
      readonly unserved: number;
    }
  | { readonly type: 'budget'; readonly day: string; readonly spentUsd: number; readonly limitUsd: number }
  /** Told by the controller that leads, once; what was decided while none led, by the next that does. */
  | PersonsDecision
  /** Somebody wants actors looked at now, by command. */
  | {
      readonly type: 'look-requested';
      readonly by: string;
      /** Absent: all. */
      readonly actors?: readonly string[];
    }
  /** In the specs: nothing more is applied to it. */
  | {
      readonly type: 'suspended';
      readonly what: string;
      readonly reason: string;
      readonly until?: string;
      readonly by: string;
    }
  /** Nobody has said so by command: it has ended by itself, or was taken out of the specs. */
  | {
      readonly type: 'resumed';
      readonly what: string;
      readonly suspendedBy: string;
      /** By itself, at its time. */
      readonly hasEnded: boolean;
    }
  | { readonly type: 'warning'; readonly code: string; readonly message: string; readonly actor?: string }
  /** What a warning has told of works again. */
  | { readonly type: 'trouble-over'; readonly message: string }
);

/** Names as controller-runtime's `result` label, plus `terminal`. */
export type ReconcileResult = 'success' | 'error' | 'requeue_after' | 'terminal';

/** An event before it is stamped with its time. */
export type UntimedEvent = ControllerEvent extends infer E
  ? E extends ControllerEvent
    ? Omit<E, 'at'>
    : never
  : never;

/** Takes events as they come; must not throw and must not block. */
export interface ControllerObserver {
  event(event: ControllerEvent): void;
}

/** Numbers that change too often to be events. Every method must not throw and must not block. */
export interface ControllerMetrics extends QueueObserver {
  /** Whether this process holds the controller's lease. */
  leading(isLeading: boolean): void;
  workers(active: number, limit: number): void;
  /** @param isBug it ended in an error that nobody foresaw. */
  reconciled(result: ReconcileResult, seconds: number, isBug: boolean): void;
  queue(measures: QueueMeasures): void;
  /** Actors by the status and reason of their Ready condition, after it changed; every pair with actors is listed. */
  conditions(counts: readonly ConditionCount[]): void;
  scanned(actors: number, changed: number, seconds: number): void;
}

export interface ConditionCount {
  readonly type: Condition['type'];
  readonly status: Condition['status'];
  readonly reason: string;
  readonly actors: number;
}

export const noMetrics: ControllerMetrics = {
  added() {},
  taken() {},
  done() {},
  retried() {},
  leading() {},
  workers() {},
  reconciled() {},
  queue() {},
  conditions() {},
  scanned() {},
};

/** What a person may suspend or resume. */
export type SuspendTarget =
  | { readonly kind: 'library' }
  | { readonly kind: 'distribution'; readonly name: string }
  | { readonly kind: 'actor'; readonly name: string };

export interface Readiness {
  readonly ready: boolean;
  /** Why not, or in what respect it is limping: stable codes with sentences. */
  readonly reasons: readonly { readonly code: string; readonly message: string }[];
}

/** What a running controller can be asked, by HTTP or from a test. */
export interface ControllerApi {
  /** Undefined until the specs have been loaded for the first time. */
  library(): LibraryStatusDocument | undefined;
  /** Sorted by id. */
  actors(): readonly ActorStatusDocument[];
  actor(id: string): ActorStatusDocument | undefined;
  /** The newest plan of every actor that it has looked at; absent or empty where nothing but state is known. */
  plans?(): readonly ActorPlan[];
  /**
   * Looks at these actors (all, when none is named) ahead of everything else.
   *
   * @throws CallsheetError `not-found` for an unknown actor; `unavailable` while this process does not lead, or does not know yet who there is.
   */
  reconcileNow(actors?: readonly string[]): Promise<{ readonly accepted: number }>;
  /** @throws CallsheetError `unavailable` before the library is open; `not-found`. */
  suspend(
    target: SuspendTarget,
    why: { readonly reason: string; readonly by: string; readonly until?: string },
  ): Promise<void>;
  resume(target: SuspendTarget, by: string): Promise<void>;
  /**
   * Asks the source of the specs for a new revision now, as a webhook does. Resolves when it has been looked at; while another controller
   * leads, that one is left a request to look too.
   */
  pokeSource(): Promise<void>;
  /** Looks at once for what was written into state: approvals, requests, suspensions. */
  pokeState(): Promise<void>;
  /** Whether it does its work: leads or stands by, has specs, reaches its state. */
  ready(): Readiness;
  /** Whether the process is alive: its loops turn. */
  health(): Readiness;
}
