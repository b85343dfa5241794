import { askService, type ServiceAnswer } from '../../runtime/service-check.ts';
import { REPLICATE_HOME, type ReplicateConnection } from './replicate-api.ts';

export interface ReplicateModelCheck extends ServiceAnswer {
  readonly hasToken: boolean;
  readonly address: string;
  /** Inputs that the mapping names and the model does not have; undefined when the model does not say what it takes. */
  readonly unknownInputs: readonly string[] | undefined;
}

/** Asks Replicate for a model and what it takes as input. Costs nothing. */
export async function checkReplicateModel(
  { token, baseUrl = REPLICATE_HOME }: Pick<ReplicateConnection, 'token' | 'baseUrl'>,
  model: string,
  inputs: readonly string[],
  signal?: AbortSignal,
): Promise<ReplicateModelCheck> {
  const hasToken = token !== undefined && token !== '';
  const name = model.split(':', 1)[0]!;
  const url = `${baseUrl.replace(/\/$/, '')}/models/${name.split('/').map(encodeURIComponent).join('/')}`;
  const answer = await askService(url, hasToken ? token : undefined, signal);
  const known = inputsOf(answer.body);
  return {
    ...answer,
    hasToken,
    address: URL.canParse(baseUrl) ? new URL(baseUrl).host : 'REPLICATE_BASE_URL',
    unknownInputs:
      known === undefined
        ? undefined
        : inputs.map((input) => input.replace(/\[\]$/, '')).filter((input) => !known.has(input)),
  };
}

/** Names from the schema that the model publishes. */
function inputsOf(body: unknown): ReadonlySet<string> | undefined {
  const properties = [
    'latest_version',
    'openapi_schema',
    'components',
    'schemas',
    'Input',
    'properties',
  ].reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined,
    body,
  );
  return typeof properties === 'object' && properties !== null ? new Set(Object.keys(properties)) : undefined;
}
