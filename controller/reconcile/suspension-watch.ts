import { NO_SUSPENSIONS, nextSuspensionEndMs, type Suspensions } from '../status/suspensions.ts';
import { readSuspensions } from '../usecases/suspend.ts';
import type { WorkspaceSlot } from './workspace-slot.ts';

/** What is suspended, as it was when state was last looked at. */
export class SuspensionWatch {
  private readonly slot: WorkspaceSlot;
  private now: Suspensions = NO_SUSPENSIONS;
  private endingMs: number | undefined;

  constructor(slot: WorkspaceSlot) {
    this.slot = slot;
  }

  get current(): Suspensions {
    return this.now;
  }

  /** Whether anything is suspended or resumed since the last look. One that ends by itself counts when it has ended. */
  async look(signal: AbortSignal): Promise<boolean> {
    const { slot } = this;
    const before = this.now;
    const now = await readSuspensions(slot.current.state, signal);
    const nowMs = slot.current.clock.now();
    const hasEnded = this.endingMs !== undefined && nowMs >= this.endingMs;
    this.now = now;
    this.endingMs = nextSuspensionEndMs(now, nowMs);
    slot.setSuspensions(now);
    return hasEnded || JSON.stringify(before) !== JSON.stringify(now);
  }

  /** Milliseconds until the next one ends by itself. */
  leftMs(): number | undefined {
    const nowMs = this.slot.current.clock.now();
    const endMs = nextSuspensionEndMs(this.now, nowMs);
    return endMs === undefined ? undefined : endMs - nowMs;
  }
}
