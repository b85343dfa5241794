// One of several controllers on a colour library whose state is in Postgres (DATABASE_URL), in a process of its own, stopped by SIGTERM.
// Arguments: library folder, milliseconds that a picture takes, share of answers that are lost. Says `ready` once a SIGTERM finds somebody to hear it, `leads` when it does,
// and `works` when it has something to do.
import { noMetrics } from '../../controller/reconcile/controller-ports.ts';
import { joinCrew } from '../../controller/wire-crew.ts';
import { watchController } from './watch-controller.ts';

const [, , root = '', latency = '15', lost = '0.05'] = process.argv;
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
process.stdout.write('ready\n');
let hasWorked = false;
const { controller } = watchController(root, {
  generating: { lost: Number(lost), latencyMs: Number(latency) },
  settleMs: 0,
  share: ({ settings }, signal) => joinCrew({ url: settings.state }, signal),
  metrics: {
    ...noMetrics,
    workers(active) {
      if (active === 0 || hasWorked) return;
      hasWorked = true;
      process.stdout.write('works\n');
    },
  },
  observer: {
    event: (event) => {
      if (event.type === 'leader' && event.leading) process.stdout.write('leads\n');
      if (event.type === 'warning' && process.env.SHOW_WARNINGS !== undefined)
        process.stdout.write(`${JSON.stringify(event)}\n`);
    },
  },
});
await controller.run(stop.signal);
