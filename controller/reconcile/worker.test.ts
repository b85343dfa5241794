import { expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { CallsheetError } from '../diagnostics/errors.ts';
import { noMetrics, type UntimedEvent } from './controller-ports.ts';
import { Worker, type WorkerOptions } from './worker.ts';

it('says once that its database is away, however many are at work, and once that it is back', async () => {
  const timer = new FakeClock();
  const events: UntimedEvent[] = [];
  const stop = new AbortController();
  let isAway = true;
  const take = async (signal: AbortSignal) => {
    if (isAway) throw new CallsheetError('unavailable', 'the database does not answer');
    await timer.sleep(3_600_000, signal);
  };
  const worker = new Worker({
    crew: { looks: { take }, orders: { take } },
    slot: { current: { settings: { limits: { concurrency: 4 } } } },
    follow: async () => true,
    timer,
    random: () => 0,
    metrics: noMetrics,
    emit: (event: UntimedEvent) => void events.push(event),
  } as unknown as WorkerOptions);
  const running = worker.run(stop.signal);
  await timer.advance(60_000);
  isAway = false;
  await timer.advance(120_000);
  stop.abort();
  await running;

  expect(events).toEqual([
    {
      type: 'warning',
      code: 'unavailable',
      message: 'work was left to others: the database does not answer',
    },
    { type: 'trouble-over', message: 'over after 1 min: work was left to others' },
  ]);
});
