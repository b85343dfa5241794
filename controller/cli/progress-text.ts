import { escapeText } from '../views/escape.ts';
import type { Phase } from '../views/events.ts';
import { countOf, formatDuration, formatNumber, formatUsd } from '../views/text.ts';
import type { ProgressState } from './progress-state.ts';

const TITLES: Readonly<Record<Phase, string>> = {
  observe: 'Looking at actors',
  apply: 'Applying',
  rollback: 'Rolling back',
  trash: 'Working through the trash',
};

/** Before this much time has gone by, a rate says nothing. */
const RATE_AFTER_MS = 1_000;

/** `Applying  12/289 actors  4%  3.1/s  1 min 30 s left  $0.48  0042`, plain text without a line end. */
export function progressText(state: ProgressState, nowMs: number): string {
  if (state.phase === undefined) return '';
  const elapsed = nowMs - state.startedMs;
  const parts = [
    TITLES[state.phase],
    `${formatNumber(state.done)}/${countOf(state.total, 'actor')}`,
    state.total === 0 ? '' : `${Math.floor((100 * state.done) / state.total)}%`,
    ...(elapsed >= RATE_AFTER_MS && state.done > 0 ? pace(state, elapsed) : []),
    state.actions === 0 ? '' : countOf(state.actions, 'action'),
    state.failures === 0 ? '' : `${formatNumber(state.failures)} failed`,
    state.costUsd === 0 ? '' : formatUsd(state.costUsd),
    state.current === undefined ? '' : escapeText(state.current),
  ];
  return parts.filter((part) => part !== '').join('  ');
}

function pace({ done, total }: ProgressState, elapsedMs: number): string[] {
  const perSecond = (1000 * done) / elapsedMs;
  const left = ((total - done) * elapsedMs) / done;
  return [`${rate(perSecond)}/s`, ...(done < total ? [`${formatDuration(left)} left`] : [])];
}

function rate(perSecond: number): string {
  return perSecond >= 10 ? formatNumber(perSecond) : perSecond.toFixed(perSecond >= 1 ? 1 : 2);
}
