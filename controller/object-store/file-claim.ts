import { createHash, randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CallsheetError } from '../diagnostics/errors.ts';
import type { Clock } from '../runtime/clock.ts';
import { systemCodeOf } from './file-errors.ts';
import { livenessOf, type ProcessIdentity, thisProcess } from './process-identity.ts';

/*
 * Exclusive right to change one file, between the processes of one machine (and, less promptly, of several).
 *
 * Every contender creates a claim of its own, with a name nobody else uses, in a folder for that file, and then looks who else has one.
 * Alone: the file is its. Not alone: it withdraws, waits and tries again. Of two that come at once, each creates before it looks, so
 * at least one sees the other: never do both go on. A claim left by a process that died is seen to be dead and removed; since no name is
 * used twice, that can never remove a claim of somebody alive, which is where a single lock file that is "taken over" goes wrong.
 *
 * The claim is at the same time the temporary file of the write: renaming it over the file publishes the new content and ends the claim in
 * one step, and what a killed process leaves half-written is removed with its claim.
 */

const FOLDER_NAME = /^\.callsheet-[0-9a-f]{16}$/;
/** A claim of another machine counts as dead when it has been watched for this long. Milliseconds. */
const FOREIGN_PATIENCE_MS = 20_000;
const WAIT_AT_MOST_MS = 60_000;

export interface ClaimOptions {
  readonly clock: Clock;
  /** Between 0 and 1; spreads the contenders. */
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
}

/** True for the folder in which claims (and half-written files) stand: it is ours, and holds no objects. */
export function isClaimFolder(name: string): boolean {
  return FOLDER_NAME.test(name);
}

const queues = new Map<string, Promise<void>>();

/**
 * Runs `work` while no other process and no other call changes the file at `target`, whose folder must exist. `work` gets the path of an
 * empty file in the same file system that it may fill and rename to `target`.
 * Rejects with `unavailable` when another process does not let go within a minute.
 */
export async function withClaim<T>(
  target: string,
  options: ClaimOptions,
  work: (temporary: string) => Promise<T>,
): Promise<T> {
  // Within the process a queue is cheaper than contending through the disk.
  const before = queues.get(target);
  const { promise: done, resolve: finish } = Promise.withResolvers<void>();
  queues.set(target, done);
  try {
    await before;
    options.signal?.throwIfAborted();
    const claim = await acquire(target, options);
    try {
      return await work(claim);
    } finally {
      release(claim);
    }
  } finally {
    if (queues.get(target) === done) queues.delete(target);
    finish();
  }
}

/** Names a file for this process alone, in a folder of claims. */
export function claimName(): string {
  const { space, pid, started } = thisProcess();
  return `${space}.${pid}.${started}.${randomBytes(6).toString('hex')}`;
}

/** Removes from a folder of claims what processes of this machine have left there that are no more. */
export function removeDead(folder: string): void {
  for (const name of readdirSync(folder)) if (isDead(name, 0)) remove(join(folder, name));
}

async function acquire(target: string, options: ClaimOptions): Promise<string> {
  const name = createHash('sha256').update(basename(target)).digest('hex').slice(0, 16);
  const folder = join(dirname(target), `.callsheet-${name}`);
  const firstSeen = new Map<string, number>();
  const startedMs = options.clock.now();
  for (;;) {
    const claim = createClaim(folder);
    const living = othersAlive(claim, firstSeen, options.clock.now());
    if (living.length === 0) return claim;
    release(claim);
    if (options.clock.now() - startedMs > WAIT_AT_MOST_MS) throw stillHeld(target, living);
    await options.clock.sleep(1 + options.random() * 8, options.signal);
  }
}

function createClaim(folder: string): string {
  const claim = join(folder, claimName());
  for (;;) {
    try {
      mkdirSync(folder);
    } catch (error) {
      if (systemCodeOf(error) !== 'EEXIST') throw error;
    }
    try {
      closeSync(openSync(claim, 'wx'));
      return claim;
    } catch (error) {
      // The last holder has just removed the folder.
      if (systemCodeOf(error) !== 'ENOENT') throw error;
    }
  }
}

function othersAlive(claim: string, firstSeen: Map<string, number>, nowMs: number): readonly string[] {
  const folder = dirname(claim);
  const own = basename(claim);
  const living: string[] = [];
  for (const name of readdirSync(folder)) {
    if (name === own) continue;
    const seenMs = firstSeen.get(name) ?? nowMs;
    firstSeen.set(name, seenMs);
    if (isDead(name, nowMs - seenMs)) remove(join(folder, name));
    else living.push(name);
  }
  return living;
}

function isDead(name: string, watchedMs: number): boolean {
  const identity = identityIn(name);
  const liveness = identity === undefined ? 'unknown' : livenessOf(identity);
  return liveness === 'dead' || (liveness === 'unknown' && watchedMs > FOREIGN_PATIENCE_MS);
}

function identityIn(name: string): ProcessIdentity | undefined {
  const [space, pid, started] = name.split('.');
  if (space === undefined || pid === undefined || started === undefined) return undefined;
  return { space, pid: Number(pid), started };
}

function release(claim: string): void {
  remove(claim);
  try {
    rmdirSync(dirname(claim));
  } catch {
    // Another contender's claim is in it, or another has removed it.
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Already renamed to its target or removed by another contender. If the disk refuses, the claim dies with this process.
  }
}

function stillHeld(target: string, living: readonly string[]): CallsheetError {
  const holders = living.map((name) => `process ${identityIn(name)?.pid ?? name}`).join(', ');
  return new CallsheetError(
    'unavailable',
    `Cannot write ${target}: ${holders} has been changing it for a minute.`,
    {
      hint: 'If that process hangs, end it; its claim ends with it.',
    },
  );
}
