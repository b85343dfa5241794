// A change of the specs on its way to every actor through the controller's queue in memory, while every actor waits for its resync.
//
//   node tests/bench/fan-out.ts [actors ...]           default: 10000 100000
//
// The baseline puts as many keys into a map and takes them out again. "stall" is the longest time that nothing else could run.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { steadyClock } from '../../controller/runtime/clock.ts';
import { MemoryWorkQueue } from '../../controller/runtime/memory-work-queue.ts';
import { PRIORITY } from '../../controller/runtime/work-queue.ts';
import { child, type Measured, measure, table } from './measure.ts';
import { actorId } from './scale-library.ts';

const WORKERS = 8;
const AT_ONCE = 500;
const RESYNC_MS = 3_600_000;
const [command, ...rest] = process.argv.slice(2);
if (command === '--queue') await measure(() => fanOut(Number(rest[0])));
else if (command === '--map') await measure(() => baseline(Number(rest[0])));
else await compare([command, ...rest].filter((value) => value !== undefined).map(Number));

async function compare(sizes: readonly number[]): Promise<void> {
  const rows = [];
  for (const actors of sizes.length > 0 ? sizes : [10_000, 100_000]) {
    const map: Measured = await child(import.meta.filename, '--map', actors);
    const queue = await child(import.meta.filename, '--queue', actors);
    const { addMs = 0, drainMs = 0, stallMs = 0 } = queue.said;
    rows.push({
      actors,
      'map ms': Math.round(map.said.ms!),
      'add ms': Math.round(addMs),
      'drain ms': Math.round(drainMs),
      ratio: ((addMs + drainMs) / map.said.ms!).toFixed(1),
      'stall ms': Math.round(stallMs),
      'µs/actor': ((1000 * (addMs + drainMs)) / actors).toFixed(1),
      'peak MB': Math.round(queue.peakMb),
      'map MB': Math.round(map.peakMb),
    });
  }
  table(rows);
}

async function fanOut(actors: number): Promise<Record<string, number>> {
  const queue = new MemoryWorkQueue({ clock: steadyClock, random: Math.random });
  const ids = Array.from({ length: actors }, (_, n) => actorId(n));
  for (const id of ids)
    await queue.add(id, { afterMs: RESYNC_MS * (0.5 + 0.5 * Math.random()), group: 'film' });
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  const started = performance.now();
  // As the controller does it.
  for (let from = 0; from < actors; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    await Promise.all(some.map((id) => queue.add(id, { priority: PRIORITY.change, group: 'film' })));
    await nextTurn();
  }
  const added = performance.now();
  let left = actors;
  const work = async () => {
    for (let item = await queue.take(); item !== undefined; item = await queue.take()) {
      await queue.add(item.key, { afterMs: RESYNC_MS, group: 'film' });
      await queue.done(item.key);
      left -= 1;
      if (left === 0) await queue.shutDown();
      // Real work waits for files and answers.
      else if (left % 100 === 0) await nextTurn();
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, work));
  const drained = performance.now();
  await new Promise((resolve) => setTimeout(resolve, 5));
  delays.disable();
  return { addMs: added - started, drainMs: drained - added, stallMs: delays.max / 1e6 };
}

async function baseline(actors: number): Promise<Record<string, number>> {
  const ids = Array.from({ length: actors }, (_, n) => actorId(n));
  const started = performance.now();
  const map = new Map(ids.map((id) => [id, { priority: PRIORITY.change, group: 'film' }]));
  for (const id of ids) map.delete(id);
  return { ms: performance.now() - started };
}
