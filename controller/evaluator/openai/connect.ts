import { CallsheetError } from '../../diagnostics/errors.ts';
import { createChatApi } from './chat-api.ts';
import { createResponsesApi } from './responses-api.ts';
import type { VisionApi, VisionSettings } from './vision-api.ts';

export interface Connection {
  /** OPENAI_API_KEY. */
  readonly apiKey?: string | undefined;
  /** OPENAI_BASE_URL; api.openai.com unless set. */
  readonly baseUrl?: string | undefined;
  /** Responses for api.openai.com and Chat Completions for any other address, unless set. */
  readonly protocol?: 'responses' | 'chat' | undefined;
  /** Bound of one call, answer included. One minute unless set. */
  readonly timeoutMs?: number | undefined;
}

const HOME = 'https://api.openai.com/v1';

/** Loads the SDK. Its own retries are off: every call is paid for, so every call goes through our gate. */
export async function connect(connection: Connection, settings: VisionSettings): Promise<VisionApi> {
  const { apiKey, baseUrl = HOME, timeoutMs = 60_000 } = connection;
  const isHome = hostOf(baseUrl) === 'api.openai.com';
  if (isHome && (apiKey === undefined || apiKey === '')) {
    throw new CallsheetError('auth', 'there is no key for OpenAI', {
      hint: 'Set OPENAI_API_KEY, or use the local evaluator: spec.evaluator.provider: local.',
    });
  }
  const { OpenAI } = await import('openai');
  const client = new OpenAI({
    // Servers of one's own want some key, and take any.
    apiKey: apiKey === undefined || apiKey === '' ? 'none' : apiKey,
    baseURL: baseUrl,
    timeout: timeoutMs,
    maxRetries: 0,
    logLevel: 'off',
  });
  const protocol = connection.protocol ?? (isHome ? 'responses' : 'chat');
  return protocol === 'responses' ? createResponsesApi(client, settings) : createChatApi(client, settings);
}

function hostOf(url: string): string {
  try {
    return new URL(url).hostname;
  } catch {
    throw new CallsheetError('invalid-input', 'OPENAI_BASE_URL is not a URL', {
      hint: 'Write it like http://localhost:11434/v1, or unset it.',
    });
  }
}
