import type { Generator } from '../generator/generator.ts';
import type { Observing } from '../observe/observing.ts';
import type { Leases } from '../state-backend/lease.ts';
import type { Budget, Ledger } from '../state-backend/ledger.ts';

/** What applying a plan needs. */
export interface Applying {
  readonly observing: Observing;
  readonly generator: Generator;
  readonly leases: Leases;
  readonly ledger: Ledger;
  readonly budget: Budget;
  /** Milliseconds that a deleted image waits in the trash. */
  readonly trashRetentionMs: number;
  /** Title and description of each category, for generators. */
  readonly categories: ReadonlyMap<string, string>;
  /** Pictures of one actor being generated at the same time. */
  readonly generations: number;
}

/** What may cut an apply short. */
export interface ApplySignals {
  /** Aborts when the actor's lease is lost: stop at once, it belongs to somebody else. */
  readonly held: AbortSignal;
  /** Aborts when a person or a shutdown asks to stop: begin nothing new, finish what is in flight. */
  readonly stopping: AbortSignal | undefined;
}

/** One run: who writes, and under which plan. */
export interface RunContext {
  readonly run: string;
  readonly plan: string;
  /** Milliseconds since the epoch. */
  readonly startedMs: number;
}
