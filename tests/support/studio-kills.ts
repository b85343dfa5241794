import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execaNode } from 'execa';
import type { Fault } from './http-faults.ts';
import type { Studio } from './studio.ts';
import { auditStudio, heldBy, recordsIn, type StudioAudit } from './studio-library.ts';

const CHILD = join(import.meta.dirname, 'studio-child.ts');

/** What a number of killed applies came to, by the books of the servers. */
export interface KillReport {
  readonly applies: number;
  readonly killed: number;
  /** Runs after the last kill until nothing was left to do. */
  readonly runsToConverge: number;
  readonly paid: number;
  /** New pictures in training sets and in the trash. */
  readonly kept: number;
  readonly rejected: number;
  /** Contents that were in the library or were bought, and are nowhere any more. */
  readonly lost: number;
  /** Money for pictures that is neither spent nor given back. */
  readonly openReservations: number;
  readonly audit: StudioAudit;
}

/** One answer in so many is lost after its effect, at random. */
export function losing(share: number, random: () => number): () => Fault | undefined {
  return () => (random() < share ? { kind: 'reset', when: 'after' } : undefined);
}

export interface KillOptions {
  readonly kills: number;
  readonly random: () => number;
  /** Applies are killed at a random time below this. Milliseconds after their first request for money or images. */
  readonly lifeMs: number;
  /** Makes the library need work again; called before each apply. */
  readonly disturb: (apply: number) => void;
  /** Digest of every content that anybody ever put into the library. */
  readonly known: () => ReadonlySet<string>;
}

/** Applies the studio's library again and again, each killed at a random moment, then lets it finish. */
export async function killApplies(studio: Studio, options: KillOptions): Promise<KillReport> {
  let killed = 0;
  for (let apply = 0; apply < options.kills; apply += 1) {
    options.disturb(apply);
    if ((await applyOnce(studio, options.random() * options.lifeMs)).killed) killed += 1;
  }
  let runs = 0;
  for (let done = false; !done && runs < 10; runs += 1) ({ done } = await applyOnce(studio));
  return {
    ...(await balance(studio, options.known())),
    applies: options.kills + runs,
    killed,
    runsToConverge: runs,
  };
}

async function balance(studio: Studio, known: ReadonlySet<string>) {
  const audit = auditStudio(studio, recordsIn(studio));
  const inSets = new Set([...audit.sets.values()].flat());
  const held = heldBy(audit);
  const fresh = [...held].filter((digest) => !known.has(digest));
  await using workspace = await studio.workspace();
  const lines = await workspace.ledger.costs();
  return {
    audit,
    paid: studio.replicate.orders.length,
    kept: fresh.filter((digest) => inSets.has(digest)).length,
    rejected: fresh.filter((digest) => !inSets.has(digest)).length,
    lost: [...known].filter((digest) => !held.has(digest)).length,
    // Of an evaluation that was cut off nobody can tell what it cost, so its reservation stays.
    openReservations: lines
      .filter(({ model }) => model.startsWith('replicate:'))
      .reduce((sum, { openCalls }) => sum + openCalls, 0),
  };
}

/** @param killAfterMs counted from the child's first request; never killed when absent. */
async function applyOnce(studio: Studio, killAfterMs?: number): Promise<{ killed: boolean; done: boolean }> {
  const before = studio.s3.requests.length;
  const child = execaNode(CHILD, [studio.root], { env: studio.env, reject: false, timeout: 120_000 });
  if (killAfterMs !== undefined) {
    const ended = child.then(() => true);
    while (
      studio.s3.requests.length === before &&
      !(await Promise.race([ended, delay(5).then(() => false)]))
    );
    await Promise.race([ended, delay(killAfterMs)]);
    child.kill('SIGKILL');
  }
  const { signal, exitCode, stderr } = await child;
  if (signal !== 'SIGKILL' && stderr !== '') throw new Error(stderr);
  return { killed: signal === 'SIGKILL', done: exitCode === 0 };
}
