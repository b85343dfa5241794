import type { Mailbox } from '../runtime/mailbox.ts';
import type { AddOptions, QueueItem, QueueMeasures, WorkQueue } from '../runtime/work-queue.ts';
import type { Report } from './crew.ts';
import type { StatusStore } from './status-store.ts';

/**
 * The shared queue as the leader uses it: whoever looks at an actor finds its status as it is now, and what has been looked at is not done
 * before its report is taken in. It outlives the leader: others go on taking from it.
 */
export class LeaderQueue implements WorkQueue {
  private readonly looks: WorkQueue;
  private readonly reports: Mailbox<Report>;
  private readonly statuses: StatusStore;

  constructor(looks: WorkQueue, reports: Mailbox<Report>, statuses: StatusStore) {
    this.looks = looks;
    this.reports = reports;
    this.statuses = statuses;
  }

  async add(key: string, options?: AddOptions): Promise<void> {
    await this.statuses.flush();
    await this.looks.add(key, options);
  }

  async retry(key: string, options?: Omit<AddOptions, 'afterMs'>): Promise<number> {
    await this.statuses.flush();
    return await this.looks.retry(key, options);
  }

  forget(key: string): Promise<void> {
    return this.looks.forget(key);
  }

  take(signal?: AbortSignal): Promise<QueueItem | undefined> {
    return this.looks.take(signal);
  }

  done(key: string): Promise<void> {
    return this.looks.done(key);
  }

  async measure(): Promise<QueueMeasures> {
    // In this order: a look is reported before it is done with, so one that moves on meanwhile is counted twice rather than not at all.
    const measures = await this.looks.measure();
    return { ...measures, processing: measures.processing + (await this.reports.count()) };
  }

  async shutDown(): Promise<void> {}
}
