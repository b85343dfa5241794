import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Call } from '../../controller/cli/command.ts';
import { startTraces } from '../../controller/cli/controller-setup.ts';
import { CallsheetError } from '../../controller/diagnostics/errors.ts';
import { silentLogger } from '../../controller/runtime/logger.ts';
import { startTracing, traced, wantsTraces, withSpans } from '../../controller/runtime/tracing.ts';
import { aboutActor } from '../../controller/wire-providers.ts';
import { ReceiverServer } from '../support/receiver-server.ts';

const TOUCHED = [
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'OTEL_EXPORTER_OTLP_PROTOCOL',
  'OTEL_NODE_RESOURCE_DETECTORS',
];

let receiver: ReceiverServer;
beforeEach(async () => {
  receiver = await ReceiverServer.start();
});
afterEach(async () => {
  for (const name of TOUCHED) delete process.env[name];
  await receiver[Symbol.asyncDispose]();
});

interface Span {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly attributes: { key: string; value: { stringValue?: string } }[];
  readonly status: { code?: number };
}

function spans(): Span[] {
  return receiver.requests.flatMap(({ json }) => {
    const { resourceSpans } = json as { resourceSpans: { scopeSpans: { spans: Span[] }[] }[] };
    return resourceSpans.flatMap((resource) => resource.scopeSpans.flatMap((scope) => scope.spans));
  });
}

describe('traces', () => {
  it('are wanted when the standard variables say so', () => {
    expect(wantsTraces({})).toBe(false);
    expect(wantsTraces({ OTEL_SERVICE_NAME: 'x' })).toBe(false);
    expect(wantsTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h' })).toBe(true);
    expect(wantsTraces({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://h' })).toBe(true);
    expect(wantsTraces({ OTEL_TRACES_EXPORTER: 'otlp' })).toBe(true);
    expect(wantsTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h', OTEL_TRACES_EXPORTER: 'none' })).toBe(
      false,
    );
    expect(wantsTraces({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://h', OTEL_SDK_DISABLED: 'true' })).toBe(false);
  });

  it('change nothing while they are off', async () => {
    const port = { call: () => 1 };

    expect(await startTracing({}, '1')).toEqual({ kind: 'off' });
    expect(await traced('reconcile', {}, async () => 7)).toBe(7);
    expect(withSpans(port, 'x', ['call'], () => ({}))).toBe(port);
  });

  it('go to the collector as spans within spans, errors without their messages', async () => {
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_NODE_RESOURCE_DETECTORS: 'none',
    };
    // The packages read the environment of the process themselves.
    Object.assign(process.env, env);
    class Maker {
      #secret = 'kept';
      async submit(order: { readonly actor: string }): Promise<string> {
        return order.actor === '0042' ? this.#secret : '';
      }
    }

    const tracing = await startTracing(env, '1.2.3');
    const maker = withSpans(
      new Maker(),
      'generate',
      ['submit'],
      aboutActor({ 'callsheet.generator': 'local' }),
    );
    const answer = await traced(
      'reconcile',
      { 'callsheet.actor': '0042' },
      async () => await traced('apply', {}, () => maker.submit({ actor: '0042' })),
    );
    const failing = traced('observe', {}, async () => {
      throw new CallsheetError('unavailable', 'a message that may say too much');
    });
    await expect(failing).rejects.toMatchObject({ code: 'unavailable' });
    if (tracing.kind === 'on') await tracing.stop();

    const [generate, apply, reconcile, observe] = spans();
    expect(answer).toBe('kept');
    expect([generate, apply, reconcile, observe].map((span) => span?.name)).toEqual([
      'generate',
      'apply',
      'reconcile',
      'observe',
    ]);
    expect([generate!.parentSpanId, apply!.parentSpanId]).toEqual([apply!.spanId, reconcile!.spanId]);
    expect(generate!.attributes).toEqual(
      expect.arrayContaining([
        { key: 'callsheet.generator', value: { stringValue: 'local' } },
        { key: 'callsheet.actor', value: { stringValue: '0042' } },
      ]),
    );
    expect(reconcile!.attributes).toContainEqual({ key: 'callsheet.actor', value: { stringValue: '0042' } });
    expect(observe!.status.code).toBe(2);
    expect(JSON.stringify(receiver.requests.map(({ text }) => text))).not.toContain('too much');
    expect(JSON.stringify(receiver.requests[0]!.json)).toContain('"callsheet"');
  });

  it('that cannot be sent at the end are a line in the log, and no error', async () => {
    const env = {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_NODE_RESOURCE_DETECTORS: 'none',
    };
    Object.assign(process.env, env);
    receiver.answers.push(400, 400);
    const told: string[] = [];
    const logger = { ...silentLogger, warn: (_: unknown, message: string) => void told.push(message) };
    {
      await using _tracing = await startTraces(
        { terminal: { env }, version: '1.2.3' } as unknown as Call<unknown>,
        logger,
      );
      await traced('reconcile', {}, async () => {});
    }

    expect(told).toEqual([expect.stringContaining('the last traces could not be sent')]);
  });
});
