import type { Command } from 'commander';
import type { Palette } from '../views/palette.ts';
import type { Output } from './output.ts';
import type { CommonOptions } from './settings.ts';
import type { Terminal } from './terminal.ts';

/** One call of a command. */
export interface Call<Options> {
  readonly terminal: Terminal;
  readonly output: Output;
  readonly options: Options & CommonOptions;
  /** Positional arguments, in order. */
  readonly args: readonly string[];
  /** For text on standard output. */
  readonly palette: Palette;
  /** Columns of standard output. */
  readonly width: number;
  readonly version: string;
  /** The whole program, for commands that speak of it. */
  readonly program: Command;
  /** Runs another command line, for commands that are made of others; never throws, gives the exit code. */
  readonly invoke: (argv: readonly string[], terminal: Terminal) => Promise<number>;
}

/** Does what a command is for; returns the exit code, 0 when it returns nothing. */
export type Handler<Options> = (call: Call<Options>) => Promise<number | undefined>;

/** Makes a handler what commander calls. */
export type Bind = <Options>(handler: Handler<Options>) => (...parameters: unknown[]) => Promise<void>;

/** Declares one command on the program: its arguments, options, help, and handler. What the handler needs it imports when it runs. */
export type CommandDeclaration = (program: Command, bind: Bind) => void;

/** Headings of `callsheet --help`, in their order. */
export const GROUPS = {
  start: 'Get started:',
  look: 'See what is and what would be done:',
  change: 'Change the library:',
  keep: 'Keep it so:',
  images: 'Decide about images:',
  upkeep: 'Look after the state:',
  shell: 'Shell:',
} as const;

export interface Example {
  readonly line: string;
  readonly what: string;
}

const examplesOf = new WeakMap<Command, readonly Example[]>();

/** Adds examples to a command's help. Each is parsed by a test. */
export function withExamples(command: Command, examples: Readonly<Record<string, string>>): Command {
  const list = Object.entries(examples).map(([line, what]) => ({ line, what }));
  examplesOf.set(command, list);
  const width = Math.max(...list.map(({ line }) => line.length));
  return command.addHelpText('after', () => {
    return ['', 'Examples:', ...list.map(({ line, what }) => `  ${line.padEnd(width)}  # ${what}`)].join(
      '\n',
    );
  });
}

export function examplesFor(command: Command): readonly Example[] {
  return examplesOf.get(command) ?? [];
}
