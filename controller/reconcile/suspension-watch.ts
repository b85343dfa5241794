import type { Suspension } from '../spec/target.ts';
import {
  hasEnded,
  NO_SUSPENSIONS,
  nextSuspensionEndMs,
  type Suspensions,
  suspensionOfLibrary,
} from '../status/suspensions.ts';
import { nameOf, readSuspensions } from '../usecases/suspend.ts';
import type { UntimedEvent } from './controller-ports.ts';
import type { WorkspaceSlot } from './workspace-slot.ts';

/** One thing that is suspended at the moment. */
interface Standing extends Suspension {
  readonly what: string;
  readonly by: string;
  readonly isInSpecs: boolean;
}

/**
 * What is suspended by command, as it was when state was last looked at, and when that or what the specs suspend ends. Tells what has ended
 * by itself, and what begins and ends in the specs; who says so by command leaves word of it.
 */
export class SuspensionWatch {
  private readonly slot: WorkspaceSlot;
  private readonly emit: (event: UntimedEvent) => void;
  private now: Suspensions = NO_SUSPENSIONS;
  /** What it found at its last look; undefined before the first, which has nothing to compare with. */
  private standing: ReadonlyMap<string, Standing> | undefined;

  constructor(slot: WorkspaceSlot, emit: (event: UntimedEvent) => void) {
    this.slot = slot;
    this.emit = emit;
  }

  /** Why everything is suspended at the moment. */
  get library(): Suspension | undefined {
    const { settings, clock } = this.slot.current;
    return suspensionOfLibrary(this.now, settings.suspended, clock.now());
  }

  /** Whether anything is suspended or resumed by command since the last look, or one has ended by itself, which those in the specs do too. */
  async look(signal: AbortSignal): Promise<boolean> {
    const { slot } = this;
    this.now = await readSuspensions(slot.current.state, signal);
    slot.setSuspensions(this.now);
    const nowMs = slot.current.clock.now();
    const all = new Map(this.all().map((one) => [JSON.stringify(one), one]));
    const standing = new Map([...all].filter(([, one]) => !hasEnded(one, nowMs)));
    const before = this.standing ?? standing;
    this.standing = standing;
    const begun = [...standing].flatMap(([key, one]) => (before.has(key) ? [] : [one]));
    const over = [...before].flatMap(([key, one]) => (standing.has(key) ? [] : [one]));
    // One that is not there any more has been ended, or put off, before its time.
    const ended = new Set(over.filter((one) => all.has(JSON.stringify(one))));
    this.tell(begun, over, ended);
    return (
      begun.some(({ isInSpecs }) => !isInSpecs) || over.some((one) => !one.isInSpecs || hasEnded(one, nowMs))
    );
  }

  private tell(begun: readonly Standing[], over: readonly Standing[], ended: ReadonlySet<Standing>): void {
    const begunInSpecs = begun.filter(({ isInSpecs }) => isInSpecs);
    for (const { isInSpecs: _, ...suspension } of begunInSpecs)
      this.emit({ type: 'suspended', ...suspension });
    // Another reason or another end is no end.
    const changed = new Set(begunInSpecs.map(({ what }) => what));
    for (const one of over) {
      const hasEnded = ended.has(one);
      if (!hasEnded && (!one.isInSpecs || changed.has(one.what))) continue;
      this.emit({ type: 'resumed', what: one.what, suspendedBy: one.by, hasEnded });
    }
  }

  /** Milliseconds until the next one ends by itself. */
  leftMs(): number | undefined {
    const { clock } = this.slot.current;
    const endMs = nextSuspensionEndMs(this.now, this.inSpecs(), clock.now());
    return endMs === undefined ? undefined : endMs - clock.now();
  }

  /** By command and in the specs, those that have ended among them. */
  private all(): Standing[] {
    const { library, distributions, actors } = this.now;
    const byCommand = [
      ...(library === undefined ? [] : [{ what: nameOf({ kind: 'library' }), ...library }]),
      ...Object.entries(distributions).map(([name, record]) => ({
        what: nameOf({ kind: 'distribution', name }),
        ...record,
      })),
      ...Object.entries(actors).map(([name, record]) => ({
        what: nameOf({ kind: 'actor', name }),
        ...record,
      })),
    ];
    return [
      ...byCommand.map(({ at: _, ...suspension }) => ({ ...suspension, isInSpecs: false })),
      ...this.inSpecs(),
    ];
  }

  private inSpecs(): Standing[] {
    const { library, distributions } = this.slot.current.specs;
    const named = [
      { what: nameOf({ kind: 'library' }), suspended: library.suspended },
      ...distributions.map(({ name, target }) => ({
        what: nameOf({ kind: 'distribution', name }),
        suspended: target.suspended,
      })),
    ];
    return named.flatMap(({ what, suspended }) =>
      suspended === undefined ? [] : [{ what, by: 'the specs', isInSpecs: true, ...suspended }],
    );
  }
}
