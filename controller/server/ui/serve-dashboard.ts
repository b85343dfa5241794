import { randomBytes } from 'node:crypto';
import { createLogger } from '../../runtime/logger.ts';
import { createMetrics } from '../../runtime/metrics.ts';
import { createRedactor, secretValues } from '../../runtime/redact-log.ts';
import type { Workspace } from '../../workspace.ts';
import { EventHub } from '../event-hub.ts';
import { type RunningServer, startServer } from '../server.ts';
import type { LibraryAccess } from '../server-context.ts';
import type { ServerSettings } from '../server-settings.ts';
import { StateApi } from '../state-api.ts';
import { mountDashboard } from './dashboard.ts';

export interface ServeOptions {
  readonly settings: ServerSettings;
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Problems are written here, a line each. */
  readonly sink: { write(text: string): unknown };
}

/** Serves dashboard and API over a library's state, without a controller. Dispose of it to stop. */
export async function serveDashboard(
  workspace: Workspace,
  { settings, version, env, sink }: ServeOptions,
): Promise<RunningServer> {
  const { clock } = workspace;
  const secrets = [...secretValues(env), ...settings.tokens.map(({ token }) => token)];
  const library: LibraryAccess = { use: (work) => work(workspace) };
  const logger = await createLogger({ level: 'warn', format: 'json', sink, clock, secrets });
  const parts = {
    api: StateApi.begin(library),
    library,
    events: new EventHub(randomBytes(6).toString('hex')),
    metrics: createMetrics(),
    logger,
    clock,
    redact: createRedactor(secrets),
    settings,
    version,
  };
  return await startServer(parts, mountDashboard);
}
