import type { ActionOutcome, ActorOutcome } from '../records/run-record.ts';

/**
 * What happens while a use-case is at work, for whoever shows it: a progress line, NDJSON, a log, the dashboard. Events are facts for
 * people; nothing is decided by them.
 */
export type ProgressEvent =
  /** A long piece of work begins; `total` counts its units (actors). */
  | { readonly type: 'phase-started'; readonly phase: Phase; readonly total: number }
  | { readonly type: 'phase-finished'; readonly phase: Phase }
  | {
      readonly type: 'actor-observed';
      readonly actor: string;
      readonly images: number;
      /** Images read and decoded this time, because they were new or changed. */
      readonly read: number;
      /** Images that the evaluator looked at this time. */
      readonly evaluated: number;
      readonly costUsd: number;
    }
  | { readonly type: 'actor-applying'; readonly actor: string; readonly actions: number }
  | {
      readonly type: 'action-finished';
      readonly actor: string;
      readonly run: string;
      readonly action: ActionOutcome;
    }
  | {
      readonly type: 'actor-applied';
      readonly actor: string;
      readonly outcome: ActorOutcome;
      readonly costUsd: number;
      readonly message?: string;
    }
  /** A call of a provider failed; it may have been made again since, and have worked. */
  | { readonly type: 'provider-failed'; readonly provider: string; readonly code: string }
  | { readonly type: 'recovered'; readonly actor: string; readonly run: string; readonly message: string }
  | { readonly type: 'warning'; readonly code: string; readonly message: string; readonly actor?: string };

export type Phase = 'observe' | 'apply' | 'rollback' | 'trash';

/** Takes events as they come; must not throw and must not block. */
export type Reporter = (event: ProgressEvent) => void;

export const silentReporter: Reporter = () => {};
