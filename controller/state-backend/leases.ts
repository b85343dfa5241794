import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { CallsheetError, isCallsheetError, isTransient } from '../diagnostics/errors.ts';
import { livenessOf, thisProcess } from '../object-store/process-identity.ts';
import { type Clock, steadyClock, systemClock } from '../runtime/clock.ts';
import { requireConditionalWrites } from './conditional-writes.ts';
import { HeldLease } from './held-lease.ts';
import type { AcquireOptions, Lease, LeaseDocument, LeaseHolder, Leases } from './lease.ts';
import type { Expected, StateBackend, Versioned } from './state-backend.ts';

/** Long enough to outlive a pause of the store, short enough that a machine that went away does not block anybody's evening. */
const DEFAULT_TTL_MS = 60_000;
/** How far the clocks of two machines may be apart before a lease is taken over too early. */
const CLOCK_SKEW_MS = 5_000;
/** Ids of holders in this process that are done, but could not say so to the store: their leases are free for this process. */
const left = new Set<string>();

export interface LeasesOptions {
  readonly state: StateBackend;
  /** What this process does, for the message that others get. */
  readonly command?: string;
  readonly clock?: Clock;
  /** Steady. The same as `clock` where one is given. */
  readonly timer?: Clock;
  readonly random?: () => number;
  /** Works on a backend without compare-and-swap too: only for a library that no second process works on. */
  readonly allowUnsafe?: boolean;
}

/** Leases as documents of any state backend with compare-and-swap. */
export function createLeases(options: LeasesOptions): Leases {
  return new StoredLeases(options);
}

class StoredLeases implements Leases {
  readonly #state: StateBackend;
  readonly #clock: Clock;
  readonly #timer: Clock;
  /** Since when each lease of another has been as it is, by the steady clock. */
  readonly #seen = new Map<string, { readonly version: string; readonly sinceMs: number }>();
  readonly #random: () => number;
  readonly #command: string;
  readonly #allowUnsafe: boolean;

  constructor(options: LeasesOptions) {
    this.#state = options.state;
    this.#clock = options.clock ?? systemClock;
    this.#timer = options.timer ?? options.clock ?? steadyClock;
    this.#random = options.random ?? Math.random;
    this.#command = options.command ?? 'callsheet';
    this.#allowUnsafe = options.allowUnsafe ?? false;
  }

