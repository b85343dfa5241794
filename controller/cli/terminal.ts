import type { Clock } from '../runtime/clock.ts';

/** A stream that text is written to. */
export interface TextSink {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** A stream that a person's answer is read from. */
export interface AnswerSource extends NodeJS.ReadableStream {
  readonly isTTY?: boolean | undefined;
}

/** All that a command sees of the process that it runs in; tests put streams in memory here. */
export interface Terminal {
  readonly stdin: AnswerSource;
  /** Results only. */
  readonly stdout: TextSink;
  /** Progress, problems and questions. */
  readonly stderr: TextSink;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
  readonly clock: Clock;
  /** Aborts at the first interrupt: finish what is in flight. */
  readonly signal: AbortSignal;
  /** Has interrupts told in another way than as text on `stderr`. */
  readonly tellInterrupts: (say: (text: string) => void) => void;
}

const DEFAULT_WIDTH = 80;

/** Columns to lay text out for: the terminal's, else `COLUMNS`, else 80. */
export function widthOf(sink: TextSink, env: Terminal['env']): number {
  const columns = sink.columns ?? Number.parseInt(env.COLUMNS ?? '', 10);
  return Number.isFinite(columns) && columns > 0 ? columns : DEFAULT_WIDTH;
}

/** `--no-color`, then `NO_COLOR` and `FORCE_COLOR` (when not empty), then whether it is a terminal that can. */
export function wantsColor(sink: TextSink, env: Terminal['env'], flag: boolean | undefined): boolean {
  if (flag === false) return false;
  if ((env.NO_COLOR ?? '') !== '') return false;
  const force = env.FORCE_COLOR;
  if (force !== undefined) return force !== '0' && force !== 'false';
  return sink.isTTY === true && env.TERM !== 'dumb';
}
