import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { type Controller, type ControllerOptions, createController } from '../reconcile/controller.ts';
import type { ControllerObserver } from '../reconcile/controller-ports.ts';
import { logEvents } from '../reconcile/log-events.ts';
import { watchFolder } from '../reconcile/watch-folder.ts';
import type { Logger } from '../runtime/logger.ts';
import { isGitUrl } from '../spec-source/git-url.ts';
import type { Reporter } from '../views/events.ts';
import { openWorkspace } from '../wire.ts';
import { openSpecSource } from '../wire-specs.ts';
import type { Call } from './command.ts';
import { sourceOptionsOf, specsOf } from './open.ts';

/** How long a folder has to look the same before it is believed. Milliseconds. */
const SETTLE_MS = 150;

export interface ControllerParts {
  readonly observers: readonly ControllerObserver[];
  readonly metrics?: ControllerOptions['metrics'];
  /** What use-cases report while they are at work. */
  readonly report?: Reporter;
}

/** A controller for the library that the options name: a folder is watched, a git URL is asked at every interval. */
export function setUpController<Options>(
  call: Call<Options>,
  { observers, metrics, report }: ControllerParts,
): Controller {
  const { options, terminal, version } = call;
  const specs = specsOf(options, terminal);
  const place = sourceOptionsOf(options, terminal);
  const source = openSpecSource(specs, { ...place, env: terminal.env, cwd: terminal.cwd });
  const following = isGitUrl(specs)
    ? {}
    : {
        settleMs: SETTLE_MS,
        watch: (onChange: () => void) => watchFolder(resolve(terminal.cwd, specs), onChange),
      };
  return createController({
    source,
    open: (loaded, signal) =>
      openWorkspace(
        {
          specs,
          ...place,
          version,
          command: 'controller',
          loaded,
          ...(report === undefined ? {} : { report }),
        },
        signal,
      ),
    observer: {
      event: (event) => {
        for (const observer of observers) observer.event(event);
      },
    },
    ...(metrics === undefined ? {} : { metrics }),
    ...following,
  });
}

/** The log of a controller, on standard error. */
export async function openLog(
  { terminal, options }: Call<unknown>,
  said: { readonly logLevel: 'debug' | 'info' | 'warn' | 'error'; readonly logFormat?: 'json' | 'pretty' },
): Promise<Logger> {
  const { createLogger, logFormat } = await import('../runtime/logger.ts');
  const { secretValues } = await import('../runtime/redact-log.ts');
  return await createLogger({
    level: options.quiet === true ? 'warn' : said.logLevel,
    format: logFormat(said.logFormat, terminal.stderr),
    sink: terminal.stderr,
    color: options.color,
    clock: terminal.clock,
    secrets: secretValues(terminal.env),
  });
}

/** Serves health, metrics, API and dashboard of a controller until it is disposed of. */
export async function serveController(
  call: Call<unknown>,
  logger: Logger,
  listen: string | undefined,
): Promise<{
  readonly parts: ControllerParts;
  readonly start: (controller: Controller) => Promise<AsyncDisposable & { readonly url: string }>;
}> {
  const { terminal, version } = call;
  const { readServerSettings } = await import('../server/server-settings.ts');
  const { startServer } = await import('../server/server.ts');
  const { EventHub } = await import('../server/event-hub.ts');
  const { ControllerMeter } = await import('../server/controller-metrics.ts');
  const { mountDashboard } = await import('../server/ui/dashboard.ts');
  const { createMetrics } = await import('../runtime/metrics.ts');
  const { createRedactor, secretValues } = await import('../runtime/redact-log.ts');
  const settings = await readServerSettings(terminal.env, listen);
  const metrics = createMetrics();
  const meter = new ControllerMeter(metrics, terminal.clock, version);
  const events = new EventHub(randomBytes(6).toString('hex'));
  const secrets = [...secretValues(terminal.env), ...settings.tokens.map(({ token }) => token)];
  const common = {
    events,
    metrics,
    logger,
    clock: terminal.clock,
    redact: createRedactor(secrets),
    settings,
    version,
  };
  return {
    parts: {
      observers: [logEvents(logger), meter, events],
      metrics: meter,
      report: (event) => events.progress(event),
    },
    start: (controller) => startServer({ api: controller, library: controller, ...common }, mountDashboard),
  };
}
