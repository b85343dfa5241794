import { describe, expect, it } from 'vitest';
import type { ControllerEvent } from '../reconcile/controller-ports.ts';
import type { RunRecord } from '../records/run-record.ts';
import type { Condition } from '../status/condition.ts';
import { deriveFacts, deriveStanding } from './derive-facts.ts';
import { groupFacts } from './group-facts.ts';
import type { Notice } from './notice.ts';
import { NoticeMemory } from './notice-memory.ts';

const AT = '2026-11-22T12:00:00.000Z';
const GROUPING = { at: AT, library: 'studio', publicUrl: 'https://callsheet.example' };

function ready(
  actor: string | undefined,
  status: Condition['status'],
  reason: Condition['reason'],
  generation = 'g1',
): ControllerEvent {
  const condition: Condition = {
    type: 'Ready',
    status,
    reason,
    message: `${reason}.`,
    observedGeneration: generation,
  };
  return { at: AT, type: 'condition-changed', ...(actor === undefined ? {} : { actor }), condition };
}

const SIZE = {
  ...{ actors: 12, generate: 3, restore: 0, adopt: 0, delete: 9, forget: 0, estimateUsd: 0.12 },
  some: ['0001', '0002'],
};

function held(plan: string, reason: string): ControllerEvent {
  return { at: AT, type: 'plan-held', plan, revision: 'r1', reason, message: `${reason}.`, ...SIZE };
}

/** Windows of events, one after the other; what each of them tells. */
function tell(...windows: readonly (readonly ControllerEvent[])[]): {
  told: Notice[][];
  memory: NoticeMemory;
} {
  const memory = new NoticeMemory();
  const told = windows.map((events) => {
    const facts = events.flatMap((event) => deriveFacts(memory, event));
    return groupFacts(memory, facts, GROUPING);
  });
  return { told, memory };
}

function titles(...windows: readonly (readonly ControllerEvent[])[]): string[][] {
  return tell(...windows).told.map((notices) => notices.map(({ kind, title }) => `${kind}: ${title}`));
}

const ACTORS = Array.from({ length: 300 }, (_, index) => String(index).padStart(4, '0'));

