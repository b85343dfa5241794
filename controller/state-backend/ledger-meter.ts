import { randomUUID } from 'node:crypto';
import type { CallMeter, MeteredCall } from '../evaluator/call-meter.ts';
import type { Clock } from '../runtime/clock.ts';
import { currentRun } from '../runtime/run-scope.ts';
import type { Budget, Ledger } from './ledger.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Counts an evaluator's calls in the ledger, under the run that the work belongs to. A reservation whose process dies stays counted as
 * spent: nobody can tell any more what the call cost.
 */
export function createLedgerMeter(ledger: Ledger, budget: Budget, clock: Clock): CallMeter {
  return {
    async reserve({ actor, model, maxUsd }: MeteredCall, signal) {
      const { run, startedMs } = currentRun() ?? unattended(clock.now());
      const call = { id: `${run}/evaluate/${randomUUID()}`, run, runStartedMs: startedMs };
      const purpose = { actor, actorType: '', action: 'evaluate', model };
      await ledger.reserve({ call, purpose, amountUsd: maxUsd, budget }, signal);
      return async (costUsd) => await ledger.settle(call, costUsd);
    },
  };
}

/** Looking at what is new belongs to no run while a controller merely watches; then a day of it is counted as one. */
function unattended(nowMs: number) {
  const startedMs = nowMs - (nowMs % DAY_MS);
  return { run: `evaluate-${new Date(startedMs).toISOString().slice(0, 10)}`, startedMs };
}
