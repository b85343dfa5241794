import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createFileObjectStore } from '../object-store/file-object-store.ts';
import type { Clock } from '../runtime/clock.ts';
import { createLedgerMeter } from './ledger-meter.ts';
import { createObjectStoreState } from './object-store-state.ts';
import { createLedger } from './stored-ledger.ts';

const MINUTE_MS = 60_000;
const BUDGET = { perDayUsd: 0.1 };
const CALL = { actor: '0042', model: 'openai:gpt-4.1-mini', maxUsd: 0.04, cutOffUsd: 0.005 };

let root: string;
let nowMs: number;
const clock: Clock = { now: () => nowMs, sleep: async () => {} };

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'callsheet-meter-'));
  nowMs = Date.parse('2026-11-22T12:00:00Z');
});

afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

/** As another process would open it. */
function open() {
  const ledger = createLedger({ state: createObjectStoreState(createFileObjectStore({ root })), clock });
  return { ledger, meter: createLedgerMeter(ledger, BUDGET, clock) };
}

it('gives back most of what calls had reserved whose process was killed, in a while', async () => {
  const killed = open();
  const settle = await killed.meter.reserve(CALL);
  await killed.meter.reserve(CALL);
  const next = open();

  nowMs += 9 * MINUTE_MS;
  await expect(next.meter.reserve(CALL)).rejects.toMatchObject({ code: 'budget-exceeded' });
  nowMs += MINUTE_MS;
  const [line] = await next.ledger.costs();
  const settleNext = await next.meter.reserve(CALL);
  await settleNext(0.003);
  await settle(0.001);

  expect(line).toMatchObject({ calls: 2, usd: 0.01, openCalls: 0, openUsd: 0 });
  expect(await next.ledger.costs()).toMatchObject([{ calls: 3, usd: 0.013, openCalls: 0 }]);
});
