import { clearLine, cursorTo } from 'node:readline';
import type { Clock } from '../runtime/clock.ts';
import { escapeText } from '../views/escape.ts';
import type { ProgressEvent, Reporter } from '../views/events.ts';
import { truncate } from '../views/text.ts';
import { advanceProgress, initialProgress } from './progress-state.ts';
import { progressText } from './progress-text.ts';
import { type TextSink, widthOf } from './terminal.ts';

/** Shows how far long work is. `stop` leaves the terminal clean; it may be called more than once. */
export interface Progress {
  readonly report: Reporter;
  /** Writes a line of its own, out of the way of the progress. */
  log(text: string): void;
  stop(): void;
}

const REDRAW_MS = 100;
/** On something that is not a terminal: a line so often, or every tenth of the way. */
const LINE_MS = 5_000;
const LINE_SHARE = 0.1;

/** One line, redrawn in place at most ten times a second and gone at the end. */
export function liveProgress(
  sink: TextSink,
  clock: Clock,
  env: Readonly<Record<string, string | undefined>>,
): Progress {
  let state = initialProgress;
  let drawnMs = Number.NEGATIVE_INFINITY;
  let shown = false;
  const stream = sink as NodeJS.WritableStream;

  function clear(): void {
    if (!shown) return;
    cursorTo(stream, 0);
    clearLine(stream, 0);
    shown = false;
  }
  function draw(): void {
    const now = clock.now();
    if (now - drawnMs < REDRAW_MS) return;
    drawnMs = now;
    const text = truncate(progressText(state, now), widthOf(sink, env) - 1);
    clear();
    if (text === '') return;
    sink.write(text);
    shown = true;
  }
  function log(text: string): void {
    clear();
    sink.write(`${text}\n`);
  }
  return {
    report(event) {
      state = advanceProgress(state, event, clock.now());
      const remark = remarkOn(event);
      if (remark !== undefined) log(remark);
      if (event.type === 'phase-finished') clear();
      else draw();
    },
    log,
    stop: clear,
  };
}

/** A plain line now and then, for logs and pipes; nothing for work that is over at once. */
export function plainProgress(sink: TextSink, clock: Clock): Progress {
  let state = initialProgress;
  let saidMs = 0;
  let saidDone = 0;

  function say(): void {
    const now = clock.now();
    const due =
      now - saidMs >= LINE_MS || (state.done - saidDone >= state.total * LINE_SHARE && now - saidMs >= 1_000);
    if (!due || state.phase === undefined) return;
    saidMs = now;
    saidDone = state.done;
    sink.write(`${progressText(state, now)}\n`);
  }
  return {
    report(event) {
      state = advanceProgress(state, event, clock.now());
      const remark = remarkOn(event);
      if (remark !== undefined) sink.write(`${remark}\n`);
      if (event.type === 'phase-started') {
        saidMs = clock.now();
        saidDone = 0;
      } else say();
    },
    log: (text) => sink.write(`${text}\n`),
    stop() {},
  };
}

/** Only what must not be missed. */
export function quietProgress(sink: TextSink): Progress {
  return { report() {}, log: (text) => sink.write(`${text}\n`), stop() {} };
}

/** Events that deserve a line that stays. */
function remarkOn(event: ProgressEvent): string | undefined {
  switch (event.type) {
    case 'warning':
      return `warning: ${event.actor === undefined ? '' : `actor ${escapeText(event.actor)}: `}${escapeText(event.message)}`;
    case 'recovered':
      return `Settled run ${escapeText(event.run)} of actor ${escapeText(event.actor)}: ${escapeText(event.message)}`;
    case 'actor-applied':
      if (event.outcome === 'applied' || event.message === undefined) return undefined;
      return `${event.outcome}: actor ${escapeText(event.actor)}: ${escapeText(event.message)}`;
    default:
      return undefined;
  }
}
