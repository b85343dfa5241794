import type { ControllerEvent, ControllerObserver } from '../reconcile/controller-ports.ts';
import type { ProgressEvent } from '../views/events.ts';

/** An event as clients get it. `id` is `<process>-<number>`: a restart begins a new series. */
export interface HubEvent {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
}

/** What one client has not taken yet. */
export interface Subscription {
  /** The next events, as soon as there are any; none when the signal aborts; undefined when the stream has ended. */
  take(signal: AbortSignal): Promise<readonly HubEvent[] | undefined>;
  close(): void;
}

const KEPT = 1000;
const MAX_CLIENTS = 100;
/** A client that is behind by more than this has stopped reading; it is cut off and may come again. */
const MAX_BEHIND = 500;
/** Every actor at every look: only for those who ask. */
const ON_REQUEST = new Set(['reconciled', 'actor-observed', 'provider-failed']);

/** Hands events to whoever listens now. Keeps the last ones for those who were cut off for a moment. Nothing goes on while nobody listens. */
export class EventHub implements ControllerObserver {
  private readonly series: string;
  private readonly kept: HubEvent[] = [];
  private readonly clients = new Set<Client>();
  private last = 0;
  private closed = false;

  /** @param series differs between processes. */
  constructor(series: string) {
    this.series = series;
  }

  get listeners(): number {
    return this.clients.size;
  }

  event(event: ControllerEvent): void {
    this.publish(
      event.type,
      event.type === 'run-finished'
        ? { ...event, run: { ...event.run, actors: event.run.actors.length } }
        : event,
    );
  }

  /** What a use-case reports while it is at work. */
  progress(event: ProgressEvent): void {
    this.publish(event.type, event);
  }

  /**
   * @param lastId the last event that the client has seen; what came after it is handed out first.
   * @param types only these; undefined: all but those that come for every actor at every look.
   */
  subscribe(lastId: string | undefined, types: readonly string[] | undefined): Subscription | undefined {
    if (this.closed || this.clients.size >= MAX_CLIENTS) return undefined;
    const client = new Client(types === undefined ? undefined : new Set(types), () =>
      this.clients.delete(client),
    );
    this.clients.add(client);
    for (const event of this.missedSince(lastId)) client.offer(event);
    return client;
  }

  /** Ends every stream, so that the server can stop. */
  close(): void {
    this.closed = true;
    for (const client of [...this.clients]) client.close();
  }

  private publish(type: string, data: unknown): void {
    this.last += 1;
    const event = { id: `${this.series}-${this.last}`, type, data };
    this.kept.push(event);
    if (this.kept.length > KEPT) this.kept.shift();
    for (const client of [...this.clients]) client.offer(event);
  }

  private missedSince(lastId: string | undefined): HubEvent[] {
    if (lastId === undefined) return [];
    const number = lastId.startsWith(`${this.series}-`)
      ? Number(lastId.slice(this.series.length + 1))
      : Number.NaN;
    const firstKept = this.last - this.kept.length + 1;
    if (number <= this.last && number >= firstKept - 1) return this.kept.slice(number - firstKept + 1);
    return [{ id: `${this.series}-${this.last}`, type: 'reset', data: {} }];
  }
}

class Client implements Subscription {
  private waiting: HubEvent[] = [];
  private wake: (() => void) | undefined;
  private open = true;
  private readonly types: ReadonlySet<string> | undefined;
  private readonly leave: () => void;

  constructor(types: ReadonlySet<string> | undefined, leave: () => void) {
    this.types = types;
    this.leave = leave;
  }

  offer(event: HubEvent): void {
    const wanted =
      event.type === 'reset' ||
      (this.types === undefined ? !ON_REQUEST.has(event.type) : this.types.has(event.type));
    if (!wanted || !this.open) return;
    if (this.waiting.length >= MAX_BEHIND) {
      this.close();
      return;
    }
    this.waiting.push(event);
    this.wake?.();
  }

  async take(signal: AbortSignal): Promise<readonly HubEvent[] | undefined> {
    if (this.waiting.length === 0 && this.open && !signal.aborted) await this.somethingNew(signal);
    const events = this.waiting;
    this.waiting = [];
    return events.length > 0 || this.open ? events : undefined;
  }

  close(): void {
    this.open = false;
    this.leave();
    this.wake?.();
  }

  private async somethingNew(signal: AbortSignal): Promise<void> {
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    this.wake = undefined;
  }
}
