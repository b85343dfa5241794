import type { Check } from '../usecases/doctor.ts';
import { escapeText } from './escape.ts';
import type { Palette } from './palette.ts';
import { countOf } from './text.ts';

/** One line a check, with what to do below the lines that need it. */
export function renderChecks(checks: readonly Check[], palette: Palette): string {
  const label = { ok: palette.green('ok  '), warning: palette.yellow('warn'), failure: palette.red('FAIL') };
  const lines = checks.flatMap(({ name, status, message, hint }) => [
    `${label[status]}  ${palette.dim(escapeText(name).padEnd(14))}  ${escapeText(message)}`,
    ...(hint === undefined ? [] : [`${' '.repeat(22)}${palette.bold('->')} ${escapeText(hint)}`]),
  ]);
  const count = (status: Check['status']) => checks.filter((check) => check.status === status).length;
  const [failures, warnings] = [count('failure'), count('warning')];
  const end =
    failures > 0
      ? palette.red(`${countOf(failures, 'failure')}, ${countOf(warnings, 'warning')}.`)
      : `${palette.green('Fit for work')}${warnings === 0 ? '.' : `, with ${countOf(warnings, 'warning')}.`}`;
  return `${[...lines, '', end].join('\n')}\n`;
}
