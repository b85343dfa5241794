import type { ControllerApi } from '../reconcile/controller-ports.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Metrics } from '../runtime/metrics.ts';
import type { Workspace } from '../workspace.ts';
import type { EventHub } from './event-hub.ts';
import type { FailureLimiter } from './failure-limiter.ts';
import type { ServerSettings } from './server-settings.ts';
import type { Sessions } from './sessions.ts';

/** Lends the library that is in force, for as long as `work` takes: a new revision of the specs does not close it meanwhile. */
export interface LibraryAccess {
  /** @throws CallsheetError `unavailable` until the specs have been loaded for the first time. */
  use<Result>(work: (workspace: Workspace) => Promise<Result>): Promise<Result>;
}

/** All that the server works with. */
export interface ServerContext {
  readonly api: ControllerApi;
  readonly library: LibraryAccess;
  readonly events: EventHub;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly redact: (text: string) => string;
  readonly settings: ServerSettings;
  readonly version: string;
  readonly sessions: Sessions;
  readonly limiter: FailureLimiter;
}
