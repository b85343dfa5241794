import type { ActionKind } from '../plan/plan.ts';
import type { ActionOutcome, ActorRun, RunRecord } from '../records/run-record.ts';
import { escapeText } from './escape.ts';
import type { ViewOptions } from './stats-view.ts';
import {
  countOf,
  displayWidth,
  formatDuration,
  formatNumber,
  formatTime,
  formatUsd,
  pad,
  wrapText,
} from './text.ts';

export interface RunViewOptions extends ViewOptions {
  /** Every actor and action, not only the first of each list. */
  readonly verbose?: boolean;
}

/** A long list is cut here unless asked for in full. */
const LISTED = 20;

const HEADLINES: Readonly<Record<RunRecord['status'], string>> = {
  running: 'not finished',
  succeeded: 'complete',
  partial: 'complete in part',
  failed: 'failed',
  interrupted: 'interrupted',
};

export const DONE_WORDS: Readonly<Record<ActionKind, string>> = {
  adopt: 'adopted',
  forget: 'forgotten',
  restore: 'restored',
  generate: 'generated',
  delete: 'deleted',
};

/** What a run did: a headline with cost and time, then what was done, what failed, what was left out, and how to go on. */
export function renderRun(run: RunRecord, options: RunViewOptions): string {
  const blocks = [
    headline(run, options),
    list(
      'Done',
      run.actors.filter(hasDone).map((actor) => doneLine(actor, options)),
      options,
    ),
    list(
      'Failed',
      run.actors.flatMap((actor) => failedLines(actor, options)),
      options,
    ),
    list('Stale: changed since the plan was made, plan again', actorsThat(run, 'stale'), options),
    list(
      'Left alone',
      [...run.actors.flatMap(leftAlone), ...run.actors.flatMap(skippedLines)].map((line) =>
        folded(line, options),
      ),
      options,
    ),
    list('Not started', run.actors.flatMap(notStartedLines), options),
    nextSteps(run, options),
  ];
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** Actions of a run that ended in a certain way, over all actors. */
export function countActions(run: RunRecord, outcome: ActionOutcome['outcome']): number {
  return run.actors.reduce(
    (sum, { actions }) => sum + actions.filter((action) => action.outcome === outcome).length,
    0,
  );
}

function headline(run: RunRecord, { palette }: RunViewOptions): string[] {
  const kind = run.kind.charAt(0).toUpperCase() + run.kind.slice(1).replace('-', ' ');
  const color =
    run.status === 'succeeded' ? palette.green : run.status === 'failed' ? palette.red : palette.yellow;
  const failed = countActions(run, 'failed');
  const open = countActions(run, 'not-attempted');
  const counts = [
    countOf(run.actors.length, 'actor'),
    `${countOf(countActions(run, 'done'), 'action')} done`,
    ...(failed > 0 ? [`${formatNumber(failed)} failed`] : []),
    ...(open > 0 ? [`${formatNumber(open)} not started`] : []),
  ].join(', ');
  return [
    `${palette.bold(color(`${kind} ${HEADLINES[run.status]}:`))} ${counts}.`,
    `Run ${escapeText(run.id)}  ${money(run)}${took(run)}`,
    `Started ${formatTime(run.startedAt)} by ${escapeText(run.by)}${run.note === undefined ? '' : `: ${escapeText(run.note)}`}`,
  ];
}

function money({ costUsd, estimateUsd }: RunRecord): string {
  if (costUsd === 0 && estimateUsd === 0) return 'free';
  return `cost ${formatUsd(costUsd)} (estimated ${formatUsd(estimateUsd)})`;
}

function took({ startedAt, finishedAt }: RunRecord): string {
  const ms = finishedAt === undefined ? Number.NaN : Date.parse(finishedAt) - Date.parse(startedAt);
  return Number.isFinite(ms) ? `  took ${formatDuration(ms)}` : '';
}

function hasDone({ actions }: ActorRun): boolean {
  return actions.some(({ outcome }) => outcome === 'done');
}

/** `0042  2 deleted, 1 generated  $0.04  photorealistic 15 -> 13`. */
function doneLine(actor: ActorRun, options: RunViewOptions): string {
  const name = pad(escapeText(actor.actor), 6);
  return doneText(actor, `  ${options.palette.bold(name)}  `, displayWidth(name) + 4, options);
}

/** What was done for an actor, what it cost and what that changed, after `lead`; what does not fit goes below, indented. */
export function doneText(
  actor: ActorRun,
  lead: string,
  indent: number,
  { palette, width }: ViewOptions,
): string {
  const kinds = Object.keys(DONE_WORDS) as ActionKind[];
  const done = kinds.flatMap((kind) => {
    const count = actor.actions.filter((action) => action.kind === kind && action.outcome === 'done').length;
    return count === 0 ? [] : [`${formatNumber(count)} ${DONE_WORDS[kind]}`];
  });
  const cost = actor.costUsd === 0 ? '' : `  ${formatUsd(actor.costUsd)}`;
  return changesOf(actor).reduce(
    (text, change) => {
      const line = text.slice(text.lastIndexOf('\n') + 1);
      const fits = displayWidth(line) + 2 + displayWidth(change) <= width;
      return `${text}${fits ? '  ' : `\n${' '.repeat(indent)}`}${palette.dim(change)}`;
    },
    `${lead}${done.length === 0 ? 'nothing was done' : done.join(', ')}${cost}`,
  );
}

function changesOf({ before, after }: ActorRun): string[] {
  if (before === undefined || after === undefined) return [];
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => (before[name] ?? 0) !== (after[name] ?? 0),
  );
  return changed.map((name) => `${escapeText(name)} ${before[name] ?? 0} -> ${after[name] ?? 0}`);
}

