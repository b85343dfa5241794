import type { Condition } from '../status/condition.ts';
import { escapeText } from './escape.ts';
import type { ViewOptions } from './stats-view.ts';
import { formatTime, pad, wrapText } from './text.ts';

/** One condition: its status, reason and time in a line, its message below. */
export function conditionLines(condition: Condition, { palette, width }: ViewOptions): string[] {
  const { type, status, reason, message, lastTransitionTime } = condition;
  const since = lastTransitionTime === undefined ? '' : ` since ${formatTime(lastTransitionTime)}`;
  const style = conditionStyle(condition, palette);
  const text = wrapText(escapeText(message), Math.max(20, width - 4)).map((line) => `    ${line}`);
  return [`  ${pad(type, 11)}  ${style(status)}  ${reason}${since}`, ...text];
}

export function conditionStyle(
  { type, status }: Condition,
  { green, red, yellow }: ViewOptions['palette'],
): (text: string) => string {
  if (type === 'Stalled') return red;
  if (type !== 'Ready' || status === 'Unknown') return yellow;
  return status === 'True' ? green : red;
}
