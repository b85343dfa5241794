import type { ProcessIdentity } from '../object-store/process-identity.ts';

export interface LeaseHolder extends ProcessIdentity {
  /** One for every time that a lease is acquired. */
  readonly id: string;
  readonly host: string;
  /** RFC 3339. */
  readonly since: string;
  /** What the process was asked to do, for people: `apply`, `controller`. */
  readonly command: string;
}

/**
 * `leases/<name>.json`. The document outlives every holder, so that its token never starts again: whoever holds a lower token than one
 * that has been seen is no longer the holder.
 */
export interface LeaseDocument {
  readonly formatVersion: '1.0';
  readonly name: string;
  /** Fencing token: one higher with every new holder. */
  readonly token: number;
  /** Absent while nobody has it. */
  readonly holder?: LeaseHolder;
  /** RFC 3339, as the next one. */
  readonly renewedAt: string;
  readonly expiresAt: string;
}

/** A lease that is held: renewed in the background until it is released or lost. */
export interface Lease {
  readonly name: string;
  /** Fencing token: higher than that of every earlier holder. */
  readonly token: number;
  /** Aborts, with `lease-lost` as its reason, when another holder has it or it could not be renewed in time. */
  readonly signal: AbortSignal;
  /** Throws `lease-lost` when it is lost or, by our own clock, expired: to be asked before what must not be done twice. */
  assertHeld(): void;
  /** Renews it now. Rejects with `lease-lost`, or as the state backend does. */
  renew(): Promise<void>;
  /** Never rejects: a lease that cannot be given back expires. */
  release(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface AcquireOptions {
  /** How long to wait for another holder. Milliseconds; 0, the default, refuses at once. */
  readonly waitMs?: number;
  readonly ttlMs?: number;
  readonly signal?: AbortSignal;
}

export interface Leases {
  /** Rejects with `lease-held`, naming the holder, when it is not free in time. */
  acquire(name: string, options?: AcquireOptions): Promise<Lease>;
  /** The lease as stored, whether held or not. */
  inspect(name: string, signal?: AbortSignal): Promise<LeaseDocument | undefined>;
  /** Takes it from its holder, who notices with its next renewal. Returns who that was. */
  forceUnlock(name: string, signal?: AbortSignal): Promise<LeaseHolder | undefined>;
}