function failedLines(actor: ActorRun, options: RunViewOptions): string[] {
  const failed = actor.actions.filter(({ outcome }) => outcome === 'failed');
  const lines = failed.map(
    (action) => `${subject(actor, action)}: ${escapeText(action.message ?? 'no reason was recorded')}`,
  );
  if (actor.error !== undefined && actor.outcome !== 'skipped' && actor.outcome !== 'stale')
    lines.push(`  ${escapeText(actor.actor)}  ${escapeText(actor.error.message)} (${actor.error.code})`);
  return [...Map.groupBy(lines, (line) => line)].map(([line, { length }]) =>
    options.palette.red(folded(length === 1 ? line : `${line} (${length} times)`, options)),
  );
}

/** A line that is too long for the terminal, gone on with below, indented. */
function folded(line: string, { width }: RunViewOptions): string {
  if (displayWidth(line) <= width) return line;
  const indent = ' '.repeat(6);
  return wrapText(line.trimStart(), Math.max(20, width - indent.length))
    .map((part, index) => (index === 0 ? `  ${part}` : indent + part))
    .join('\n');
}

function leftAlone({ actor, outcome, error }: ActorRun): string[] {
  if (outcome !== 'skipped') return [];
  return [`  ${escapeText(actor)}${error === undefined ? '' : `: ${escapeText(error.message)}`}`];
}

function skippedLines(actor: ActorRun): string[] {
  return actor.actions
    .filter(({ outcome }) => outcome === 'skipped')
    .map(
      (action) =>
        `${subject(actor, action)}${action.message === undefined ? '' : `: ${escapeText(action.message)}`}`,
    );
}

function notStartedLines(actor: ActorRun): string[] {
  const open = actor.actions
    .filter(({ outcome }) => outcome === 'not-attempted')
    .map((action) => subject(actor, action));
  return actor.outcome === 'not-attempted' && open.length === 0 ? [`  ${escapeText(actor.actor)}`] : open;
}

function subject({ actor }: ActorRun, { kind, category, image }: ActionOutcome): string {
  return [`  ${escapeText(actor)} `, kind, category, image]
    .filter((part) => part !== undefined)
    .map((part) => (part.startsWith('  ') ? part : escapeText(part)))
    .join(' ');
}

function actorsThat(run: RunRecord, outcome: ActorRun['outcome']): string[] {
  return run.actors
    .filter((actor) => actor.outcome === outcome)
    .map((actor) => `  ${escapeText(actor.actor)}`);
}

function list(title: string, lines: readonly string[], { palette, verbose }: RunViewOptions): string[] {
  if (lines.length === 0) return [];
  const shown = verbose === true ? lines : lines.slice(0, LISTED);
  const more = lines.length - shown.length;
  return [
    palette.bold(`${title}:`),
    ...shown,
    ...(more > 0 ? [palette.dim(`  ... and ${formatNumber(more)} more (--verbose shows all)`)] : []),
  ];
}

const UNDOABLE: ReadonlySet<RunRecord['kind']> = new Set(['apply', 'recovery']);

function nextSteps(run: RunRecord, { palette }: RunViewOptions): string[] {
  const steps = [];
  if (run.status === 'partial' || run.status === 'failed' || run.status === 'interrupted') {
    steps.push('Plan and apply again to finish: what is done stays done, and nothing is paid for twice.');
  }
  if (UNDOABLE.has(run.kind) && countActions(run, 'done') > 0) {
    steps.push(`Undo with: ${palette.bold(`callsheet rollback ${escapeText(run.id)}`)}`);
  }
  return steps;
}
