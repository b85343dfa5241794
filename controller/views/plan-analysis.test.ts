import { describe, expect, it } from 'vitest';
import { NO_COST } from '../plan/cost.ts';
import type { Action, ActorPlan } from '../plan/plan.ts';
import { analysisOf } from './plan-analysis.ts';

const image = { image: 'data/a.jpg', digest: 'x', category: 'photorealistic', quality: 5 } as const;

function planWith(...actions: Action[]): ActorPlan {
  return {
    actor: '0042',
    type: 'film',
    status: 'changes',
    total: { before: 3, target: 3, after: 3 },
    categories: [],
    unknown: 0,
    unreadable: 0,
    actions,
    notes: [],
    cost: NO_COST,
  };
}

describe('what is said of an actor', () => {
  it('names everything that a rollback does', () => {
    const said = analysisOf(
      planWith(
        { id: '1', kind: 'delete', reason: 'rollback', number: 1, ...image },
        { id: '2', kind: 'restore', reason: 'rollback', trashId: 't', ...image },
        { id: '3', kind: 'adopt', reason: 'rollback', entry: 'data/b.jpg', ...image },
        { id: '4', kind: 'forget', reason: 'rollback', image: 'data/c.jpg', entries: 'all' },
      ),
    );

    expect(said).toBe(
      '1 image goes to the trash, 1 image comes back from the trash at no cost, 1 entry is put back into the training manifest, 1 image is let go and stays in the store.',
    );
  });

  it('names dead and repeated entries that are dropped', () => {
    const forget = (id: string, why: 'object-missing' | 'entry-repeated'): Action => {
      return {
        id,
        kind: 'forget',
        reason: why,
        image: id,
        entries: why === 'object-missing' ? 'all' : 'repeats',
      };
    };

    expect(analysisOf(planWith(forget('1', 'object-missing'), forget('2', 'object-missing')))).toBe(
      '2 entries without an object are dropped from the training manifest.',
    );
    expect(analysisOf(planWith(forget('1', 'entry-repeated')))).toBe(
      '1 repeated entry is dropped from the training manifest.',
    );
  });
});
