import { expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { CallsheetError } from '../diagnostics/errors.ts';
import { MemoryWorkQueue } from '../runtime/memory-work-queue.ts';
import type { ActorOutcomeNow } from '../status/summarize.ts';
import { failedPlan } from '../usecases/plan-actor-live.ts';
import type { Workspace } from '../workspace.ts';
import { Blocker } from './blocker.ts';
import { schedule } from './schedule.ts';
import type { Term } from './term.ts';

const plan = failedPlan('0001', new CallsheetError('unavailable', 'the store is away'));

it.each<[ActorOutcomeNow, number]>([
  [{ kind: 'settled', plan }, 750],
  [{ kind: 'proposed', plan }, 750],
  [{ kind: 'held', plan, reason: 'AwaitingApproval', message: 'It waits for a person.' }, 750],
  [{ kind: 'stalled', plan, reason: 'ObservationFailed', message: 'The manifest is broken.' }, 6_000],
])('a look that ends as $kind ends a row of failures, unless it is one', async (outcome, nextMs) => {
  const clock = new FakeClock();
  const random = () => 0;
  const queue = new MemoryWorkQueue({ clock, random });
  const term = { queue, random, evaluatorBlock: new Blocker(clock, random) } as unknown as Term;
  const workspace = { clock, settings: { intervalMs: 600_000 } } as unknown as Workspace;
  for (let failures = 0; failures < 3; failures += 1) await queue.retry('0001');

  await schedule(term, workspace, '0001', outcome);

  expect(await queue.retry('0001')).toBe(nextMs);
});
