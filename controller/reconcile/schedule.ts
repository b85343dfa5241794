import { PRIORITY } from '../runtime/work-queue.ts';
import type { ActorOutcomeNow } from '../status/summarize.ts';
import type { Workspace } from '../workspace.ts';
import type { ReconcileResult } from './controller-ports.ts';
import { untilTomorrowMs } from './gates.ts';
import type { Term } from './term.ts';

const SHORTEST_RESYNC_MS = 3_600_000;
const LONGEST_RESYNC_MS = 86_400_000;

/** Says when an actor is looked at again after an outcome; the only place that does. Returns the outcome as metrics name it. */
export async function schedule(
  { queue, random, evaluatorBlock }: Term,
  { clock, settings }: Workspace,
  actor: string,
  outcome: ActorOutcomeNow,
): Promise<ReconcileResult> {
  const group = outcome.plan.type;
  switch (outcome.kind) {
    case 'settled':
    case 'proposed':
      await queue.forget(actor);
      await resync();
      return 'success';
    case 'held':
      await queue.forget(actor);
      await resync();
      if (outcome.reason === 'BudgetExhausted') {
        const afterMs = untilTomorrowMs(clock.now()) + 60_000 * random();
        await queue.add(actor, { priority: PRIORITY.drift, group, afterMs });
      }
      return 'requeue_after';
    case 'failed': {
      const blockedMs = evaluatorBlock.leftMs();
      if (blockedMs === 0) await queue.retry(actor, { priority: PRIORITY.drift, group });
      else
        await queue.add(actor, {
          priority: PRIORITY.drift,
          group,
          afterMs: blockedMs * (1 + 0.2 * random()),
        });
      return 'error';
    }
    case 'stalled':
      await resync();
      return 'terminal';
  }

  /** Spread by chance, so that a library is not looked at all at once only because it was started all at once. */
  async function resync(): Promise<void> {
    const everyMs = Math.min(LONGEST_RESYNC_MS, Math.max(SHORTEST_RESYNC_MS, 10 * settings.intervalMs));
    await queue.add(actor, { priority: PRIORITY.resync, group, afterMs: everyMs * (0.5 + 0.5 * random()) });
  }
}