  async acquire(name: string, options: AcquireOptions = {}): Promise<Lease> {
    requireConditionalWrites(this.#state, 'Leases', this.#allowUnsafe);
    const ttlMs = options.ttlMs ?? this.#state.leaseMs ?? DEFAULT_TTL_MS;
    const deadlineMs = this.#clock.now() + (options.waitMs ?? 0);
    const holder = this.#newHolder();
    for (let failures = 0; ; ) {
      const stored = await this.#read(name, options.signal);
      if (stored === undefined || this.#isFree(name, stored) || stored.value.holder?.id === holder.id) {
        try {
          return await this.#take(name, stored, holder, ttlMs, options.signal);
        } catch (error) {
          // Somebody was faster, or nothing is known about the effect. Reading it again tells.
          failures += isCallsheetError(error, 'precondition-failed') ? 0 : 1;
          if (!isTransient(error) || failures > 3) throw error;
        }
      } else if (this.#clock.now() >= deadlineMs) {
        throw held(stored.value);
      }
      await this.#clock.sleep(50 + this.#random() * 200, options.signal);
    }
  }

  async inspect(name: string, signal?: AbortSignal): Promise<LeaseDocument | undefined> {
    return (await this.#read(name, signal))?.value;
  }

  async forceUnlock(name: string, signal?: AbortSignal): Promise<LeaseHolder | undefined> {
    for (;;) {
      const stored = await this.#read(name, signal);
      if (stored?.value.holder === undefined) return undefined;
      const { holder, ...free } = stored.value;
      try {
        await this.#state.write(leasePath(name), free, { version: stored.version }, signal);
        return holder;
      } catch (error) {
        if (!isCallsheetError(error, 'precondition-failed')) throw error;
        await this.#clock.sleep(this.#random() * 50, signal);
      }
    }
  }

  async #take(
    name: string,
    stored: Versioned<LeaseDocument> | undefined,
    holder: LeaseHolder,
    ttlMs: number,
    signal: AbortSignal | undefined,
  ): Promise<Lease> {
    // An earlier attempt of ours may have taken effect though its answer was lost: then the token is ours already.
    const isOurs = stored?.value.holder?.id === holder.id;
    const token = isOurs ? stored.value.token : (stored?.value.token ?? 0) + 1;
    const nowMs = this.#clock.now();
    const document: LeaseDocument = {
      formatVersion: '1.0',
      name,
      token,
      holder,
      renewedAt: rfc3339(nowMs),
      expiresAt: rfc3339(nowMs + ttlMs),
    };
    const expected: Expected = stored === undefined ? 'absent' : { version: stored.version };
    const path = leasePath(name);
    const version = await this.#state.write(path, document, expected, signal);
    const onLeft = () => void left.add(holder.id);
    left.delete(stored?.value.holder?.id ?? '');
    this.#seen.delete(name);
    const clocks = { clock: this.#clock, timer: this.#timer };
    return new HeldLease({ state: this.#state, ...clocks, path, document, version, ttlMs, onLeft });
  }

  #isFree(name: string, stored: Versioned<LeaseDocument>): boolean {
    const { holder, expiresAt } = stored.value;
    if (holder === undefined) return true;
    return (
      left.has(holder.id) ||
      livenessOf(holder) === 'dead' ||
      this.#clock.now() > Date.parse(expiresAt) + CLOCK_SKEW_MS ||
      this.#isAbandoned(name, stored)
    );
  }

  /** Not renewed for as long as it lasts while we looked on: its end lies far off only because a clock was wrong. */
  #isAbandoned(name: string, { version, value }: Versioned<LeaseDocument>): boolean {
    const nowMs = this.#timer.now();
    const seen = this.#seen.get(name);
    if (seen?.version !== version) {
      this.#seen.set(name, { version, sinceMs: nowMs });
      return false;
    }
    const ttlMs = Date.parse(value.expiresAt) - Date.parse(value.renewedAt);
    return nowMs - seen.sinceMs > ttlMs + CLOCK_SKEW_MS;
  }

  async #read(name: string, signal: AbortSignal | undefined): Promise<Versioned<LeaseDocument> | undefined> {
    const stored = await this.#state.read<LeaseDocument>(leasePath(name), signal);
    if (stored !== undefined && stored.value.formatVersion?.split('.')[0] !== '1') {
      throw new CallsheetError(
        'corrupt',
        `${this.#state.url}${leasePath(name)} has a format that this version does not know.`,
        {
          hint: 'Use the version of Callsheet that wrote it.',
        },
      );
    }
    return stored;
  }

  #newHolder(): LeaseHolder {
    return {
      id: randomUUID(),
      host: hostname(),
      ...thisProcess(),
      since: rfc3339(this.#clock.now()),
      command: this.#command,
    };
  }
}

function leasePath(name: string): string {
  return `leases/${name}.json`;
}

function held(document: LeaseDocument): CallsheetError {
  const { holder } = document;
  const who = `"callsheet ${holder?.command}", process ${holder?.pid} on ${holder?.host}, since ${holder?.since}`;
  return new CallsheetError('lease-held', `${inUse(document.name)} (${who}).`, {
    hint: `Wait for it to end. If that process is gone for good, its lease ends by itself at ${document.expiresAt}, or at once with "callsheet force-unlock ${document.name}".`,
    retryAfterMs: 5_000,
  });
}

/** What it means for people that somebody holds a lease. */
function inUse(name: string): string {
  if (name === 'apply') return 'Another apply or rollback is at work in this library';
  if (name === 'controller') return 'Another controller leads this library';
  const actor = /^actor-(.+)$/s.exec(name)?.[1];
  return actor === undefined ? `"${name}" is in use` : `Actor "${actor}" is being worked on`;
}

function rfc3339(ms: number): string {
  return new Date(ms).toISOString();
}
