import { describe, expect, it } from 'vitest';
import { memoryTerminal } from '../../tests/support/memory-terminal.ts';
import type { ProgressEvent } from '../views/events.ts';
import { liveProgress, plainProgress, quietProgress } from './progress.ts';

function observed(actor: string, costUsd = 0): ProgressEvent {
  return { type: 'actor-observed', actor, images: 20, read: 0, evaluated: 0, costUsd };
}

const begin: ProgressEvent = { type: 'phase-started', phase: 'observe', total: 4 };

describe('liveProgress', () => {
  it('redraws one line at most ten times a second and leaves nothing behind', () => {
    const terminal = memoryTerminal({ isTTY: true });
    const progress = liveProgress(terminal.stderr, terminal.clock, terminal.env);

    progress.report(begin);
    for (const [ms, actor] of [
      [50, '0001'],
      [120, '0002'],
      [2_000, '0003'],
    ] as const) {
      terminal.nowMs = ms;
      progress.report(observed(actor));
    }
    progress.report({ type: 'phase-finished', phase: 'observe' });

    const frames = terminal.written.err.split('\x1b[1G\x1b[2K');
    expect(frames).toEqual([
      'Looking at actors  0/4 actors  0%',
      'Looking at actors  2/4 actors  50%  0002',
      'Looking at actors  3/4 actors  75%  1.5/s  667 ms left  0003',
      '',
    ]);
  });

  it('cuts the line to the terminal, so that it never wraps', () => {
    const terminal = memoryTerminal({ isTTY: true, columns: 24 });
    liveProgress(terminal.stderr, terminal.clock, terminal.env).report(begin);
    expect(terminal.written.err).toBe('Looking at actors  0/4…');
  });

  it('keeps warnings above the line, made safe', () => {
    const terminal = memoryTerminal({ isTTY: true });
    const progress = liveProgress(terminal.stderr, terminal.clock, terminal.env);
    progress.report(begin);
    progress.report({ type: 'warning', code: 'x', message: 'evil \x1b[2J', actor: '0001' });
    expect(terminal.written.err).toContain('\x1b[2Kwarning: actor 0001: evil \\x1b[2J\n');
  });
});

describe('plainProgress', () => {
  it('writes a line every five seconds or every tenth of the way, and none for quick work', () => {
    const terminal = memoryTerminal();
    const progress = plainProgress(terminal.stderr, terminal.clock);

    progress.report(begin);
    progress.report(observed('0001', 0.25));
    expect(terminal.written.err).toBe('');

    terminal.nowMs = 2_000;
    progress.report(observed('0002', 0.25));
    terminal.nowMs = 2_100;
    progress.report(observed('0003'));

    expect(terminal.written.err).toBe('Looking at actors  2/4 actors  50%  1.0/s  2.0 s left  $0.50  0002\n');
  });

  it('counts what an apply does, fails and spends', () => {
    const terminal = memoryTerminal();
    const progress = plainProgress(terminal.stderr, terminal.clock);
    progress.report({ type: 'phase-started', phase: 'apply', total: 2 });
    terminal.nowMs = 6_000;
    progress.report({ type: 'actor-applying', actor: '0042', actions: 1 });
    progress.report({
      type: 'action-finished',
      run: 'run-1',
      actor: '0042',
      action: { id: 'a', kind: 'generate', outcome: 'failed', costUsd: 0.04 },
    });
    terminal.nowMs = 12_000;
    progress.report({
      type: 'actor-applied',
      actor: '0042',
      outcome: 'failed',
      costUsd: 0.04,
      message: 'no credit',
    });
    expect(terminal.written.err).toBe(
      [
        'Applying  0/2 actors  0%  0042',
        'failed: actor 0042: no credit',
        'Applying  1/2 actors  50%  0.08/s  12 s left  1 action  1 failed  $0.04  0042',
        '',
      ].join('\n'),
    );
  });
});

describe('quietProgress', () => {
  it('says nothing of its own', () => {
    const terminal = memoryTerminal();
    const progress = quietProgress(terminal.stderr);
    progress.report(begin);
    progress.report({ type: 'warning', code: 'x', message: 'odd' });
    expect(terminal.written.err).toBe('');
  });
});
