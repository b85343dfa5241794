import type { WrittenEntry } from '../library/entry-list.ts';
import type { Action, ActionKind } from '../plan/plan.ts';

/** One execution of a plan, a rollback, or another change by a person: `state/runs/<run>.json`. */
export interface RunRecord {
  readonly formatVersion: '1.0';
  readonly id: string;
  readonly kind:
    | 'apply'
    | 'rollback'
    | 'recovery'
    | 'trash-restore'
    | 'trash-empty'
    | 'pin'
    | 'unpin'
    | 'relabel'
    | 'reject'
    | 'withdraw'
    | 'suspend'
    | 'resume'
    | 'approve';
  /** The plan it executes. */
  readonly plan?: string;
  /** The run that it undoes. */
  readonly undoes?: string;
  readonly revision?: string;
  /** Who started it: `user@host` or `controller@host`. */
  readonly by: string;
  /** RFC 3339. */
  readonly startedAt: string;
  readonly finishedAt?: string;
  /** A process that is cut off leaves `running` behind; whoever settles its actors or applies next makes it `interrupted`. */
  readonly status: 'running' | 'succeeded' | 'partial' | 'failed' | 'interrupted';
  readonly actors: readonly ActorRun[];
  readonly costUsd: number;
  readonly estimateUsd: number;
  /** For decisions by people: what was said. */
  readonly note?: string;
}

export type ActorOutcome = 'applied' | 'partial' | 'failed' | 'stale' | 'skipped' | 'not-attempted';

export interface ActorRun {
  readonly actor: string;
  readonly type: string;
  readonly outcome: ActorOutcome;
  readonly actions: readonly ActionOutcome[];
  readonly costUsd: number;
  readonly error?: { readonly code: string; readonly message: string };
  /** Counts before and after, by category. */
  readonly before?: Readonly<Record<string, number>>;
  readonly after?: Readonly<Record<string, number>>;
}

/** Whoever stops a run, as a new revision does, makes no failures of the actors that it was at work on. */
export function hasFailed({ outcome, error }: ActorRun): boolean {
  return (outcome === 'failed' || outcome === 'partial') && error?.code !== 'interrupted';
}

export interface DroppedEntry {
  readonly entry: unknown;
  readonly index: number;
  /** How it was written, to the byte; absent in records of earlier versions. */
  readonly written?: WrittenEntry;
  /** An entry before it names the same image, and stayed. */
  readonly repeats?: true;
}

export interface ActionOutcome {
  readonly id: string;
  readonly kind: ActionKind;
  readonly outcome: 'done' | 'failed' | 'skipped' | 'not-attempted';
  readonly category?: string;
  /** The image it was about, or made. */
  readonly image?: string;
  readonly digest?: string;
  readonly model?: string;
  /** Attempts that were paid for. */
  readonly attempts?: number;
  readonly costUsd?: number;
  readonly trashId?: string;
  readonly promptNumber?: number;
  /** Of a forget: the entries that were dropped and where they stood, so that they can be put back. */
  readonly dropped?: readonly DroppedEntry[];
  /** Of the error that stood in the way. */
  readonly code?: string;
  readonly message?: string;
}

export function imageOf(action: Action): string | undefined {
  return action.kind === 'generate' ? undefined : action.image;
}
