import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../tests/support/fake-clock.ts';
import { createMetrics } from '../runtime/metrics.ts';
import { ControllerMeter } from './controller-metrics.ts';

const BUDGET = {
  at: '2026-11-22T12:00:00Z',
  type: 'budget',
  day: '2026-11-22',
  spentUsd: 9,
  limitUsd: 10,
} as const;

describe('ControllerMeter', () => {
  function meter() {
    const metrics = createMetrics();
    const clock = new FakeClock();
    const lines = async (name: string) =>
      (await metrics.registry.getSingleMetricAsString(name))
        .split('\n')
        .filter((line) => !line.startsWith('#'));
    return { meter: new ControllerMeter(metrics, clock, '1.2.3'), clock, lines };
  }

  it('forgets how things stood when another process leads', async () => {
    const { meter: taken, lines } = meter();
    taken.leading(true);
    taken.conditions([{ type: 'Stalled', status: 'True', reason: 'FlappingDetected', actors: 3 }]);
    taken.event(BUDGET);
    taken.leading(false);

    expect(await lines('callsheet_reconcile_condition')).toEqual([
      'callsheet_reconcile_condition{type="Ready",status="True",reason="Balanced"} 0',
    ]);
    expect(await lines('callsheet_budget_spent_usd')).toEqual(['callsheet_budget_spent_usd 0']);
  });

  it('begins each day with nothing spent', async () => {
    const { meter: leading, clock, lines } = meter();
    leading.event(BUDGET);
    expect(await lines('callsheet_budget_spent_usd')).toEqual(['callsheet_budget_spent_usd 9']);

    await clock.advance(12 * 3_600_000);

    expect(await lines('callsheet_budget_spent_usd')).toEqual(['callsheet_budget_spent_usd 0']);
    expect(await lines('callsheet_budget_limit_usd')).toEqual(['callsheet_budget_limit_usd 10']);
  });

  it('counts failures of providers from zero, and bugs apart from other errors', async () => {
    const { meter: counting, lines } = meter();
    const failures = async () =>
      (await lines('callsheet_provider_failures_total')).filter((line) => !line.endsWith(' 0'));
    expect(await failures()).toEqual([]);
    expect((await lines('callsheet_provider_failures_total')).length).toBeGreaterThan(10);

    counting.progress({ type: 'provider-failed', provider: 'openai', code: 'unavailable' });
    counting.reconciled('error', 1, false);
    counting.reconciled('error', 1, true);

    expect(await failures()).toEqual([
      'callsheet_provider_failures_total{provider="openai",code="unavailable"} 1',
    ]);
    expect(await lines('controller_runtime_reconcile_panics_total')).toEqual([
      'controller_runtime_reconcile_panics_total{controller="actor"} 1',
    ]);
  });
});
