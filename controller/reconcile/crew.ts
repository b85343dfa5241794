import type { RunContext } from '../apply/applying.ts';
import type { ErrorCode } from '../diagnostics/errors.ts';
import type { ActorPlan } from '../plan/plan.ts';
import type { ActorRun } from '../records/run-record.ts';
import type { Mailbox } from '../runtime/mailbox.ts';
import type { WorkQueue } from '../runtime/work-queue.ts';
import type { Look } from './look.ts';

/** One actor's part of a run that the leader has begun: whoever takes it applies it. */
export interface Order {
  readonly context: RunContext;
  readonly plan: ActorPlan;
  /** Of the specs that the plan was made under. */
  readonly generation: string;
}

/** What came of an order. */
export interface Applied {
  readonly kind: 'applied';
  /** The order's id. */
  readonly order: string;
  readonly run: ActorRun;
  /** Why no other actor of the run would fare better, if so. */
  readonly stop?: { readonly code: ErrorCode; readonly message: string; readonly retryAfterMs?: number };
}

/** What a replica tells the one that leads. */
export type Report = ({ readonly kind: 'looked' } & Look) | Applied;

/**
 * Port: what the replicas on one state share. The leader says what is to be looked at and what is to be applied; all of them, the leader
 * too, do it, and report to whoever leads by then. Queues carry the version of their messages in their names.
 */
export interface Crew extends AsyncDisposable {
  /** Actors to look at. */
  readonly looks: WorkQueue;
  readonly orders: Mailbox<Order>;
  readonly reports: Mailbox<Report>;
}
