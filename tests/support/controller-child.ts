// A controller on a colour library in a process of its own, stopped by SIGTERM. Argument: library folder. Says
// `ready` once a SIGTERM finds somebody to hear it.
import { watchController } from './watch-controller.ts';

const [, , root = ''] = process.argv;
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
process.stdout.write('ready\n');
const { controller } = watchController(root, { generating: { lost: 0.1, latencyMs: 15 }, settleMs: 0 });
await controller.run(stop.signal);
