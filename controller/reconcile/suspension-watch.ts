import type { Suspension } from '../spec/target.ts';
import {
  NO_SUSPENSIONS,
  nextSuspensionEndMs,
  type Suspensions,
  suspensionOfLibrary,
} from '../status/suspensions.ts';
import { readSuspensions } from '../usecases/suspend.ts';
import type { WorkspaceSlot } from './workspace-slot.ts';

/** What is suspended by command, as it was when state was last looked at, and when that or what the specs suspend ends. */
export class SuspensionWatch {
  private readonly slot: WorkspaceSlot;
  private now: Suspensions = NO_SUSPENSIONS;
  private endingMs: number | undefined;

  constructor(slot: WorkspaceSlot) {
    this.slot = slot;
  }

  /** Why everything is suspended at the moment. */
  get library(): Suspension | undefined {
    const { settings, clock } = this.slot.current;
    return suspensionOfLibrary(this.now, settings.suspended, clock.now());
  }

  /** Whether anything is suspended or resumed since the last look. One that ends by itself counts when it has ended. */
  async look(signal: AbortSignal): Promise<boolean> {
    const { slot } = this;
    const before = this.now;
    const now = await readSuspensions(slot.current.state, signal);
    const nowMs = slot.current.clock.now();
    const hasEnded = this.endingMs !== undefined && nowMs >= this.endingMs;
    this.now = now;
    this.endingMs = this.nextEndMs();
    slot.setSuspensions(now);
    return hasEnded || JSON.stringify(before) !== JSON.stringify(now);
  }

  /** Milliseconds until the next one ends by itself. */
  leftMs(): number | undefined {
    const endMs = this.nextEndMs();
    return endMs === undefined ? undefined : endMs - this.slot.current.clock.now();
  }

  /** By command or in the specs. */
  private nextEndMs(): number | undefined {
    const { specs, clock } = this.slot.current;
    const inSpecs = [specs.library.suspended, ...specs.distributions.map(({ target }) => target.suspended)];
    return nextSuspensionEndMs(this.now, inSpecs, clock.now());
  }
}
