import { expect, it } from 'vitest';
import type { ActorPlan } from '../plan/plan.ts';
import type { ActorRun, RunRecord } from '../records/run-record.ts';
import { type ActorStatusDocument, emptyActorStatus } from '../status/status-document.ts';
import { summarize } from '../status/summarize.ts';
import { afterRun, pauseMs } from './after-run.ts';

const HOUR_MS = 3_600_000;

function run(status: ActorStatusDocument, outcome: ActorRun['outcome'], number = 0): ActorStatusDocument {
  const actorRun: ActorRun = { actor: '1', type: 'film', outcome, actions: [], costUsd: 0 };
  const id = `run-${number}`;
  const record: RunRecord = {
    formatVersion: '1.0',
    id,
    kind: 'apply',
    by: 'controller@test',
    startedAt: '2026-12-01T00:00:00.000Z',
    status: 'failed',
    actors: [actorRun],
    costUsd: 0,
    estimateUsd: 0,
  };
  return afterRun(status, actorRun, record, 'g1');
}

function failed(times: number): ActorStatusDocument {
  let status = emptyActorStatus('1');
  for (let number = 0; number < times; number += 1) status = run(status, 'failed', number);
  return status;
}

it('leaves an actor alone the longer the more of its runs in a row have failed, up to six hours', () => {
  const pauses = [1, 2, 10, 11, 13, 14, 40].map((times) => pauseMs(failed(times), 0) / 1000);
  expect(pauses).toEqual([5, 10, 2_560, 5_120, 20_480, 21_600, 21_600]);
});

it('begins anew after a run that went well', () => {
  expect(pauseMs(run(run(failed(20), 'applied', 20), 'failed', 21), 0)).toBe(5_000);
});

it.each([
  ['begins anew for another target', 'proposed', 'g2', 5_000],
  ['goes on for the same', 'proposed', 'g1', 6 * HOUR_MS],
  ['begins anew once the actor was as it should be', 'settled', 'g1', 5_000],
] as const)('%s', (_name, kind, targetDigest, expected) => {
  const plan = { actor: '1', type: 'film', status: 'changes', notes: [], actions: [], categories: [] };
  const total = { before: 1, target: 2, after: 2 };
  const outcome = { kind, plan: { ...plan, total, targetDigest } as unknown as ActorPlan };
  const before = { ...failed(20), observedGeneration: 'g1' };
  const looked = summarize(before, outcome, { at: '2026-12-01T00:00:00.000Z', revision: 'r1' });

  expect(pauseMs(run(looked, 'failed', 21), 0)).toBe(expected);
});
