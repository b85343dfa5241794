/** What we read of a prediction. Everything but id and status may be missing: the provider removes it after an hour. */
export interface Prediction {
  readonly id: string;
  readonly status: string;
  readonly model?: string | undefined;
  readonly version?: string | undefined;
  readonly input?: Readonly<Record<string, unknown>> | undefined;
  readonly output?: unknown;
  readonly error?: unknown;
  readonly dataRemoved: boolean;
  readonly createdMs: number;
}

/** How a prediction ended; undefined while it has not. */
export type Ending = 'succeeded' | 'failed' | 'canceled' | 'aborted';

const ENDINGS: readonly string[] = ['succeeded', 'failed', 'canceled', 'aborted'] satisfies Ending[];

export function endingOf({ status }: Prediction): Ending | undefined {
  return ENDINGS.includes(status) ? (status as Ending) : undefined;
}

/** Reads one prediction out of what the API sent; undefined when it is none. */
export function readPrediction(value: unknown): Prediction | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { id, status, model, version, input, output, error, data_removed, created_at } = value as Record<
    string,
    unknown
  >;
  if (typeof id !== 'string' || id === '' || typeof status !== 'string') return undefined;
  return {
    id,
    status,
    model: typeof model === 'string' ? model : undefined,
    version: typeof version === 'string' ? version : undefined,
    input: typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : undefined,
    output,
    error,
    dataRemoved: data_removed === true,
    createdMs: Date.parse(String(created_at)),
  };
}

/** Where the picture is: models answer with one URL, or with a list of them. */
export function outputUrl({ output }: Prediction): string | undefined {
  const first: unknown = Array.isArray(output) ? output[0] : output;
  return typeof first === 'string' && first !== '' ? first : undefined;
}
