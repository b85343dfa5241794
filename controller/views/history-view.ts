import type { RunRecord } from '../records/run-record.ts';
import { escapeText } from './escape.ts';
import { countActions } from './run-view.ts';
import type { ViewOptions } from './stats-view.ts';
import { type Cell, type Column, renderTable } from './table.ts';
import { countOf, formatNumber, formatTime, formatUsd } from './text.ts';

/** US dollars spent under one heading. */
export interface CostLine {
  readonly name: string;
  readonly runs: number;
  /** Calls that were paid for. */
  readonly calls: number;
  readonly costUsd: number;
}

/** What was spent, three ways; each adds up to the same total. */
export interface CostSums {
  readonly totalUsd: number;
  /** Reserved for calls whose end is not known yet; counted against budgets, not in the total. */
  readonly openUsd: number;
  readonly byDay: readonly CostLine[];
  readonly byType: readonly CostLine[];
  readonly byModel: readonly CostLine[];
}

/** A run's id says when it began too, so narrow terminals are spared the column. */
const WIDE = 110;

/** Runs, the newest first, one a line. */
export function renderHistory(runs: readonly RunRecord[], { palette, width }: ViewOptions): string {
  if (runs.length === 0) return 'No runs yet.\n';
  const wide = width >= WIDE;
  const rows = runs.map((run): Cell[] => [
    escapeText(run.id),
    ...(wide ? [formatTime(run.startedAt)] : []),
    run.kind,
    { text: run.status, style: statusStyle(run, palette) },
    formatNumber(run.actors.length),
    actionCounts(run),
    formatUsd(run.costUsd),
    escapeText(remark(run)),
  ]);
  const columns: Column[] = [
    { title: 'RUN' },
    ...(wide ? [{ title: 'STARTED (UTC)' }] : []),
    { title: 'KIND' },
    { title: 'STATUS' },
    { title: 'ACTORS', align: 'right' },
    { title: 'ACTIONS', align: 'right' },
    { title: 'COST', align: 'right' },
    { title: 'BY', flexible: true },
  ];
  return `${renderTable(columns, rows, { width, header: palette.dim }).join('\n')}\n`;
}

/** `34`, or `34 of 36` where not all of them were done. */
function actionCounts(run: RunRecord): string {
  const all = run.actors.reduce((sum, { actions }) => sum + actions.length, 0);
  const done = countActions(run, 'done');
  return done === all ? formatNumber(all) : `${formatNumber(done)} of ${formatNumber(all)}`;
}

function remark({ by, undoes, note }: RunRecord): string {
  return [by, undoes === undefined ? undefined : `undoes ${undoes}`, note]
    .filter((part) => part !== undefined)
    .join(': ');
}

/** `history --cost`. */
export function renderCosts(costs: CostSums, options: ViewOptions): string {
  const { palette } = options;
  const parts = [
    `${palette.bold('Spent in all:')} ${formatUsd(costs.totalUsd)}${costs.openUsd > 0 ? `, and ${formatUsd(costs.openUsd)} reserved for calls that are not settled` : ''}`,
    costTable('DAY', costs.byDay, options),
    costTable('ACTOR TYPE', costs.byType, options),
    costTable('MODEL', costs.byModel, options),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function costTable(title: string, lines: readonly CostLine[], { palette, width }: ViewOptions): string {
  if (lines.length === 0) return '';
  const rows = lines.map(({ name, runs, calls, costUsd }) => [
    escapeText(name === '' ? '(none)' : name),
    countOf(runs, 'run'),
    countOf(calls, 'call'),
    formatUsd(costUsd),
  ]);
  const columns = [
    { title, flexible: true },
    { title: 'RUNS', align: 'right' },
    { title: 'PAID CALLS', align: 'right' },
    { title: 'COST', align: 'right' },
  ] as const;
  return renderTable(columns, rows, { width, header: palette.dim }).join('\n');
}

function statusStyle(
  { status }: RunRecord,
  { green, red, yellow }: ViewOptions['palette'],
): (text: string) => string {
  if (status === 'succeeded') return green;
  return status === 'failed' ? red : yellow;
}
