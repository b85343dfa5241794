import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ProgressEvent, Reporter } from '../views/events.ts';
import { jsonLine } from './json-line.ts';
import { liveProgress, type Progress, plainProgress, quietProgress } from './progress.ts';
import type { Terminal } from './terminal.ts';

/** Version of the events that `--json` writes; a new major version when a reader has to change. */
export const JSON_FORMAT = '1.0';

/** One line of `--json`: `version` first, progress as it comes, the result last. */
export type JsonEvent =
  | ProgressEvent
  | { readonly type: 'version'; readonly callsheet: string; readonly format: typeof JSON_FORMAT }
  | { readonly type: 'diagnostic'; readonly diagnostic: Diagnostic }
  | { readonly type: 'error'; readonly code: string; readonly message: string; readonly hint?: string }
  | (Readonly<Record<string, unknown>> & { readonly type: string });

/** Where a command's words go: the result to stdout, progress and problems to stderr, or all of it to stdout as JSON lines. */
export interface Output {
  readonly json: boolean;
  readonly report: Reporter;
  /** The result of the command; `text` is only made when it is going to be read. */
  result(event: JsonEvent, text: () => string): void;
  /** A part of the result that only people read. Not in `--json`. */
  text(text: string): void;
  /** Problems and remarks, beside the result. Not in `--json`, nor (unless `important`) with `--quiet`. */
  note(text: string, important?: boolean): void;
  /** One event of `--json`; nothing else. */
  event(event: JsonEvent): void;
  /** Ends the progress line. */
  stop(): void;
}

export interface OutputSettings {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly version: string;
}

export function createOutput(terminal: Terminal, settings: OutputSettings): Output {
  return settings.json ? jsonOutput(terminal, settings.version) : textOutput(terminal, settings.quiet);
}

function jsonOutput({ stdout }: Terminal, version: string): Output {
  const event = (value: JsonEvent) => void stdout.write(jsonLine(value));
  event({ type: 'version', callsheet: version, format: JSON_FORMAT });
  return { json: true, report: event, event, result: event, text() {}, note() {}, stop() {} };
}

function textOutput(terminal: Terminal, quiet: boolean): Output {
  const progress = progressFor(terminal, quiet);
  const write = (text: string) => {
    progress.stop();
    terminal.stdout.write(text.endsWith('\n') || text === '' ? text : `${text}\n`);
  };
  return {
    json: false,
    report: progress.report,
    event() {},
    result: (_event, text) => write(text()),
    text: write,
    note(text, important = false) {
      if (!quiet || important) progress.log(text);
    },
    stop: () => progress.stop(),
  };
}

function progressFor({ stderr, env, clock }: Terminal, quiet: boolean): Progress {
  if (quiet) return quietProgress(stderr);
  const live = stderr.isTTY === true && env.TERM !== 'dumb' && env.CI === undefined;
  return live ? liveProgress(stderr, clock, env) : plainProgress(stderr, clock);
}
