import { describe, expect, it } from 'vitest';
import type { ActorRun, RunRecord } from '../records/run-record.ts';
import { renderActorRuns } from './actor-runs-view.ts';
import { renderCosts, renderHistory } from './history-view.ts';
import { plainPalette } from './palette.ts';
import { renderRun } from './run-view.ts';
import { renderTrash } from './trash-view.ts';

const options = { palette: plainPalette, width: 120 };

const RUN: RunRecord = {
  formatVersion: '1.0',
  id: 'run-20261122T184510Z-4f2a9c',
  kind: 'apply',
  by: 'ann@studio',
  startedAt: '2026-11-22T18:45:10.000Z',
  finishedAt: '2026-11-22T18:47:15.000Z',
  status: 'partial',
  costUsd: 0.12,
  estimateUsd: 0.08,
  actors: [
    {
      actor: '0042',
      type: 'lead',
      outcome: 'partial',
      costUsd: 0.12,
      before: { photorealistic: 15, bw_stylized: 3 },
      after: { photorealistic: 13, bw_stylized: 3 },
      actions: [
        { id: 'd1', kind: 'delete', outcome: 'done', category: 'photorealistic', image: 'a.jpg' },
        { id: 'd2', kind: 'delete', outcome: 'done', category: 'photorealistic', image: 'b.jpg' },
        { id: 'g1', kind: 'generate', outcome: 'failed', category: 'bw_stylized', message: 'refused \x07' },
        { id: 'd3', kind: 'delete', outcome: 'skipped', image: 'c.jpg', message: 'kept' },
      ],
    },
    {
      actor: '0043',
      type: 'lead',
      outcome: 'not-attempted',
      costUsd: 0,
      actions: [
        { id: 'd4', kind: 'delete', outcome: 'not-attempted', category: 'color_stylized', image: 'd.jpg' },
      ],
    },
  ],
};

describe('renderRun', () => {
  it('says what was done, what was not and why, what it cost, and how to go on', () => {
    expect(
      renderRun(RUN, options),
    ).toBe(`Apply complete in part: 2 actors, 2 actions done, 1 failed, 1 not started.
Run run-20261122T184510Z-4f2a9c  cost $0.12 (estimated $0.08)  took 2 min 5 s
Started 2026-11-22 18:45 by ann@studio

Done:
  0042    2 deleted  $0.12  photorealistic 15 -> 13

Failed:
  0042  generate bw_stylized: refused \\x07

Left alone:
  0042  delete c.jpg: kept

Not started:
  0043  delete color_stylized d.jpg

Plan and apply again to finish: what is done stays done, and nothing is paid for twice.
Undo with: callsheet rollback run-20261122T184510Z-4f2a9c
`);
  });

  it('lists stale actors apart from what failed', () => {
    const error = { code: 'stale', message: 'actor "0044" has changed since the plan was made' };
    const stale: ActorRun = { actor: '0044', type: '', outcome: 'stale', costUsd: 0, actions: [], error };

    const text = renderRun({ ...RUN, actors: [stale] }, options);

    expect(text).toContain('Stale: changed since the plan was made, plan again:\n  0044\n');
    expect(text).not.toContain('Failed');
  });

  it('says once what failed several times in the same way', () => {
    const [first] = RUN.actors;
    const failed = first!.actions.filter(({ outcome }) => outcome === 'failed');
    const run = { ...RUN, actors: [{ ...first!, actions: [...failed, ...failed, ...failed] }] };

    expect(renderRun(run, options)).toContain('0042  generate bw_stylized: refused \\x07 (3 times)');
  });

  it('fits a narrow terminal', () => {
    const [first] = RUN.actors;
    const message =
      'the picture that was to replace it could not be made, and so it stays where it is for now';
    const actions = first!.actions.map((action) =>
      action.outcome === 'done' ? action : { ...action, message },
    );
    const counts = { photorealistic: 1, bw_stylized: 2, color_stylized: 3 };
    const actor = { ...first!, actions, before: {}, after: counts };

    const lines = renderRun({ ...RUN, actors: [actor] }, { ...options, width: 60 }).split('\n');

    const done = lines.slice(lines.indexOf('Done:'), lines.indexOf('Failed:'));
    expect(done.filter((line) => line.length > 60)).toEqual([]);
    expect(done.join(' ')).toContain('photorealistic 0 -> 1');
    const failed = lines.slice(lines.indexOf('Failed:'), lines.indexOf('Left alone:'));
    expect(failed.filter((line) => line.length > 60)).toEqual([]);
  });

  it('cuts long lists unless all of it is asked for', () => {
    const one = (index: number): ActorRun => ({
      actor: String(index),
      type: '',
      outcome: 'applied',
      costUsd: 0,
      actions: [{ id: 'x', kind: 'delete', outcome: 'done' }],
    });
    const run = { ...RUN, actors: Array.from({ length: 50 }, (_, index) => one(index)) };
    expect(renderRun(run, options)).toContain('... and 30 more (--verbose shows all)');
    expect(renderRun(run, { ...options, verbose: true }).match(/1 deleted/g)).toHaveLength(50);
  });
});

