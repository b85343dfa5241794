// A controller on a colour library in a process of its own, stopped by SIGTERM. Argument: library folder.
import { watchController } from './watch-controller.ts';

const [, , root = ''] = process.argv;
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
const { controller } = watchController(root, { generating: { lost: 0.1, latencyMs: 15 }, settleMs: 0 });
await controller.run(stop.signal);
