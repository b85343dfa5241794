import type { ControllerApi } from '../../controller/reconcile/controller-ports.ts';
import type { Clock } from '../../controller/runtime/clock.ts';
import { systemClock } from '../../controller/runtime/clock.ts';
import { createLogger } from '../../controller/runtime/logger.ts';
import { createMetrics, type Metrics } from '../../controller/runtime/metrics.ts';
import { createRedactor, secretValues } from '../../controller/runtime/redact-log.ts';
import type { ExtraRoutes } from '../../controller/server/app.ts';
import { EventHub } from '../../controller/server/event-hub.ts';
import { type RunningServer, type ServerParts, startServer } from '../../controller/server/server.ts';
import type { LibraryAccess } from '../../controller/server/server-context.ts';
import { readServerSettings } from '../../controller/server/server-settings.ts';
import { StateApi } from '../../controller/server/state-api.ts';
import type { Workspace } from '../../controller/workspace.ts';

export interface ApiServer extends AsyncDisposable {
  readonly server: RunningServer;
  /** What it was started with. */
  readonly parts: ServerParts;
  readonly api: ControllerApi;
  readonly events: EventHub;
  readonly metrics: Metrics;
  /** Lines of the log, as JSON. */
  readonly log: string[];
}

/** A server over a workspace, on a free port of loopback, with settings from an environment of its own. */
export async function startApiServer(
  workspace: Workspace,
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly listen?: string;
    readonly clock?: Clock;
    readonly api?: ControllerApi;
    readonly pages?: ExtraRoutes;
  } = {},
): Promise<ApiServer> {
  const { env = {}, listen = '127.0.0.1:0', clock = systemClock } = options;
  const library: LibraryAccess = { use: (work) => work(workspace) };
  const api = options.api ?? (await StateApi.open(library));
  const events = new EventHub('t1');
  const metrics = createMetrics();
  const log: string[] = [];
  const sink = { write: (line: string) => log.push(line) };
  const logger = await createLogger({
    level: 'debug',
    format: 'json',
    sink,
    clock,
    secrets: secretValues(env),
  });
  const settings = await readServerSettings(env, listen);
  const redact = createRedactor(secretValues(env));
  const parts = { api, library, events, metrics, logger, clock, redact, settings, version: '0.0.0-test' };
  const server = await startServer(parts, options.pages);
  return {
    server,
    parts,
    api,
    events,
    metrics,
    log,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
