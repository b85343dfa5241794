import type { RunRecord } from '../records/run-record.ts';
import type { ActorStatus } from '../status/actor-status.ts';
import type { Condition } from '../status/condition.ts';
import { renderActorRuns } from './actor-runs-view.ts';
import { conditionLines, conditionStyle } from './condition-lines.ts';
import { escapeText } from './escape.ts';
import type { ViewOptions } from './stats-view.ts';
import { type Cell, renderTable } from './table.ts';
import { countOf, formatNumber } from './text.ts';

/** How actors stand, one a line, after a line that counts them. */
export function renderStatus(actors: readonly ActorStatus[], { palette, width }: ViewOptions): string {
  const anyMore = actors.some(({ conditions }) => conditions.length > 1);
  const rows = actors.map((actor): Cell[] => {
    const ready = actor.conditions[0]!;
    return [
      escapeText(actor.actor),
      escapeText(actor.type === '' ? '-' : actor.type),
      { text: ready.status, style: conditionStyle(ready, palette) },
      ready.reason,
      `${formatNumber(actor.total.before)}/${formatNumber(actor.total.target)}`,
      ...(anyMore ? [others(actor.conditions)] : []),
      escapeText(ready.message),
    ];
  });
  const columns = [
    { title: 'ACTOR' },
    { title: 'TYPE' },
    { title: 'READY' },
    { title: 'REASON' },
    { title: 'IMAGES', align: 'right' },
    ...(anyMore ? [{ title: 'ALSO' }] : []),
    { title: 'MESSAGE', flexible: true },
  ] as const;
  return `${[summaryLine(actors), '', ...renderTable(columns, rows, { width, header: palette.dim })].join('\n')}\n`;
}

/** One actor: every condition with its message, and its last runs. */
export function renderStory(
  { status, runs }: { status: ActorStatus; runs: readonly RunRecord[] },
  options: ViewOptions,
): string {
  const { palette } = options;
  const { actor, name, type, distribution, total } = status;
  const about = [name, type === '' ? undefined : type].filter((part) => part !== undefined).map(escapeText);
  return [
    `${palette.bold(`Actor ${escapeText(actor)}`)}${about.length === 0 ? '' : ` (${about.join(', ')})`}`,
    distribution === undefined
      ? 'No distribution matches it.'
      : `Distribution ${escapeText(distribution)}, ${total.before} of ${countOf(total.target, 'image')}`,
    '',
    palette.bold('Conditions'),
    ...status.conditions.flatMap((condition) => conditionLines(condition, options)),
    ...revisionLines(status),
    ...generationLine(status),
    '',
    palette.bold('Last runs'),
    renderActorRuns(runs, actor, options),
  ].join('\n');
}

/** Under which revision a controller last looked, and which it last applied in full. */
function revisionLines({
  lastAttemptedRevision: attempted,
  lastAppliedRevision: applied,
}: ActorStatus): string[] {
  if (attempted === undefined) return [];
  const isApplied = attempted === applied;
  return [
    `  Revision     ${escapeText(attempted)}${isApplied ? ', applied in full' : ''}`,
    ...(isApplied ? [] : [`  Applied      ${escapeText(applied ?? 'none in full yet')}`]),
  ];
}

/** What the conditions are about, short: enough to see whether two are about the same. */
function generationLine({ observedGeneration }: ActorStatus): string[] {
  return observedGeneration === undefined ? [] : [`  Generation   ${observedGeneration.slice(0, 12)}`];
}

function summaryLine(actors: readonly ActorStatus[]): string {
  const count = (status: Condition['status']) =>
    actors.filter(({ conditions }) => conditions[0]!.status === status).length;
  const parts = [`${formatNumber(count('True'))} ready`, `${formatNumber(count('False'))} not ready`];
  if (count('Unknown') > 0) parts.push(`${formatNumber(count('Unknown'))} unknown`);
  return `${countOf(actors.length, 'actor')}: ${parts.join(', ')}`;
}

/** Conditions that are only present while they are true. */
function others(conditions: readonly Condition[]): string {
  const names = conditions.slice(1).map(({ type }) => type);
  return names.length === 0 ? '-' : names.join(', ');
}
