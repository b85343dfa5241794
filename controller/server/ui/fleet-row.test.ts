import { describe, expect, it } from 'vitest';
import { emptyActorStatus } from '../../status/status-document.ts';
import { type FleetRow, rowAfterRun, rowWithStatus, standingOf } from './fleet-row.ts';

const ROW: FleetRow = {
  actor: '0001',
  name: '',
  type: 'film',
  standing: 'off',
  reason: 'OutsideTolerance',
  message: '',
  seenAt: '2026-11-22T10:00:00.000Z',
  images: 5,
  target: 4,
  categories: [
    { category: 'photo', title: 'Photo', before: 4, target: 3, after: 3, band: { low: 2, high: 3 } },
    { category: 'ink', title: 'Ink', before: 1, target: 1, after: 1 },
  ],
  going: 1,
  coming: 0,
  fixes: 0,
};

const RUN = { actor: '0001', type: 'film', actions: [], costUsd: 0, outcome: 'applied' } as const;
const AT = '2026-11-22T11:00:00.000Z';

describe('how an actor stands', () => {
  it.each([
    ['True', 'Balanced', false, 'balanced'],
    ['False', 'OutsideTolerance', false, 'off'],
    ['False', 'OutsideTolerance', true, 'failing'],
    ['False', 'AwaitingApproval', false, 'waiting'],
    ['Unknown', 'ObservationIncomplete', false, 'waiting'],
    ['Unknown', 'ObservationFailed', false, 'failing'],
    ['False', 'VerificationFailed', true, 'failing'],
  ] as const)('%s %s, stalled %s: %s', (status, reason, stalled, standing) => {
    expect(standingOf({ status, reason }, stalled)).toBe(standing);
  });

  it('is balanced after a run that left every category inside its band, and the total right', () => {
    const after = rowAfterRun(ROW, { ...RUN, after: { photo: 3, ink: 1 } }, AT);
    expect(after).toMatchObject({ standing: 'balanced', images: 4, going: 0, seenAt: AT });
    expect(rowAfterRun(ROW, { ...RUN, after: { photo: 4, ink: 0 } }, AT).standing).toBe('off');
    expect(rowAfterRun(ROW, { ...RUN, after: { photo: 2, ink: 1 } }, AT).standing).toBe('off');
  });

  it('is failing after a run that failed, and unchanged after one that did nothing', () => {
    const error = { code: 'auth', message: 'no key' };
    expect(rowAfterRun(ROW, { ...RUN, outcome: 'failed', error }, AT)).toMatchObject({
      standing: 'failing',
      message: 'no key',
    });
    expect(rowAfterRun(ROW, { ...RUN, outcome: 'stale' }, AT)).toBe(ROW);
  });

  it('is what the controller says of it, unless something newer says otherwise', () => {
    const document = (
      status: 'True' | 'False',
      reason: 'Balanced' | 'AwaitingApproval',
      lastTransitionTime: string,
    ) => ({
      ...emptyActorStatus('0001'),
      conditions: [{ type: 'Ready', status, reason, message: 'said', lastTransitionTime } as const],
    });
    expect(rowWithStatus(ROW, document('False', 'AwaitingApproval', '2026-11-20T00:00:00Z'))).toMatchObject({
      standing: 'waiting',
      message: 'said',
    });
    expect(rowWithStatus(ROW, document('True', 'Balanced', '2026-11-20T00:00:00Z'))).toBe(ROW);
    expect(rowWithStatus(ROW, document('True', 'Balanced', '2026-11-23T00:00:00Z')).standing).toBe(
      'balanced',
    );
    expect(rowWithStatus(undefined, document('True', 'Balanced', AT))).toMatchObject({
      standing: 'balanced',
      type: '',
    });
  });
});
