// One of several controllers on a colour library whose state is in Postgres (DATABASE_URL), in a process of its own, stopped by SIGTERM.
// Arguments: library folder, milliseconds that a picture takes. Says `ready` once a SIGTERM finds somebody to hear it, and `leads` when it does.
import { joinCrew } from '../../controller/wire-crew.ts';
import { watchController } from './watch-controller.ts';

const [, , root = '', latency = '15'] = process.argv;
const stop = new AbortController();
process.on('SIGTERM', () => stop.abort());
process.stdout.write('ready\n');
const { controller } = watchController(root, {
  generating: { lost: 0.05, latencyMs: Number(latency) },
  settleMs: 0,
  share: ({ settings }, signal) => joinCrew({ url: settings.state }, signal),
  observer: {
    event: (event) => {
      if (event.type === 'leader' && event.leading) process.stdout.write('leads\n');
      if (event.type === 'warning' && process.env.SHOW_WARNINGS !== undefined)
        process.stdout.write(`${JSON.stringify(event)}\n`);
    },
  },
});
await controller.run(stop.signal);
