import { randomBytes } from 'node:crypto';
import type { Clock } from '../../runtime/clock.ts';
import { createLogger } from '../../runtime/logger.ts';
import { createMetrics } from '../../runtime/metrics.ts';
import { createRedactor, secretValues } from '../../runtime/redact-log.ts';
import { EventHub } from '../event-hub.ts';
import { type RunningServer, startServer } from '../server.ts';
import type { LibraryAccess } from '../server-context.ts';
import type { ServerSettings } from '../server-settings.ts';
import { StateApi } from '../state-api.ts';
import { mountDashboard } from './dashboard.ts';
import type { FollowedLibrary } from './followed-library.ts';

export interface ServeOptions {
  readonly settings: ServerSettings;
  readonly version: string;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Problems are written here, a line each. */
  readonly sink: { write(text: string): unknown };
}

/** Serves dashboard and API over a library's state, without a controller. Dispose of it to stop. */
export async function serveDashboard(
  library: LibraryAccess & Partial<Pick<FollowedLibrary, 'problems' | 'onChange'>>,
  { settings, version, clock, env, sink }: ServeOptions,
): Promise<RunningServer> {
  const secrets = [...secretValues(env), ...settings.tokens.map(({ token }) => token)];
  const logger = await createLogger({ level: 'warn', format: 'json', sink, clock, secrets });
  const api = new StateApi(library, { clock, problems: () => library.problems?.() ?? [] });
  library.onChange?.(() => void api.pokeState().catch(() => {}));
  const parts = {
    api,
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
