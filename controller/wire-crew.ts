import type { Crew, Order, Report } from './reconcile/crew.ts';
import { systemClock } from './runtime/clock.ts';
import type { QueueObserver } from './runtime/work-queue.ts';
import { isPostgres } from './wire-state.ts';

export interface CrewPlace {
  /** Of the state. */
  readonly url: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly observer?: QueueObserver;
  /** Told of what goes wrong in the background; everything there is tried again by itself. */
  readonly onTrouble?: (message: string) => void;
}

/** The version of what is in the queues. A program that changes it incompatibly takes from queues of its own. */
const FORMAT = 'v1';

/** Joins the replicas that share this state. Undefined where only one can work: with state in files or in S3. */
export async function joinCrew(place: CrewPlace, signal?: AbortSignal): Promise<Crew | undefined> {
  const { url, env, observer, onTrouble } = place;
  if (!isPostgres(url)) return undefined;
  const { Engine } = await import('./state-backend/postgres/work/engine.ts');
  const { BossWorkQueue } = await import('./state-backend/postgres/work/boss-work-queue.ts');
  const { BossMailbox } = await import('./state-backend/postgres/work/boss-mailbox.ts');
  const engine = await Engine.start(
    {
      url,
      ...(env === undefined ? {} : { env }),
      onTrouble: ({ message }) => onTrouble?.(message),
    },
    signal,
  );
  const shared = { engine, clock: systemClock, random: Math.random };
  const looks = await BossWorkQueue.open({
    ...shared,
    name: `looks-${FORMAT}`,
    ...(observer === undefined ? {} : { observer }),
  });
  const orders = await BossMailbox.open<Order>({ ...shared, name: `orders-${FORMAT}` });
  const reports = await BossMailbox.open<Report>({ ...shared, name: `reports-${FORMAT}` });
  return {
    looks,
    orders,
    reports,
    async [Symbol.asyncDispose]() {
      for (const part of [looks, orders, reports]) await part[Symbol.asyncDispose]();
      await engine[Symbol.asyncDispose]();
    },
  };
}
