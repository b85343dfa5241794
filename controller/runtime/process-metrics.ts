import { performance } from 'node:perf_hooks';
import { Counter, Gauge, type Registry } from 'prom-client';

/**
 * What the process takes, under the names of the Prometheus clients. Read when asked for: unlike `collectDefaultMetrics` this starts no
 * timer, so that an idle controller sleeps.
 */
export function addProcessMetrics(registry: Registry): void {
  const read = (name: string, help: string, value: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  read(
    'process_start_time_seconds',
    'When the process started, since the epoch',
    () => performance.timeOrigin / 1000,
  );
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'Processor time used',
    registers: [registry],
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  read('process_resident_memory_bytes', 'Memory held', () => process.memoryUsage.rss());
  read('nodejs_heap_size_used_bytes', 'JavaScript heap in use', () => process.memoryUsage().heapUsed);
  read(
    'nodejs_external_memory_bytes',
    'Memory outside the heap: buffers, pictures',
    () => process.memoryUsage().external,
  );
  read(
    'nodejs_eventloop_utilization',
    'Share of the time since the start in which the event loop was busy, 0 to 1',
    () => performance.eventLoopUtilization().utilization,
  );
}
