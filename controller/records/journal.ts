import type { Action, DeleteAction, GenerateAction } from '../plan/plan.ts';

/**
 * The durable record of one actor's part of a run, written before and after every step that costs money or destroys something.
 * It lives in the actor's record, under the actor's lease, so that a step and what it did are stored together.
 */
export interface Journal {
  readonly run: string;
  readonly plan: string;
  /** Fencing token of the lease under which it was last written. */
  readonly token: number;
  readonly steps: readonly JournalStep[];
}

export type JournalStep = GenerateStep | DeleteStep | FreeStep;

/**
 * Life of one generated picture:
 * `intended` (about to be paid for) -> `submitted` (the provider has it; `ticket`) -> `stored` (in the image store) -> `done` (in the manifest),
 * or `rejected` (wrong picture: paid, not counted) and on to the next attempt, or `failed`.
 */
export interface GenerateStep {
  readonly kind: 'generate';
  readonly action: GenerateAction;
  readonly stage: 'intended' | 'submitted' | 'stored' | 'done' | 'failed';
  /** Index into the action's attempts. */
  readonly attempt: number;
  /** Milliseconds since the epoch: when this attempt was intended. */
  readonly intendedMs: number;
  readonly ticket?: string;
  readonly stored?: StoredPicture;
  readonly costUsd?: number;
  /** Attempts whose picture was paid for and not accepted. */
  readonly rejected: readonly RejectedPicture[];
  readonly error?: string;
}

export interface StoredPicture {
  /** Canonical form. */
  readonly image: string;
  readonly digest: string;
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
  readonly error?: string;
}

/** Adopt, forget and restore touch nothing that cannot be seen again: they are simply done or not. */
export interface FreeStep {
  readonly kind: 'adopt' | 'forget' | 'restore';
  readonly action: Exclude<Action, GenerateAction | DeleteAction>;
  readonly stage: 'intended' | 'done' | 'failed';
  readonly error?: string;
}
