import { resolve } from 'node:path';
import { toCallsheetError } from '../diagnostics/errors.ts';
import { type Controller, createController } from '../reconcile/controller.ts';
import { watchFolder } from '../reconcile/watch-folder.ts';
import type { Logger } from '../runtime/logger.ts';
import type { ControllerParts, Serving } from '../server/serve-controller.ts';
import { isGitUrl } from '../spec-source/git-url.ts';
import { rememberState } from '../spec-source/state-memory.ts';
import { openWorkspace } from '../wire.ts';
import { joinCrew } from '../wire-crew.ts';
import { recallSpecs } from '../wire-recall.ts';
import { openSpecSource } from '../wire-specs.ts';
import type { Call } from './command.ts';
import { recallOptionsOf, sourceOptionsOf, specsOf } from './open.ts';
import { wantsColor } from './terminal.ts';

/** How long a folder has to look the same before it is believed. Milliseconds. */
const SETTLE_MS = 150;

/** A controller for the library that the options name: a folder is watched, a git URL is asked at every interval. */
export function setUpController<Options>(
  call: Call<Options>,
  { observers, metrics, report }: ControllerParts,
): Controller {
  const { options, terminal, version } = call;
  const specs = specsOf(options, terminal);
  const place = sourceOptionsOf(options, terminal);
  const source = openSpecSource(specs, { ...place, env: terminal.env, cwd: terminal.cwd });
  const recall = recallOptionsOf(call);
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
    onOpened: ({ settings, layout }) =>
      rememberState(recall.key, { url: settings.state, root: layout.root }, terminal.env),
    recall: (head, signal) => recallSpecs(head, recall, signal),
    observer: {
      event: (event) => {
        for (const observer of observers) observer.event(event);
      },
    },
    share: ({ settings }, signal) =>
      joinCrew({ url: settings.state, ...(metrics === undefined ? {} : { observer: metrics }) }, signal),
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
    level: options.quiet === true && said.logLevel !== 'error' ? 'warn' : said.logLevel,
    format: logFormat(said.logFormat, terminal.stderr),
    sink: terminal.stderr,
    color: wantsColor(terminal.stderr, terminal.env, options.color),
    clock: terminal.clock,
    secrets: secretValues(terminal.env),
  });
}

/** What a controller is served with: health, metrics, API, dashboard, webhooks and notifications. */
export async function serveController(
  call: Call<unknown>,
  logger: Logger,
  listen: string | undefined,
): Promise<Serving> {
  const { terminal, options, version } = call;
  const { env, clock } = terminal;
  const { readServerSettings } = await import('../server/server-settings.ts');
  const { prepareServing } = await import('../server/serve-controller.ts');
  const { mountDashboard } = await import('../server/ui/dashboard.ts');
  const { secretValues } = await import('../runtime/redact-log.ts');
  const settings = await readServerSettings(env, listen);
  const specs = specsOf(options, terminal);
  return prepareServing({
    settings,
    version,
    env,
    logger,
    secrets: [...secretValues(env), ...settings.tokens.map(({ token }) => token), ...settings.webhookSecrets],
    clock,
    random: Math.random,
    pages: mountDashboard,
    ...(isGitUrl(specs) ? { specsUrl: specs } : {}),
  });
}

/** Sends traces where the environment asks for them, until it is disposed of. */
export async function startTraces(
  { terminal, version }: Call<unknown>,
  logger: Logger,
): Promise<AsyncDisposable> {
  const { startTracing } = await import('../runtime/tracing.ts');
  const started = await startTracing(terminal.env, version);
  if (started.kind === 'missing') {
    logger.warn(
      { event: 'tracing' },
      'no traces are sent: install @opentelemetry/api and @opentelemetry/sdk-node, or unset OTEL_EXPORTER_OTLP_ENDPOINT',
    );
  }
  return {
    async [Symbol.asyncDispose]() {
      if (started.kind !== 'on') return;
      // What is left to send is not worth an error: the work is done, and the log is JSON to its end.
      await started.stop().catch((error: unknown) => {
        const { message } = toCallsheetError(error);
        logger.warn({ event: 'tracing' }, `the last traces could not be sent: ${message}`);
      });
    },
  };
}
