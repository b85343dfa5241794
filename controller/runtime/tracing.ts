import type { Tracer } from '@opentelemetry/api';

export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/**
 * The tracer of this process, as OpenTelemetry has one by design: spans are made deep inside, and know their parents by the flow of
 * the program. Undefined: nothing is traced, and `traced` costs a comparison.
 */
let tracer: Tracer | undefined;

/** Does the work inside a span, whose parent is the span that this is called in. An error is recorded and thrown on. */
export async function traced<T>(
  name: string,
  attributes: SpanAttributes,
  work: () => Promise<T>,
): Promise<T> {
  if (tracer === undefined) return await work();
  return await tracer.startActiveSpan(name, { attributes: { ...attributes } }, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.recordException(describe(error));
      span.setStatus({ code: ERROR_STATUS });
      throw error;
    } finally {
      span.end();
    }
  });
}

/**
 * The same port, of which calls of these methods are spans; the port itself while nothing is traced.
 *
 * @param about what each span says, given what the method was called with.
 */
export function withSpans<Port extends object>(
  port: Port,
  name: string,
  methods: readonly (keyof Port & string)[],
  about: (values: readonly unknown[]) => SpanAttributes,
): Port {
  if (tracer === undefined) return port;
  const names: ReadonlySet<string | symbol> = new Set(methods);
  return new Proxy(port, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      // Bound to the port itself, whose private fields a proxy does not have.
      const call = value.bind(target) as (...values: unknown[]) => unknown;
      if (!names.has(property)) return call;
      return (...values: unknown[]) =>
        traced(
          name,
          { ...about(values), 'callsheet.call': String(property) },
          async () => await call(...values),
        );
    },
  });
}

/** `SpanStatusCode.ERROR`, without loading the package. */
const ERROR_STATUS = 2;

export type TracingStart =
  | { readonly kind: 'off' }
  /** Asked for, but the packages are not installed. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'on'; stop(): Promise<void> };

/** Whether the standard variables ask for traces. */
export function wantsTraces(env: Readonly<Record<string, string | undefined>>): boolean {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return false;
  const exporter = env.OTEL_TRACES_EXPORTER;
  if (exporter !== undefined && exporter !== '') return exporter !== 'none';
  return [env.OTEL_EXPORTER_OTLP_ENDPOINT, env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT].some(
    (url) => url !== undefined && url !== '',
  );
}

/**
 * Starts sending traces when the environment asks for it. The packages are optional and loaded only then; all further settings are
 * theirs to read from `OTEL_*`. To be called once in a process.
 */
export async function startTracing(
  env: Readonly<Record<string, string | undefined>>,
  version: string,
): Promise<TracingStart> {
  if (!wantsTraces(env)) return { kind: 'off' };
  try {
    const { trace } = await import('@opentelemetry/api');
    const { NodeSDK } = await import('@opentelemetry/sdk-node');
    // Traces alone: metrics are at /metrics, logs on standard error.
    const sdk = new NodeSDK({
      instrumentations: [],
      metricReaders: [],
      logRecordProcessors: [],
      ...(env.OTEL_SERVICE_NAME === undefined ? { serviceName: 'callsheet' } : {}),
    });
    sdk.start();
    tracer = trace.getTracer('callsheet', version);
    return {
      kind: 'on',
      async stop() {
        tracer = undefined;
        await sdk.shutdown();
        trace.disable();
      },
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return { kind: 'missing' };
    throw error;
  }
}

/** Name and code, never the message: it may quote what must not leave. */
function describe(error: unknown): { name: string; code?: string; message: string } {
  const { name, code } = error as { name?: string; code?: unknown };
  return {
    name: name ?? 'Error',
    message: typeof code === 'string' ? code : (name ?? 'Error'),
    ...(typeof code === 'string' ? { code } : {}),
  };
}
