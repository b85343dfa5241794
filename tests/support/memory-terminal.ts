import { PassThrough } from 'node:stream';
import type { Terminal } from '../../controller/cli/terminal.ts';

/** A terminal whose streams are in memory and whose clock stands still until it is set. */
export interface MemoryTerminal extends Terminal {
  readonly written: { out: string; err: string };
  /** Milliseconds since the epoch. */
  nowMs: number;
  readonly abort: AbortController;
  readonly stdin: PassThrough & { isTTY?: boolean };
}

export interface MemoryTerminalOptions {
  /** Both streams and the input are a terminal of 80 columns. */
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export function memoryTerminal({
  isTTY = false,
  columns,
  env = {},
  cwd = '/',
}: MemoryTerminalOptions = {}): MemoryTerminal {
  const written = { out: '', err: '' };
  const width = columns ?? (isTTY ? 80 : undefined);
  const sink = (stream: 'out' | 'err') => ({
    isTTY,
    columns: width,
    write(text: string) {
      written[stream] += text;
      return true;
    },
  });
  const abort = new AbortController();
  const terminal = {
    written,
    nowMs: 0,
    abort,
    stdin: Object.assign(new PassThrough(), { isTTY }),
    stdout: sink('out'),
    stderr: sink('err'),
    env,
    cwd,
    clock: { now: () => terminal.nowMs, sleep: async () => {} },
    signal: abort.signal,
    tellInterrupts: () => undefined,
  };
  return terminal;
}