describe('renderHistory', () => {
  it('is a line a run', () => {
    expect(renderHistory([{ ...RUN, note: 'because' }], options)).toBe(
      [
        'RUN                          STARTED (UTC)     KIND   STATUS   ACTORS  ACTIONS   COST  BY',
        'run-20261122T184510Z-4f2a9c  2026-11-22 18:45  apply  partial       2   2 of 5  $0.12  ann@studio: because',
        '',
      ].join('\n'),
    );
    expect(renderHistory([], options)).toBe('No runs yet.\n');
  });

  it('fits a narrow terminal', () => {
    const lines = renderHistory([RUN], { ...options, width: 80 }).split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('renderCosts', () => {
  it('sums three ways', () => {
    const text = renderCosts(
      {
        totalUsd: 1.24,
        openUsd: 0.04,
        byDay: [{ name: '2026-11-22', runs: 2, calls: 31, costUsd: 1.24 }],
        byType: [{ name: '', runs: 2, calls: 31, costUsd: 1.24 }],
        byModel: [{ name: 'flux-kontext-pro', runs: 1, calls: 1, costUsd: 1.2 }],
      },
      options,
    );
    expect(text).toContain('Spent in all: $1.24, and $0.04 reserved for calls that are not settled');
    expect(text).toContain('2026-11-22  2 runs    31 calls  $1.24');
    expect(text).toContain('(none)');
    expect(text).toContain('flux-kontext-pro');
  });
});

describe('renderTrash', () => {
  it('shows each image with the id that brings it back', () => {
    const item = {
      id: 't1',
      image: 'data/a.jpg',
      trashed: 'data/.trash/a.jpg',
      digest: 'x',
      category: 'photorealistic',
      quality: 5,
      reason: 'over-target',
      run: RUN.id,
      deletedAt: '2026-11-22T18:45:10Z',
      expiresAt: '2026-12-22T18:45:10Z',
      entry: null,
      index: 0,
    };
    expect(renderTrash([{ actor: '0042', item }], { ...options, width: 200 })).toContain(
      't1  0042   photorealistic        5  too many  2026-11-22 18:45  2026-12-22 18:45  data/a.jpg',
    );
    const long = { ...item, id: `${RUN.id}-delete-0123456789ab`, image: `data/${'x'.repeat(90)}.jpg` };
    const narrow = renderTrash([{ actor: '0042', item: long }], { ...options, width: 80 }).split('\n');
    expect(narrow).toContain(long.id);
    expect(narrow).toContain('  photorealistic, quality 5, too many');
    expect(narrow.filter((line) => line.length > 80)).toEqual([]);
    expect(renderTrash([], options)).toBe('The trash is empty.\n');
  });
});

describe('the last runs of an actor', () => {
  it('say what each did for it, and why not all of it was done', () => {
    expect(renderActorRuns([RUN], '0042', options)).toBe(
      [
        '  2026-11-22 18:45  apply done in part',
        '    run-20261122T184510Z-4f2a9c by ann@studio',
        '    2 deleted  $0.12  photorealistic 15 -> 13',
        '    1 generate: refused \\x07',
        '    1 delete: kept',
        '',
      ].join('\n'),
    );
  });

  it('say of one that was not begun why', () => {
    const stopped: ActorRun = {
      ...RUN.actors[1]!,
      error: { code: 'interrupted', message: 'the run was interrupted' },
    };

    expect(renderActorRuns([{ ...RUN, actors: [stopped] }], '0043', options)).toContain(
      'apply not begun\n    run-20261122T184510Z-4f2a9c by ann@studio\n    nothing was done\n    the run was interrupted\n',
    );
    expect(renderActorRuns([], '0043', options)).toBe('  No runs yet.\n');
  });
});
