import { askService, type ServiceAnswer } from '../../runtime/service-check.ts';
import type { Connection } from './connect.ts';

export interface OpenAiModelCheck extends ServiceAnswer {
  readonly hasKey: boolean;
  /** No key is needed for a server of one's own. */
  readonly needsKey: boolean;
  /** Where it was asked, without its query. */
  readonly address: string;
  /** YYYY-MM-DD, where the provider says when the model ends. */
  readonly shutdown: string | undefined;
}

/** Asks OpenAI, or the server at OPENAI_BASE_URL, for a model. Costs nothing. */
export async function checkOpenAiModel(
  { apiKey, baseUrl = 'https://api.openai.com/v1' }: Pick<Connection, 'apiKey' | 'baseUrl'>,
  model: string,
  signal?: AbortSignal,
): Promise<OpenAiModelCheck> {
  const hasKey = apiKey !== undefined && apiKey !== '';
  const url = `${baseUrl.replace(/\/$/, '')}/models/${encodeURIComponent(model)}`;
  const answer = await askService(url, hasKey ? apiKey : undefined, signal);
  return {
    ...answer,
    hasKey,
    needsKey: URL.canParse(baseUrl) && new URL(baseUrl).hostname === 'api.openai.com',
    address: URL.canParse(baseUrl) ? new URL(baseUrl).host : 'OPENAI_BASE_URL',
    shutdown: shutdownOf(answer.body),
  };
}

/** A date, or seconds since the epoch. */
function shutdownOf(body: unknown): string | undefined {
  const value = (body as { readonly shutdown_date?: unknown } | undefined)?.shutdown_date;
  if (typeof value === 'number' && Number.isFinite(value))
    return new Date(value * 1000).toISOString().slice(0, 10);
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : undefined;
}
