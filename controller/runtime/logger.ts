import { type DestinationStream, type LoggerOptions, pino } from 'pino';
import type { Clock } from './clock.ts';
import { createRedactor } from './redact-log.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';
export type LogFields = Readonly<Record<string, unknown>>;

/** What a line is about, for whoever filters and counts them. */
export interface LineFields extends LogFields {
  readonly event: string;
}

/** Where what happens is written down: fields for machines, then a sentence for people. Never throws. */
export interface Logger {
  debug(fields: LineFields, message: string): void;
  info(fields: LineFields, message: string): void;
  warn(fields: LineFields, message: string): void;
  error(fields: LineFields, message: string): void;
  /** A logger that adds these fields to every line: the id of a run, of an actor. */
  child(fields: LogFields): Logger;
}

export interface LoggerSettings {
  readonly level: LogLevel;
  /** `pretty` is for people at a terminal; everything else reads JSON. */
  readonly format: 'json' | 'pretty';
  readonly sink: { write(text: string): unknown };
  /** With `pretty`. */
  readonly color?: boolean;
  readonly clock: Clock;
  /** Values that never appear in a line. See `secretValues`. */
  readonly secrets: readonly string[];
}

/** A logger on a stream. Each line passes the redactor just before it is written, so that no field can get around it. */
export async function createLogger(settings: LoggerSettings): Promise<Logger> {
  const { level, clock, secrets } = settings;
  const redact = createRedactor(secrets);
  const options: LoggerOptions = {
    level,
    base: null,
    messageKey: 'message',
    errorKey: 'error',
    timestamp: () => `,"time":"${new Date(clock.now()).toISOString()}"`,
    // The sentence is given apart; a field of that name would be a second one.
    formatters: { level: (label) => ({ level: label }), log: ({ message: _told, ...fields }) => fields },
    hooks: { streamWrite: redact },
  };
  return pino(options, await destinationOf(settings));
}

async function destinationOf({ format, sink, color = false }: LoggerSettings): Promise<DestinationStream> {
  if (format === 'json') return { write: (line) => void sink.write(line) };
  const { prettyFactory } = await import('pino-pretty');
  const prettify = prettyFactory({
    colorize: color,
    messageKey: 'message',
    errorLikeObjectKeys: ['error'],
    singleLine: true,
  });
  return { write: (line) => void sink.write(prettify(line) ?? line) };
}

/** `pretty` only where a person looks on, unless somebody has said. */
export function logFormat(
  said: 'json' | 'pretty' | undefined,
  sink: { readonly isTTY?: boolean | undefined },
): 'json' | 'pretty' {
  return said ?? (sink.isTTY === true ? 'pretty' : 'json');
}

export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
};
