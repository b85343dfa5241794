import type { ActionOutcome, ActorOutcome, ActorRun, RunRecord } from '../records/run-record.ts';
import { escapeText } from './escape.ts';
import { doneText } from './run-view.ts';
import type { ViewOptions } from './stats-view.ts';
import { countOf, formatTime, wrapText } from './text.ts';

const OUTCOMES: Readonly<Record<ActorOutcome, string>> = {
  applied: 'done',
  partial: 'done in part',
  failed: 'failed',
  stale: 'left alone, had changed since the plan',
  skipped: 'left alone',
  'not-attempted': 'not begun',
};
const INDENT = 4;

/** What each run did for one actor, and why not all of it was done. The newest first, as they come. */
export function renderActorRuns(runs: readonly RunRecord[], actor: string, options: ViewOptions): string {
  if (runs.length === 0) return '  No runs yet.\n';
  const blocks = runs.flatMap((run) =>
    run.actors.filter((one) => one.actor === actor).flatMap((one) => runLines(run, one, options)),
  );
  return `${blocks.join('\n')}\n`;
}

function runLines(run: RunRecord, actor: ActorRun, options: ViewOptions): string[] {
  const { palette } = options;
  const style =
    actor.outcome === 'applied' ? palette.green : actor.outcome === 'failed' ? palette.red : palette.yellow;
  const about = [
    `by ${run.by}`,
    ...(run.undoes === undefined ? [] : [`undoes ${run.undoes}`]),
    ...(run.note === undefined ? [] : [run.note]),
  ].join(', ');
  return [
    `  ${formatTime(run.startedAt)}  ${run.kind} ${style(OUTCOMES[actor.outcome])}`,
    ...folded(escapeText(`${run.id} ${about}`), options).map(palette.dim),
    ...(actor.actions.length === 0 ? [] : [doneText(actor, ' '.repeat(INDENT), INDENT, options)]),
    ...troubles(actor).flatMap((trouble) => folded(escapeText(trouble), options).map(style)),
  ];
}

/** Each reason once, with how many actions it kept from being done. */
function troubles({ actions, error }: ActorRun): string[] {
  const failed = actions.filter(({ outcome }) => outcome === 'failed' || outcome === 'skipped');
  const open = actions.filter(({ outcome }) => outcome === 'not-attempted').length;
  const reasons = Map.groupBy(failed, ({ message }) => message ?? 'no reason was recorded');
  return [
    ...[...reasons].map(([reason, some]) => `${kindsOf(some)}: ${reason}`),
    ...(error === undefined ? [] : [error.message]),
    ...(open === 0 ? [] : [`${countOf(open, 'action')} not begun`]),
  ];
}

/** `3 generate, 1 delete`. */
function kindsOf(actions: readonly ActionOutcome[]): string {
  return [...Map.groupBy(actions, ({ kind }) => kind)]
    .map(([kind, some]) => `${some.length} ${kind}`)
    .join(', ');
}

function folded(text: string, { width }: ViewOptions): string[] {
  return wrapText(text, Math.max(20, width - INDENT)).map((line) => ' '.repeat(INDENT) + line);
}
