import { randomUUID } from 'node:crypto';
import type { AppliedActor } from '../apply/apply-actor.ts';
import type { RunContext } from '../apply/applying.ts';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { ActorPlan } from '../plan/plan.ts';
import type { ActorRun } from '../records/run-record.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Mailbox } from '../runtime/mailbox.ts';
import type { Applied, Order } from './crew.ts';

export interface OrdersOptions {
  readonly orders: Mailbox<Order>;
  readonly timer: Clock;
  /** Of the specs in force. */
  readonly generation: () => string;
}

/** How long whoever has begun an order may take to come to an end once it is called off. Milliseconds. */
const GRACE_MS = 30_000;
/** How often it is made sure that an order still exists. */
const CHECK_MS = 30_000;

/** The leader's side of orders: gives one for every actor of a run, and waits for what came of it. */
export class Orders {
  private readonly options: OrdersOptions;
  private readonly open = new Map<string, (applied: Applied) => void>();

  constructor(options: OrdersOptions) {
    this.options = options;
  }

  /** Takes in a report. False when nobody waits for it: it is of a run that is over. */
  settle(applied: Applied): boolean {
    const resolve = this.open.get(applied.order);
    resolve?.(applied);
    return resolve !== undefined;
  }

  /** As `applyActor`, by whichever replica is free. */
  async apply(context: RunContext, plan: ActorPlan, signal?: AbortSignal): Promise<AppliedActor> {
    const order = { context, plan, generation: this.options.generation() };
    const id = randomUUID();
    const { promise: reported, resolve } = Promise.withResolvers<Applied>();
    this.open.set(id, resolve);
    const over = new AbortController();
    try {
      await this.options.orders.post(id, plan.actor, order);
      const applied = await Promise.race([
        reported,
        this.calledOff(id, signal, over.signal),
        this.vanished(id, over.signal),
      ]);
      return applied === undefined ? interrupted(plan) : appliedOf(applied);
    } finally {
      over.abort();
      this.open.delete(id);
    }
  }

  /** Resolves when it is called off and nobody has begun it, or whoever has does not come to an end. */
  private async calledOff(
    id: string,
    signal: AbortSignal | undefined,
    over: AbortSignal,
  ): Promise<undefined> {
    const { orders, timer } = this.options;
    if (signal === undefined) return await forever();
    await aborted(signal, over);
    const withdrawn = over.aborted ? [] : await orders.withdraw([id]);
    if (withdrawn.length === 0) await timer.sleep(GRACE_MS, over).catch(forever);
    return undefined;
  }

  /** Resolves when the order is gone without a word, as after a database was put back to an earlier state. */
  private async vanished(id: string, over: AbortSignal): Promise<undefined> {
    const { orders, timer } = this.options;
    for (let missing = 0; missing < 2; ) {
      await timer.sleep(CHECK_MS, over).catch(forever);
      const found = await orders.open([id]).catch(() => [id]);
      missing = found.length > 0 ? 0 : missing + 1;
    }
    return undefined;
  }
}

async function aborted(signal: AbortSignal, over: AbortSignal): Promise<void> {
  const either = AbortSignal.any([signal, over]);
  if (either.aborted) return;
  await new Promise<void>((resolve) => either.addEventListener('abort', () => resolve(), { once: true }));
}

function forever(): Promise<never> {
  return new Promise(() => undefined);
}

function appliedOf({ run, stop }: Applied): AppliedActor {
  if (stop === undefined) return { run, stop: undefined };
  const { code, message, retryAfterMs } = stop;
  return {
    run,
    stop: new CallsheetError(code, message, retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function interrupted(plan: ActorPlan): AppliedActor {
  const error = { code: 'interrupted', message: 'the run was interrupted; the journal says where it stands' };
  return { run: untouchedRun(plan, error), stop: undefined };
}

/** An actor of a run that nothing was done for. */
export function untouchedRun(plan: ActorPlan, error: { code: string; message: string }): ActorRun {
  const actions = plan.actions.map(({ id, kind }) => ({ id, kind, outcome: 'not-attempted' as const }));
  return { actor: plan.actor, type: plan.type, outcome: 'not-attempted', actions, costUsd: 0, error };
}
