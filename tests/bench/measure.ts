// What the benchmarks share: work is measured in a process of its own, so that memory and start-up are its own too, and the best of several
// runs counts, which is the one that was disturbed least. On a busy machine look at the CPU seconds.
export interface Measured {
  /** Since the process began. */
  readonly ms: number;
  /** User and system time of the process. */
  readonly cpuMs: number;
  readonly peakMb: number;
  /** What else the work has to say. */
  readonly said: Readonly<Record<string, number>>;
}

/** Does the work and prints what it took, for `child`. */
export async function measure(work: () => Promise<Record<string, number> | undefined>): Promise<void> {
  const said = (await work()) ?? {};
  const { user, system } = process.cpuUsage();
  const measured: Measured = {
    ms: performance.now(),
    cpuMs: (user + system) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
    said,
  };
  process.stdout.write(JSON.stringify(measured));
}

/** Runs a script that calls `measure`. */
export async function child(script: string, ...args: readonly (string | number)[]): Promise<Measured> {
  // Only here: the process that is measured does without.
  const { execaNode } = await import('execa');
  const { stdout } = await execaNode(script, args.map(String), { stderr: 'inherit' });
  return JSON.parse(stdout) as Measured;
}

/** The run that took the least CPU. */
export async function best(times: number, run: () => Promise<Measured>): Promise<Measured> {
  let found = await run();
  for (let count = 1; count < times; count += 1) {
    const next = await run();
    if (next.cpuMs < found.cpuMs) found = next;
  }
  return found;
}

export function ratio(measured: Measured, baseline: Measured): string {
  return (measured.cpuMs / baseline.cpuMs).toFixed(1);
}

export function table(rows: readonly Readonly<Record<string, string | number>>[]): void {
  // biome-ignore lint/suspicious/noConsole: the table is what these scripts are for.
  console.table(rows);
}
