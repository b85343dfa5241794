import type { DeleteAction, GenerateAction } from '../plan/plan.ts';

/**
 * The durable record of one actor's part of a run, written before and after every step that costs money or destroys something.
 * It lives in the actor's record, under the actor's lease, so that a step and what it did are stored together.
 */
export interface Journal {
  readonly run: string;
  readonly plan: string;
  /** When the run began; milliseconds since the epoch. */
  readonly startedMs: number;
  /** Fencing token of the lease under which it was last written. */
  readonly token: number;
  readonly steps: readonly JournalStep[];
}

/** Adopt, forget and restore need no step: they touch nothing that the next observation would not see. */
export type JournalStep = GenerateStep | DeleteStep;

/**
 * Life of one generated picture:
 * `intended` (about to be paid for) -> `submitted` (the provider has it; `ticket`) -> `stored` (safe in the image store) -> `verified` (it is
 * what was asked for) -> `done` (in the manifest); or it is rejected (paid, put into the trash, not counted) and the next attempt is
 * `intended`; or `failed`.
 */
export interface GenerateStep {
  readonly kind: 'generate';
  readonly action: GenerateAction;
  readonly stage: 'intended' | 'submitted' | 'stored' | 'verified' | 'done' | 'rejected' | 'failed';
  /** Index into the action's attempts. */
  readonly attempt: number;
  /** Milliseconds since the epoch: when this attempt was intended. */
  readonly intendedMs: number;
  readonly ticket?: string;
  readonly stored?: StoredPicture;
  /** US dollars paid so far, rejected attempts included. */
  readonly costUsd: number;
  /** Attempts whose picture was paid for and not accepted. */
  readonly rejected: readonly RejectedPicture[];
  readonly error?: string;
  /** Of the error. Absent where the provider has failed at this one picture. */
  readonly code?: string;
}

export interface StoredPicture {
  /** Canonical form. */
  readonly image: string;
  readonly digest: string;
  /** The store's, right after it was put there. */
  readonly revision: string;
  /** The manifest entry to be written for it. */
  readonly entry: Readonly<Record<string, unknown>>;
}

export interface RejectedPicture {
  readonly attempt: number;
  readonly reason: string;
  readonly costUsd: number;
}

/** Life of a delete: `intended` -> `trashed` (a copy is safe in the trash) -> `dropped` (out of the manifest) -> `done` (object gone). */
export interface DeleteStep {
  readonly kind: 'delete';
  readonly action: DeleteAction;
  readonly stage: 'intended' | 'trashed' | 'dropped' | 'done' | 'failed' | 'skipped';
  /** Id of its trash record. */
  readonly trashId: string;
  /** Of one that is done: why its object was left where it is. */
  readonly stays?: string;
  readonly error?: string;
}

/** Whether a step may have an effect that nobody has followed up: an order that may be paid for, a picture not entered, a delete half done. */
export function isOpen(step: JournalStep): boolean {
  return !['done', 'failed', 'rejected', 'skipped'].includes(step.stage);
}
