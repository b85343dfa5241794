import { randomUUID } from 'node:crypto';
import { applyActor } from '../apply/apply-actor.ts';
import type { CallsheetError } from '../diagnostics/errors.ts';
import type { ActorRun } from '../records/run-record.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Letter } from '../runtime/mailbox.ts';
import { inRun } from '../runtime/run-scope.ts';
import type { QueueItem } from '../runtime/work-queue.ts';
import { type ActorStatusDocument, actorStatusPath, emptyActorStatus } from '../status/status-document.ts';
import { readSuspensions } from '../usecases/suspend.ts';
import type { Workspace } from '../workspace.ts';
import { Blocker } from './blocker.ts';
import type { ControllerMetrics, UntimedEvent } from './controller-ports.ts';
import type { Applied, Crew, Order } from './crew.ts';
import { lookAt } from './look.ts';
import { untouchedRun } from './orders.ts';
import { SharedTrouble } from './trouble.ts';
import type { WorkspaceSlot } from './workspace-slot.ts';

export interface WorkerOptions {
  readonly crew: Crew;
  readonly slot: WorkspaceSlot;
  /** Brings this process to the revision in force. False while it cannot; then it leaves the work to others. */
  readonly follow: (signal: AbortSignal) => Promise<boolean>;
  readonly timer: Clock;
  readonly random: () => number;
  readonly metrics: ControllerMetrics;
  readonly emit: (event: UntimedEvent) => void;
}

const MOST_LOOKS = 32;
/** How soon a replica that could not follow or do its work tries again. Milliseconds. */
const PAUSE_MS = 2_000;
/** A look that was put back goes to somebody else, or to us when we have what it takes. */
const PUT_BACK_MS = 1_000;

/**
 * What every replica does, whoever leads: looks at actors and applies orders, under the revision in force, and reports. Decides nothing, and
 * keeps nothing that others need.
 */
export class Worker {
  private readonly options: WorkerOptions;
  private readonly blocker: Blocker;
  private readonly trouble: SharedTrouble;
  private active = 0;

  constructor(options: WorkerOptions) {
    this.options = options;
    this.blocker = new Blocker(options.timer, options.random);
    this.trouble = new SharedTrouble('work was left to others', options);
  }

  /** Until the signal aborts; then nothing new begins, and what is in flight is finished or released. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    const { concurrency } = this.options.slot.current.settings.limits;
    const looks = Math.min(MOST_LOOKS, concurrency);
    await Promise.all([
      ...Array.from({ length: looks }, () => this.loop(signal, () => this.lookOnce(signal, looks))),
      ...Array.from({ length: concurrency }, () => this.loop(signal, () => this.applyOnce(signal))),
    ]);
  }

  private async loop(signal: AbortSignal, turn: () => Promise<void>): Promise<void> {
    const { follow, timer } = this.options;
    while (!signal.aborted) {
      try {
        if (await follow(signal)) await turn();
        else await timer.sleep(PAUSE_MS, signal);
      } catch (error) {
        if (signal.aborted) return;
        this.trouble.note(error, signal);
        await timer.sleep(PAUSE_MS, signal).catch(() => undefined);
      }
    }
  }

  private async lookOnce(signal: AbortSignal, limit: number): Promise<void> {
    const { crew, metrics } = this.options;
    const item = await crew.looks.take(signal);
    if (item === undefined) return;
    this.active += 1;
    metrics.workers(this.active, limit);
    let isAnswered = false;
    try {
      isAnswered = await this.look(item, signal);
    } finally {
      isAnswered ||= await this.putBack(item, signal);
      // Neither looked at nor put back: the heartbeats end with this process, and another takes it over.
      if (isAnswered) await crew.looks.done(item.key);
      this.active -= 1;
      metrics.workers(this.active, limit);
    }
  }

  private async putBack({ key, priority }: QueueItem, signal: AbortSignal): Promise<boolean> {
    const { crew, timer } = this.options;
    for (;;) {
      try {
        await crew.looks.add(key, { priority, afterMs: PUT_BACK_MS });
        return true;
      } catch {
        if (signal.aborted) return false;
        await timer.sleep(PAUSE_MS, signal).catch(() => undefined);
      }
    }
  }

  /** False when somebody else has to look. */
  private async look({ key: actor, failures }: QueueItem, signal: AbortSignal): Promise<boolean> {
    const { crew, slot, follow, timer, random } = this.options;
    // The revision may have changed while we waited for something to do.
    if (!(await follow(signal))) return false;
    return await slot.use(async (workspace) => {
      const [suspensions, before] = await Promise.all([
        readSuspensions(workspace.state, signal),
        readStatus(workspace, actor, signal),
      ]);
      const looking = { workspace: { ...workspace, suspensions }, blocker: this.blocker, before, failures };
      const look = await lookAt(actor, { ...looking, timer, random }, signal);
      await crew.reports.post(randomUUID(), actor, { kind: 'looked', ...look });
      return true;
    });
  }

  private async applyOnce(signal: AbortSignal): Promise<void> {
    const { crew } = this.options;
    const letter = await crew.orders.take(signal);
    if (letter === undefined) return;
    try {
      const applied = await this.apply(letter, signal);
      // Whoever has taken it over reports.
      if (letter.lost.aborted) return;
      await crew.reports.post(randomUUID(), letter.key, reportOf(letter, applied));
      await crew.orders.done(letter);
    } catch (error) {
      await crew.orders.release(letter);
      throw error;
    }
  }

  private async apply(letter: Letter<Order>, signal: AbortSignal) {
    const { slot, follow } = this.options;
    const { plan, generation } = letter.body;
    const isCurrent = !signal.aborted && (await follow(signal));
    return await slot.use(async (workspace) =>
      isCurrent && workspace.source.specDigest === generation
        ? await carryOut(workspace, letter, signal)
        : { run: untouchedRun(plan, NOT_BEGUN), stop: undefined },
    );
  }
}

const NOT_BEGUN = {
  code: 'stale',
  message: 'the specs have changed, or the replica that had it was stopped, before it was begun',
};

async function carryOut(workspace: Workspace, { body, lost }: Letter<Order>, signal: AbortSignal) {
  const { context, plan } = body;
  const scope = { run: context.run, startedMs: context.startedMs };
  const stop = AbortSignal.any([signal, lost]);
  return await inRun(
    () => scope,
    () => applyActor(workspace.applying, context, plan, stop),
  );
}

function reportOf(
  { id }: Letter<Order>,
  { run, stop }: { readonly run: ActorRun; readonly stop: CallsheetError | undefined },
): Applied {
  if (stop === undefined) return { kind: 'applied', order: id, run };
  const { code, message, retryAfterMs } = stop;
  const why = { code, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  return { kind: 'applied', order: id, run, stop: why };
}

async function readStatus(
  { state }: Workspace,
  actor: string,
  signal: AbortSignal,
): Promise<ActorStatusDocument> {
  const stored = await state.read<ActorStatusDocument>(actorStatusPath(actor), signal);
  return stored?.value ?? emptyActorStatus(actor);
}
