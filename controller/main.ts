/**
 * The edge of the process: arguments, streams, signals and the exit code. The only file that touches them, so that everything else can
 * be run and stopped from a test.
 */
import { enableCompileCache } from 'node:module';
import { exitCodeOfSignal, type InterruptSignal } from './cli/exit-codes.ts';
import { Interrupts } from './cli/interrupts.ts';
import type { Terminal } from './cli/terminal.ts';
import { systemClock } from './runtime/clock.ts';

enableCompileCache();

const interrupts = new Interrupts({
  say: (text) => void process.stderr.write(`\n${text}\n`),
  endNow: endProcess,
});
for (const signal of ['SIGINT', 'SIGTERM'] satisfies InterruptSignal[]) {
  process.on(signal, () => interrupts.interrupt(signal));
}
// The terminal was closed.
process.on('SIGHUP', () => interrupts.interrupt('SIGTERM'));

// `callsheet plan | head`: the reader has gone. The work goes on to a clean end; what it says is dropped.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const terminal: Terminal = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  clock: systemClock,
  signal: interrupts.signal,
  tellInterrupts: (say) => interrupts.sayBy(say),
};

// Only after the compile cache is on: what is loaded from here is read from it.
const { reportCrash, runProgram } = await import('./cli/run.ts');
process.on('uncaughtException', (error) => {
  reportCrash(error, terminal, process.argv);
  process.exit(1);
});
const code = await runProgram(process.argv.slice(2), terminal);
await Promise.all([process.stdout, process.stderr].map(flushed));
process.exit(interrupts.exitCode ?? code);

/** Resolves once all that was written has left the process, or its reader has. */
function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.writableEnded) resolve();
    else stream.write('', () => resolve());
  });
}

/**
 * Ends this process at once, as the signal would have done had nobody listened for it. `process.exit` alone would wait for calls to the
 * disk that are under way, and on a mount that has gone away those may never return.
 */
function endProcess(signal: InterruptSignal): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
  // Only the first process of a container gets here: no signal of its own ends it.
  process.exit(exitCodeOfSignal(signal));
}