describe('notices', () => {
  it('tell an outage that hits three hundred actors once, however long it takes to hit them, and its end once', () => {
    const hit = (actors: readonly string[]) =>
      actors.map((actor) => ready(actor, 'Unknown', 'EvaluatorUnavailable'));
    const over = (actors: readonly string[]) => actors.map((actor) => ready(actor, 'True', 'Balanced'));

    expect(
      titles(
        hit(ACTORS.slice(0, 40)),
        hit(ACTORS.slice(40)),
        over(ACTORS.slice(0, 299)),
        over(ACTORS.slice(299)),
      ),
    ).toEqual([
      ['failed: 40 actors: EvaluatorUnavailable'],
      [],
      [],
      ['recovered: 300 actors: recovered from EvaluatorUnavailable'],
    ]);
  });

  it('name one actor, or ten of many', () => {
    const { told } = tell(
      [ready('0042', 'False', 'ApplyFailed')],
      ACTORS.slice(0, 20).map((actor) => ready(actor, 'False', 'VerificationFailed')),
    );

    expect(told[0]![0]).toMatchObject({
      title: 'actor 0042: ApplyFailed',
      message: 'ApplyFailed.',
      actors: { count: 1, some: ['0042'] },
      url: 'https://callsheet.example/actors/0042',
    });
    expect(told[1]![0]!.actors).toEqual({ count: 20, some: ACTORS.slice(0, 10) });
  });

  it('tell the same failure of the same generation once, and again after a change of the specs', () => {
    const fail = (generation: string) => [ready('0001', 'False', 'ApplyFailed', generation)];

    expect(titles(fail('g1'), fail('g1'), fail('g2'))).toEqual([
      ['failed: actor 0001: ApplyFailed'],
      [],
      ['failed: actor 0001: ApplyFailed'],
    ]);
  });

  it('do not take another attempt for a recovery', () => {
    const again = [ready('0001', 'False', 'OutsideTolerance')];

    expect(
      titles(
        [ready('0001', 'False', 'ApplyFailed')],
        again,
        [ready('0001', 'False', 'ApplyFailed')],
        [ready('0001', 'True', 'Balanced')],
      ),
    ).toEqual([
      ['failed: actor 0001: ApplyFailed'],
      [],
      [],
      ['recovered: actor 0001: recovered from ApplyFailed'],
    ]);
  });

  it('take an observation that works again for a recovery, though there is something to do', () => {
    expect(
      titles([ready('0001', 'Unknown', 'ObservationFailed')], [ready('0001', 'False', 'AwaitingApproval')]),
    ).toEqual([
      ['failed: actor 0001: ObservationFailed'],
      ['recovered: actor 0001: recovered from ObservationFailed'],
    ]);
  });

  it('say nothing of what was over before anybody was told, or begins again', () => {
    const fails = ready('0001', 'False', 'ApplyFailed');
    const recovers = ready('0001', 'True', 'Balanced');

    expect(titles([fails, recovers])).toEqual([[]]);
    expect(titles([fails], [recovers, fails])).toEqual([['failed: actor 0001: ApplyFailed'], []]);
  });

  it('tell the newest failure of an actor, not each that it came to in one window, and the end of the one that was told', () => {
    const fails = (reason: 'ApplyFailed' | 'TargetUnreachable' | 'ObservationFailed') =>
      ready('0001', 'False', reason);
    const recovers = ready('0001', 'True', 'Balanced');

    expect(
      titles(
        [fails('ApplyFailed'), fails('TargetUnreachable')],
        [fails('ObservationFailed'), recovers],
        [fails('ApplyFailed'), fails('TargetUnreachable'), recovers],
      ),
    ).toEqual([
      ['failed: actor 0001: TargetUnreachable'],
      ['recovered: actor 0001: recovered from TargetUnreachable'],
      [],
    ]);
  });

  it('say nothing of waiting, suspending, balancing', () => {
    const calm = [
      'OutsideTolerance',
      'Suspended',
      'Unmanaged',
      'AwaitingApproval',
      'WindowClosed',
      'ObservationIncomplete',
    ] as const;

    expect(
      titles(
        calm.map((reason) => ready('0001', 'False', reason)),
        [ready('0001', 'True', 'Balanced')],
      ),
    ).toEqual([[], []]);
  });

  it('tell of the newest plan that waits, once', () => {
    expect(
      titles(
        [held('plan-1', 'AwaitingApproval'), held('plan-2', 'AwaitingApproval')],
        [held('plan-2', 'AwaitingApproval')],
        [held('plan-3', 'GuardDenied')],
        [held('plan-4', 'WindowClosed')],
      ),
    ).toEqual([
      ['awaiting-approval: plan plan-2 waits for approval'],
      [],
      ['guard-denied: plan plan-3 is denied by a guard'],
      [],
    ]);
  });

  it('tell of a plan that waits all that a person needs who decides on a telephone', () => {
    const [notice] = tell([held('plan-1', 'AwaitingApproval')]).told[0]!;

    expect(notice).toMatchObject({
      title: 'plan plan-1 waits for approval',
      message: '3 to generate, 9 to delete for 12 actors, $0.12. AwaitingApproval.',
      actors: { count: 12, some: ['0001', '0002'] },
      planned: { adopt: 0, forget: 0, restore: 0, generate: 3, delete: 9, estimateUsd: 0.12 },
      url: 'https://callsheet.example/plans/plan-1',
    });
  });

  it('tell what the newest revision waits for: its window, or the plan of an older one that means the same', () => {
    const loaded = (revision: string): ControllerEvent => ({
      at: AT,
      type: 'revision-loaded',
      revision,
      generation: 'g1',
    });
    const applied: ControllerEvent = { at: AT, type: 'revision-applied', revision: 'r1' };

    expect(titles([loaded('r1'), held('plan-1', 'WindowClosed')])).toEqual([
      ['applying: revision r1 waits: WindowClosed'],
    ]);
    expect(
      titles(
        [loaded('r1'), held('plan-1', 'AwaitingApproval')],
        [loaded('r2'), held('plan-1', 'AwaitingApproval')],
        [held('plan-1', 'AwaitingApproval')],
      ),
    ).toEqual([
      ['applying: revision r1 is being applied', 'awaiting-approval: plan plan-1 waits for approval'],
      ['applying: revision r2 waits: AwaitingApproval'],
      [],
    ]);
    expect(titles([loaded('r1'), applied], [held('plan-1', 'WindowClosed')])[1]).toEqual([]);
  });

  it('tell of a budget at 80 % and at its end, once a day each', () => {
    const spent = (spentUsd: number, day = '2026-11-22'): ControllerEvent => ({
      at: AT,
      type: 'budget',
      day,
      spentUsd,
      limitUsd: 10,
    });

    expect(
      titles([spent(7.99)], [spent(8)], [spent(9)], [spent(10)], [spent(10)], [spent(8.5, '2026-11-23')]),
    ).toEqual([
      [],
      ['budget: the budget of 2026-11-22 is nearly spent'],
      [],
      ['budget: the budget of 2026-11-22 is spent'],
      [],
      ['budget: the budget of 2026-11-23 is nearly spent'],
    ]);
  });

  it('tell of money that is short though some of it is left, once a day, and of a run that is over its own budget', () => {
    const waits = (plan: string, guards: readonly string[] = []): ControllerEvent => ({
      at: AT,
      type: 'plan-held',
      plan,
      revision: 'r1',
      reason: 'BudgetExhausted',
      message: 'Needs more than what is left.',
      ...SIZE,
      guards,
    });
    const unevaluated = ready('0001', 'False', 'BudgetExhausted');

    expect(
      titles([unevaluated], [waits('plan-1')], [{ ...unevaluated, at: '2026-11-23T00:00:01.000Z' }]),
    ).toEqual([
      ['budget: the budget of 2026-11-22 is spent'],
      [],
      ['budget: the budget of 2026-11-23 is spent'],
    ]);
    expect(titles([waits('plan-2', ['budget'])], [waits('plan-2', ['budget'])])).toEqual([
      ['guard-denied: plan plan-2 is denied by a guard'],
      [],
    ]);
  });

  it('sum up runs that did something, or cost something', () => {
    const run = (
      id: string,
      outcome: 'done' | 'failed' | 'not-attempted',
      costUsd: number,
    ): ControllerEvent => {
      const actions = [{ id: 'a', kind: 'generate' as const, outcome, costUsd }];
      const record: RunRecord = {
        formatVersion: '1.0',
        id,
        kind: 'apply',
        by: 'controller',
        startedAt: AT,
        status: 'succeeded',
        revision: 'main@sha1:abc',
        actors: [
          {
            actor: '0001',
            type: 'film',
            outcome: outcome === 'done' ? 'applied' : outcome === 'failed' ? 'failed' : 'skipped',
            actions,
            costUsd,
          },
        ],
        costUsd,
        estimateUsd: 0.04,
      };
      return { at: AT, type: 'run-finished', run: record };
    };

    const { told } = tell(
      [run('run-1', 'done', 0.04)],
      [run('run-2', 'not-attempted', 0)],
      [run('run-3', 'failed', 0)],
      [run('run-4', 'failed', 0.04)],
    );

    expect(told[0]![0]).toMatchObject({
      kind: 'run-summary',
      reason: 'succeeded',
      message: '1 generated for 1 actor, $0.04.',
      revision: 'main@sha1:abc',
      run: 'run-1',
      actors: { count: 1, some: ['0001'] },
    });
    expect(told.slice(1, 3)).toEqual([[], []]);
    expect(told[3]![0]!.message).toBe('Nothing was done for 1 actor, $0.04; 1 of them with trouble.');
  });

  it('tell of a library that cannot be listed, unless that is what is wrong with the specs, and of its end', () => {
    const blind = ready(undefined, 'False', 'LibraryUnavailable');
    const source: ControllerEvent = {
      at: AT,
      type: 'source-failed',
      reason: 'LibraryUnavailable',
      message: 'No bucket.',
    };

    expect(titles([blind], [ready(undefined, 'True', 'Synced')])).toEqual([
      ['failed: the library: LibraryUnavailable'],
      ['recovered: the library: recovered from LibraryUnavailable'],
    ]);
    expect(titles([source, blind])).toEqual([['failed: the specs: LibraryUnavailable']]);
  });

  it('tell of specs that cannot be used, of another problem with them, and of their recovery', () => {
    const failed = (reason: string): ControllerEvent => ({
      at: AT,
      type: 'source-failed',
      reason,
      message: `${reason}.`,
    });

    expect(
      titles(
        [failed('SpecsInvalid')],
        [failed('SpecsInvalid')],
        [failed('SourceUnavailable')],
        [{ at: AT, type: 'source-recovered', revision: 'r2' }],
      ),
    ).toEqual([
      ['failed: the specs: SpecsInvalid'],
      [],
      ['failed: the specs: SourceUnavailable'],
      ['recovered: the specs: recovered from SourceUnavailable'],
    ]);
  });

  it('have ids that stay the same for the same facts and differ for others', () => {
    const fail = (actor: string) => tell([ready(actor, 'False', 'ApplyFailed')]).told[0]![0]!.id;

    expect(fail('0001')).toBe(fail('0001'));
    expect(fail('0001')).not.toBe(fail('0002'));
    expect(fail('0001')).toMatch(/^msg_[0-9a-f]{32}$/);
  });

  it('tell the end of an outage also when the last actor that it hit has left the library', () => {
    const gone: ControllerEvent = { at: AT, type: 'actor-gone', actor: '0002' };
    const hit = ['0001', '0002'].map((actor) => ready(actor, 'False', 'ProviderUnavailable'));
    const { told, memory } = tell(hit, [ready('0001', 'True', 'Balanced')], [gone], [gone]);

    expect(told.map((notices) => notices.map(({ title }) => title))).toEqual([
      ['2 actors: ProviderUnavailable'],
      [],
      ['2 actors: recovered from ProviderUnavailable'],
      [],
    ]);
    expect(memory.toDocument()).toMatchObject({ failing: {}, outages: {} });
  });

  it('are remembered as they were written down', () => {
    const { memory } = tell([ready('0001', 'False', 'ApplyFailed'), held('plan-1', 'AwaitingApproval')]);
    const document = JSON.parse(JSON.stringify(memory.toDocument()));

    expect(new NoticeMemory(document).toDocument()).toEqual(document);
    expect(new NoticeMemory({ ...document, formatVersion: '2.0' }).failing.size).toBe(0);
  });

  it('have another id when the same happens again', () => {
    const fails = (at: string) => [{ ...ready('0001', 'False', 'ApplyFailed'), at }];
    const { told } = tell(
      fails('2026-11-22T12:00:00.000Z'),
      [ready('0001', 'True', 'Balanced')],
      fails('2026-11-22T13:00:00.000Z'),
    );

    expect(new Set(told.flat().map(({ id }) => id)).size).toBe(3);
  });

  it('make good after a restart what nobody heard', () => {
    const { memory } = tell([ready('0001', 'False', 'ApplyFailed')], [ready('0002', 'False', 'ApplyFailed')]);
    const actors = [
      { actor: '0001', conditions: [{ type: 'Ready', status: 'True', reason: 'Balanced', message: '' }] },
      {
        actor: '0002',
        conditions: [
          { type: 'Ready', status: 'False', reason: 'ApplyFailed', message: '', observedGeneration: 'g1' },
        ],
      },
      {
        actor: '0003',
        conditions: [
          { type: 'Ready', status: 'False', reason: 'ApplyFailed', message: '', observedGeneration: 'g1' },
        ],
      },
    ] as const;

    const facts = deriveStanding(memory, { actors, lastAppliedRevision: undefined }, AT);

    expect(facts.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['recovered', '0001'],
      ['failed', '0003'],
    ]);
  });

  it('tell once of a revision that is being applied and that it is, and only the latter when there was nothing to do', () => {
    const loaded = (revision: string): ControllerEvent => ({
      at: AT,
      type: 'revision-loaded',
      revision,
      generation: 'g1',
    });
    const applied = (revision: string): ControllerEvent => ({ at: AT, type: 'revision-applied', revision });

    expect(
      titles(
        [loaded('r1')],
        [loaded('r1'), applied('r1')],
        [loaded('r1'), applied('r1')],
        [loaded('r2'), applied('r2')],
        [loaded('r1'), applied('r1')],
      ),
    ).toEqual([
      ['applying: revision r1 is being applied'],
      ['applied: revision r1 is applied'],
      [],
      ['applied: revision r2 is applied'],
      ['applied: revision r1 is applied'],
    ]);
  });

  it('make good after a restart that the revision in force is applied, and say nothing of an older one', () => {
    const { memory } = tell([{ at: AT, type: 'revision-loaded', revision: 'r1', generation: 'g1' }]);
    const told = (lastAppliedRevision: string) =>
      deriveStanding(memory, { actors: [], lastAppliedRevision }, AT).map(({ kind }) => kind);

    expect([told('r0'), told('r1'), told('r1')]).toEqual([[], ['applied'], []]);
  });
});
