import { timeId } from '../runtime/ids.ts';
import type { ActorStatusDocument } from '../status/status-document.ts';
import type { ActorOutcomeNow } from '../status/summarize.ts';
import type { Workspace } from '../workspace.ts';
import type { Blocker } from './blocker.ts';
import { reconcileActor } from './reconcile-actor.ts';
import type { Term } from './term.ts';

/** What somebody has seen who looked at an actor. */
export interface Look {
  readonly actor: string;
  readonly reconcileId: string;
  /** Of the specs that it was looked at under. */
  readonly generation: string;
  readonly outcome: ActorOutcomeNow;
  /** Of the actor, where it could be read. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly seconds: number;
}

export interface LookOptions {
  readonly workspace: Workspace;
  readonly blocker: Blocker;
  readonly before: ActorStatusDocument;
  /** Failures in a row before this time. */
  readonly failures: number;
  readonly timer: Term['timer'];
  readonly random: Term['random'];
}

/** Looks at one actor. Rejects only when the signal aborts, or for a bug. */
export async function lookAt(actor: string, options: LookOptions, signal: AbortSignal): Promise<Look> {
  const { workspace, timer, random } = options;
  const startedMs = timer.now();
  const reconcileId = timeId('rec', workspace.clock.now(), random);
  const seen = await reconcileActor(options, actor, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw error;
  });
  const seconds = (timer.now() - startedMs) / 1000;
  return { actor, reconcileId, generation: workspace.source.specDigest, ...seen, seconds };
}
