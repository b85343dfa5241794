import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { toCallsheetError } from '../diagnostics/errors.ts';
import { NotifierInOffice } from '../notify/notifier-in-office.ts';
import type { Controller } from '../reconcile/controller.ts';
import type {
  ControllerEvent,
  ControllerMetrics,
  ControllerObserver,
} from '../reconcile/controller-ports.ts';
import { logEvents } from '../reconcile/log-events.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import { isLoopback } from '../runtime/loopback.ts';
import { createMetrics } from '../runtime/metrics.ts';
import { addProcessMetrics } from '../runtime/process-metrics.ts';
import { createRedactor } from '../runtime/redact-log.ts';
import type { Reporter } from '../views/events.ts';
import type { ExtraRoutes } from './app.ts';
import {
  announceController,
  type ControllerFile,
  removeToken,
  tokenPath,
  withdrawController,
  writeToken,
} from './controller-file.ts';
import { ControllerMeter } from './controller-metrics.ts';
import { EventHub } from './event-hub.ts';
import { logProgress } from './progress-log.ts';
import { type RunningServer, startServer } from './server.ts';
import type { ServerSettings } from './server-settings.ts';
import { StandbyApi } from './standby-api.ts';
import { StateApi } from './state-api.ts';

export interface ServingOptions {
  readonly settings: ServerSettings;
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logger: Logger;
  /** Values that never leave. */
  readonly secrets: readonly string[];
  readonly clock: Clock;
  readonly random: () => number;
  /** Where the specs come from, for links and commit statuses. */
  readonly specsUrl?: string;
  /** The dashboard. */
  readonly pages?: ExtraRoutes;
}

/** What a controller is created with, so that the world can see it. */
export interface ControllerParts {
  readonly observers: readonly ControllerObserver[];
  readonly metrics?: ControllerMetrics;
  /** What use-cases report while they are at work. */
  readonly report?: Reporter;
}

/** Parts to create a controller with; then `start` shows it. */
export interface Serving {
  readonly parts: ControllerParts;
  /** Listens. Dispose of it after the controller has ended: what is told last is then on its way. */
  start(controller: Controller): Promise<RunningServer>;
}

/** Puts together what looks at a controller and speaks for it: log, metrics, event stream, notifications, HTTP. */
export function prepareServing(options: ServingOptions): Serving {
  const { logger, clock, version, secrets } = options;
  const metrics = createMetrics();
  addProcessMetrics(metrics.registry);
  const meter = new ControllerMeter(metrics, clock, version);
  const events = new EventHub(randomBytes(6).toString('hex'));
  const observers: ControllerObserver[] = [logEvents(logger), meter, events];
  const log = logProgress(logger);
  return {
    parts: {
      observers: [{ event: (event) => tellAll(observers, event, logger) }],
      metrics: meter,
      report: (event) => {
        log(event);
        events.progress(event);
        meter.progress(event);
      },
    },
    async start(controller) {
      const { settings, env, random, specsUrl } = options;
      const redact = createRedactor(secrets);
      const token = randomBytes(32).toString('base64url');
      const tokens = [...settings.tokens, { token, role: 'editor' as const, name: 'cli' }];
      const parts = {
        api: new StandbyApi(controller, new StateApi(controller, { clock })),
        library: controller,
        events,
        metrics,
        logger,
        clock,
        redact,
        settings: { ...settings, tokens },
        version,
      };
      const server = await startServer(parts, options.pages);
      const notifier = new NotifierInOffice({
        use: (work) => controller.use(work),
        standing: () => ({
          actors: controller.actors(),
          lastAppliedRevision: controller.library()?.lastAppliedRevision,
        }),
        leads: () => controller.leads(),
        env,
        clock,
        random,
        redact,
        logger,
        ...(settings.publicUrl === undefined ? {} : { publicUrl: settings.publicUrl }),
        ...(specsUrl === undefined ? {} : { specsUrl }),
        known: (receivers) => meter.notifies(receivers),
        measure: (receiver, result) => metrics.notifications.inc({ receiver, result }),
        pending: (count) => metrics.notificationQueue.set(count),
      });
      const announcer = new Announcer(controller, {
        url: localUrl(server.url, settings),
        token,
        env,
        clock,
        logger,
      });
      observers.push(notifier, announcer);
      return {
        url: server.url,
        async [Symbol.asyncDispose]() {
          await notifier[Symbol.asyncDispose]();
          await announcer[Symbol.asyncDispose]();
          await server[Symbol.asyncDispose]();
        },
      };
    },
  };
}

/** One that fails keeps nothing from the others. */
function tellAll(observers: readonly ControllerObserver[], event: ControllerEvent, logger: Logger): void {
  for (const observer of observers) {
    try {
      observer.event(event);
    } catch (error) {
      logger.error({ event: 'observer-failed', error }, 'an observer of the controller failed');
    }
  }
}

/** Commands on this machine come by loopback even when the server listens on every address. */
function localUrl(url: string, { host, publicUrl }: ServerSettings): string {
  if (isLoopback(host)) return url;
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${new URL(url).port}`;
  return publicUrl ?? url;
}

interface AnnouncerOptions {
  readonly url: string;
  readonly token: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** While this process leads, commands of the same user find it through the state. */
class Announcer implements ControllerObserver, AsyncDisposable {
  private readonly controller: Controller;
  private readonly options: AnnouncerOptions;
  private withdraw: (() => Promise<void>) | undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(controller: Controller, options: AnnouncerOptions) {
    this.controller = controller;
    this.options = options;
  }

  event(event: ControllerEvent): void {
    if (event.type !== 'leader') return;
    this.last = this.last
      .then(() => (event.leading ? this.announce() : this.takeBack()))
      .catch((error: unknown) => {
        const { code, message } = toCallsheetError(error);
        this.options.logger.warn(
          { event: 'announcement', code },
          `commands will not find this controller: ${message}`,
        );
      });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.last;
    await this.takeBack();
  }

  private async announce(): Promise<void> {
    const { url, token, env, clock } = this.options;
    await this.controller.use(async ({ state }) => {
      const file: ControllerFile = {
        formatVersion: '1.0',
        url,
        host: hostname(),
        pid: process.pid,
        since: new Date(clock.now()).toISOString(),
      };
      const path = tokenPath(state.url, env);
      await writeToken(path, token);
      await announceController(state, file);
      this.withdraw = async () => {
        await removeToken(path);
        await withdrawController(state, file);
      };
    });
  }

  private async takeBack(): Promise<void> {
    const withdraw = this.withdraw;
    this.withdraw = undefined;
    // Borrowed, so that the state stays open until it is done.
    if (withdraw !== undefined) await this.controller.use(withdraw);
  }
}
