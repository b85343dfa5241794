import { randomUUID } from 'node:crypto';
import type { CallMeter, MeteredCall } from '../evaluator/call-meter.ts';
import type { Clock } from '../runtime/clock.ts';
import { currentRun } from '../runtime/run-scope.ts';
import type { Budget, Ledger } from './ledger.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Ten times as long as a call may take: clocks of machines that share a ledger may differ by some minutes. */
const LAPSE_MS = 10 * 60 * 1000;

/**
 * Counts an evaluator's calls in the ledger, under the run that the work belongs to. Where the process dies during a call, nobody can tell
 * any more what it cost: the reservation lapses to what such calls cost, rather more than less.
 */
export function createLedgerMeter(ledger: Ledger, budget: Budget, clock: Clock): CallMeter {
  return {
    async reserve({ actor, model, maxUsd, cutOffUsd }: MeteredCall, signal) {
      const { run, startedMs } = currentRun() ?? unattended(clock.now());
      const call = { id: `${run}/evaluate/${randomUUID()}`, run, runStartedMs: startedMs };
      const purpose = { actor, actorType: '', action: 'evaluate', model };
      const lapse = { afterMs: LAPSE_MS, usd: cutOffUsd };
      await ledger.reserve({ call, purpose, amountUsd: maxUsd, budget, lapse }, signal);
      return async (costUsd) => await ledger.settle(call, costUsd);
    },
  };
}

/** Looking at what is new belongs to no run while a controller merely watches; then a day of it is counted as one. */
function unattended(nowMs: number) {
  const startedMs = nowMs - (nowMs % DAY_MS);
  return { run: `evaluate-${new Date(startedMs).toISOString().slice(0, 10)}`, startedMs };
}
