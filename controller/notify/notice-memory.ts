import type { Notice } from './notice.ts';

/** `notifications.json`: what has been told, so that a restart tells nothing twice, and what is still on its way. */
export interface NoticeMemory {
  readonly formatVersion: '1.0';
  /** Subjects that fail now. Bounded by the number of actors. */
  readonly failing: Readonly<Record<string, Failure>>;
  /** Causes that concern every actor alike and have been told, by reason. */
  readonly outages: Readonly<Record<string, Outage>>;
  /** Keys of facts that were told and have no failure to remember them, the newest last. */
  readonly told: readonly string[];
  readonly outbox: readonly Delivery[];
}

export interface Failure {
  readonly reason: string;
  /** Digest of the desired state under which it failed. */
  readonly generation?: string;
  /** RFC 3339. */
  readonly since: string;
}

export interface Outage {
  /** RFC 3339. */
  readonly since: string;
  /** Actors that it has hit so far. */
  readonly actors: number;
}

/** A notice on its way to one receiver. */
export interface Delivery {
  readonly receiver: string;
  readonly notice: Notice;
  /** That have failed. */
  readonly attempts: number;
}

export const NOTICES_PATH = 'notifications.json';
export const NO_NOTICES: NoticeMemory = {
  formatVersion: '1.0',
  failing: {},
  outages: {},
  told: [],
  outbox: [],
};

const TOLD_KEPT = 500;
/** For one receiver; what waits longest is dropped for what is new. */
const OUTBOX_KEPT = 200;

export function withTold(memory: NoticeMemory, key: string): NoticeMemory {
  return { ...memory, told: [...memory.told.filter((other) => other !== key), key].slice(-TOLD_KEPT) };
}

/** Adds deliveries. Returns those that had to go for them as well. */
export function withDeliveries(
  memory: NoticeMemory,
  added: readonly Delivery[],
): { readonly memory: NoticeMemory; readonly dropped: readonly Delivery[] } {
  const known = new Set(memory.outbox.map(deliveryKey));
  const all = [...memory.outbox, ...added.filter((delivery) => !known.has(deliveryKey(delivery)))];
  const kept = new Set(
    [...Map.groupBy(all, ({ receiver }) => receiver).values()].flatMap((group) => group.slice(-OUTBOX_KEPT)),
  );
  return {
    memory: { ...memory, outbox: all.filter((delivery) => kept.has(delivery)) },
    dropped: all.filter((delivery) => !kept.has(delivery)),
  };
}

export function deliveryKey({ receiver, notice }: Pick<Delivery, 'receiver' | 'notice'>): string {
  return `${receiver}\n${notice.id}`;
}
