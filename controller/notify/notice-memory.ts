import type { Notice } from './notice.ts';

/** `notifications.json`: what has been told, so that a restart tells nothing twice, and what is still on its way. */
export interface NoticesDocument {
  readonly formatVersion: '1.0';
  /** The notifier that has written it last; whoever finds another there has been replaced. Absent in documents of earlier versions. */
  readonly writer?: string;
  /** Subjects that fail now. */
  readonly failing: Readonly<Record<string, Failure>>;
  /** Causes that concern every actor alike and have been told, by reason. */
  readonly outages: Readonly<Record<string, Outage>>;
  /** The newest revision of the specs that was told of, and whether as applied. Absent in documents of earlier versions. */
  readonly revision?: RevisionTold;
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

export interface RevisionTold {
  readonly id: string;
  /** Every actor has been as it says. */
  readonly applied: boolean;
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

const TOLD_KEPT = 500;
/** For one receiver; what waits longest is dropped for what is new. */
const OUTBOX_KEPT = 200;

/** What a `NoticesDocument` holds, changed in place: an outage makes a hundred thousand actors fail one by one. */
export class NoticeMemory {
  /** By subject. Bounded by the number of actors: those that go are forgotten. */
  readonly failing: Map<string, Failure>;
  /** By reason. */
  readonly outages: Map<string, Outage>;
  revision: RevisionTold | undefined;
  private readonly told: Set<string>;
  private waiting: readonly Delivery[];

  /** @param stored what an earlier process has left; one of another major version is as good as none. */
  constructor(stored?: Partial<NoticesDocument>) {
    const known = stored?.formatVersion?.split('.')[0] === '1' ? stored : {};
    this.failing = new Map(Object.entries(known.failing ?? {}));
    this.outages = new Map(Object.entries(known.outages ?? {}));
    this.revision = known.revision;
    this.told = new Set(known.told);
    this.waiting = known.outbox ?? [];
  }

  /** Deliveries that are not over. */
  get outbox(): readonly Delivery[] {
    return this.waiting;
  }

  /** Whether any subject fails for this reason. */
  hasFailing(reason: string): boolean {
    return this.failing.values().some((failure) => failure.reason === reason);
  }

  /** Whether this is news; from then on it is not. */
  tellOnce(key: string): boolean {
    if (this.told.has(key)) return false;
    this.told.add(key);
    if (this.told.size > TOLD_KEPT) this.told.delete(this.told.keys().next().value!);
    return true;
  }

  /** Whether a delivery is neither over nor had to go for newer ones. */
  waitsFor(delivery: Delivery): boolean {
    const key = deliveryKey(delivery);
    return this.waiting.some((other) => deliveryKey(other) === key);
  }

  /** Adds deliveries that are not there yet. Returns those that had to go for them. */
  send(added: readonly Delivery[]): readonly Delivery[] {
    const known = new Set(this.waiting.map(deliveryKey));
    const all = [...this.waiting, ...added.filter((delivery) => !known.has(deliveryKey(delivery)))];
    const byReceiver = Map.groupBy(all, ({ receiver }) => receiver);
    const kept = new Set(byReceiver.values().flatMap((group) => group.slice(-OUTBOX_KEPT)));
    this.waiting = all.filter((delivery) => kept.has(delivery));
    return all.filter((delivery) => !kept.has(delivery));
  }

  /** A delivery is over. */
  settle(delivery: Delivery): void {
    const key = deliveryKey(delivery);
    this.waiting = this.waiting.filter((other) => deliveryKey(other) !== key);
  }

  toDocument(): NoticesDocument {
    return {
      formatVersion: '1.0',
      failing: Object.fromEntries(this.failing),
      outages: Object.fromEntries(this.outages),
      ...(this.revision === undefined ? {} : { revision: this.revision }),
      told: [...this.told],
      outbox: this.waiting,
    };
  }
}

function deliveryKey({ receiver, notice }: Delivery): string {
  return `${receiver}\n${notice.id}`;
}
