import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCallsheetError } from '../diagnostics/errors.ts';
import type { ReserveRequest } from './ledger.ts';
import {
  closePage,
  costLinesOf,
  emptyPage,
  type LedgerPage,
  lapseOn,
  microsOf,
  releaseOn,
  reserveOn,
  settleOn,
  totalMicros,
} from './ledger-page.ts';

function request(id: string, run: string, amountUsd: number, budget = {}): ReserveRequest {
  const purpose = { actor: '0042', actorType: 'hero', action: id, model: 'flux' };
  return { call: { id, run, runStartedMs: 0 }, purpose, amountUsd, budget };
}

const step = fc.record({
  kind: fc.constantFrom('reserve', 'settle', 'release', 'close'),
  id: fc.integer({ min: 0, max: 9 }).map((n) => `call-${n}`),
  run: fc.constantFrom('r1', 'r2'),
  micros: fc.integer({ min: 0, max: 500_000 }),
});

function apply(
  page: LedgerPage,
  { kind, id, run, micros }: typeof step extends fc.Arbitrary<infer T> ? T : never,
  budget = {},
): LedgerPage {
  if (kind === 'close') return closePage(page);
  if (kind === 'release') return releaseOn(page, id);
  if (kind === 'settle') return settleOn(page, id, Math.min(micros, page.reserved[id]?.micros ?? 0));
  try {
    return reserveOn(page, request(id, run, micros / 1e6, budget), 0, '2026-11-22T12:00:00Z');
  } catch (error) {
    if (isCallsheetError(error, 'budget-exceeded')) return page;
    throw error;
  }
}

describe('a page of the ledger', () => {
  it('never goes over a bound, whatever happens in whatever order', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let page = emptyPage('2026-11-22');
        for (const one of steps) {
          page = apply(page, one, { perRunUsd: 0.9, perDayUsd: 1.2 });

          expect(totalMicros(page)).toBeLessThanOrEqual(1_200_000);
          expect(totalMicros(page, 'r1')).toBeLessThanOrEqual(900_000);
        }
      }),
    );
  });

  it('does each step once, however often it is told', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let page = emptyPage('2026-11-22');
        for (const one of steps) {
          page = apply(page, one);

          expect(apply(page, one)).toBe(page);
        }
      }),
    );
  });

  it('sums up to what was settled and reserved', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const page = steps.reduce((before, one) => apply(before, one), emptyPage('2026-11-22'));

        const micros = costLinesOf(page).reduce(
          (sum, line) => sum + Math.round((line.usd + line.openUsd) * 1e6),
          0,
        );
        expect(micros).toBe(totalMicros(page));
      }),
    );
  });

  it('settles what nobody settles by then at what such calls cost, and only that', () => {
    const at = '2026-11-22T12:00:00.000Z';
    const cut = { ...request('cut', 'r1', 0.02), lapse: { afterMs: 600_000, usd: 0.004 } };
    const dear = { ...request('dear', 'r1', 0.02), lapse: { afterMs: 600_000, usd: 5 } };
    const page = [cut, dear, request('picture', 'r1', 0.04)].reduce(
      (before, one) => reserveOn(before, one, 0, at),
      emptyPage('2026-11-22'),
    );

    const later = lapseOn(page, '2026-11-22T12:10:00.000Z');

    expect(lapseOn(page, '2026-11-22T12:09:59.999Z')).toBe(page);
    expect(lapseOn(later, '2026-11-22T13:00:00.000Z')).toBe(later);
    expect(Object.keys(later.reserved)).toEqual(['picture']);
    expect(totalMicros(page)).toBe(80_000);
    expect(totalMicros(later)).toBe(64_000);
    // Whoever was cut off and comes back all the same finds it settled.
    expect(settleOn(later, 'cut', 1)).toBe(later);
  });

  it('counts what the run has spent before', () => {
    const reserve = (earlierMicros: number) =>
      reserveOn(emptyPage('2026-11-22'), request('a', 'r1', 0.4, { perRunUsd: 1 }), earlierMicros, '');

    expect(() => reserve(600_001)).toThrow('budget');
    expect(totalMicros(reserve(600_000))).toBe(400_000);
  });
});

describe('microsOf', () => {
  it.each([
    [0.07, 70_000],
    [0.1 + 0.2, 300_000],
    [0.0000001, 1],
    [0, 0],
    [1.234567, 1_234_567],
  ])('makes of $%d %i micro-dollars', (usd, micros) => {
    expect(microsOf(usd, 'flux')).toBe(micros);
  });
});
