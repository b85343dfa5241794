import { type Command, CommanderError } from 'commander';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { toCallsheetError } from '../diagnostics/errors.ts';
import type { Bind, Call } from './command.ts';
import { errorText } from './error-text.ts';
import { EXIT } from './exit-codes.ts';
import { noteDiagnostics } from './open.ts';
import { createOutput, type Output } from './output.ts';
import { createPalette } from './palette.ts';
import { createProgram } from './program.ts';
import type { CommonOptions } from './settings.ts';
import { type Terminal, wantsColor, widthOf } from './terminal.ts';
import { programVersion } from './version.ts';

/** Runs one command line (without `node` and the script) to its end. Never throws; the result is the exit code. */
export async function runProgram(argv: readonly string[], terminal: Terminal): Promise<number> {
  const version = programVersion();
  let exitCode: number = EXIT.ok;
  const bind: Bind = (handler) =>
    async function (this: Command) {
      const call = callOf(this, terminal, version) as Parameters<typeof handler>[0];
      exitCode = await guarded(call, async () => (await handler(call)) ?? EXIT.ok);
    } as (...parameters: unknown[]) => Promise<void>;
  try {
    await createProgram(terminal, version, bind).parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Help, the version, and command lines that cannot be understood; commander has said what there is to say.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.error;
    reportCrash(error, terminal, argv);
    return EXIT.error;
  }
}

/** Says what nobody caught. */
export function reportCrash(error: unknown, terminal: Terminal, argv: readonly string[]): void {
  const palette = createPalette(wantsColor(terminal.stderr, terminal.env, !argv.includes('--no-color')));
  terminal.stderr.write(`${errorText(error, palette, wantsDebug(terminal, argv.includes('--debug')))}\n`);
}

function callOf(command: Command, terminal: Terminal, version: string): Call<unknown> {
  const options = command.optsWithGlobals<CommonOptions>();
  const { json = false, quiet = false, color } = options;
  const output = createOutput(terminal, { json, quiet, version });
  let program = command;
  while (program.parent !== null) program = program.parent;
  return {
    terminal,
    output,
    options,
    args: command.processedArgs.flat().filter((argument) => typeof argument === 'string'),
    palette: createPalette(wantsColor(terminal.stdout, terminal.env, color ? undefined : false)),
    width: widthOf(terminal.stdout, terminal.env),
    version,
    program,
    invoke: runProgram,
  };
}

async function guarded(
  { terminal, output, options }: Call<unknown>,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (terminal.signal.aborted && isAbort(error)) return EXIT.error;
    if (hasDiagnostics(error)) await noteDiagnostics({ terminal, output, options }, error.diagnostics);
    report(error, output, terminal, options);
    return EXIT.error;
  } finally {
    output.stop();
  }
}

function report(error: unknown, output: Output, terminal: Terminal, { color, debug }: CommonOptions): void {
  const { code, message, hint } = toCallsheetError(error);
  output.event({ type: 'error', code, message, ...(hint === undefined ? {} : { hint }) });
  output.stop();
  const palette = createPalette(wantsColor(terminal.stderr, terminal.env, color ? undefined : false));
  terminal.stderr.write(`${errorText(error, palette, wantsDebug(terminal, debug === true))}\n`);
}

/** The specs cannot be used, and these are the reasons. */
function hasDiagnostics(error: unknown): error is { readonly diagnostics: readonly Diagnostic[] } {
  return error instanceof Error && 'diagnostics' in error && Array.isArray(error.diagnostics);
}

function wantsDebug({ env }: Terminal, flag: boolean): boolean {
  return flag || !['', '0', 'false'].includes(env.CALLSHEET_DEBUG ?? '');
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
