import { type Call, type Fault, type FaultPlan, type Reply, serveFakeApi } from './http-faults.ts';

/** What the model says of one image; wrong on purpose where a test wants it. */
export interface SaidImage {
  readonly number: number;
  readonly category: string;
  readonly seen?: string;
  readonly quality?: number;
  readonly confidence?: number;
}

/** One question as the model gets it. */
export interface AskedQuestion {
  /** Numbers named in the question. */
  readonly numbers: readonly number[];
  readonly instructions: string;
  readonly question: string;
  /** JPEG. */
  readonly picture: Buffer;
  /** True for a picture on its own, false for a contact sheet. */
  readonly closeUp: boolean;
  /** The request as it came. */
  readonly body: Record<string, unknown>;
}

export type SaidAnswer =
  | { readonly images: readonly SaidImage[]; readonly analysis?: string }
  | { readonly text: string }
  | { readonly refusal: string }
  /** `length` cuts the answer off, `filter` is the provider's content filter. */
  | { readonly stop: 'length' | 'filter' };

export interface OpenAiServerOptions {
  readonly answer: (asked: AskedQuestion) => SaidAnswer | Promise<SaidAnswer>;
  readonly faults?: FaultPlan;
  /** The only key that is let in; any when absent. */
  readonly key?: string;
  /** Models that exist. Any when absent. */
  readonly models?: readonly string[];
  /** `shutdown_date` of every model. */
  readonly shutdown?: string;
  /** Milliseconds that an answer takes. */
  readonly latencyMs?: number;
}

export interface OpenAiServer extends AsyncDisposable {
  /** For OPENAI_BASE_URL. */
  readonly baseUrl: string;
  readonly asked: readonly AskedQuestion[];
  /** The most calls that were in work at the same time. */
  readonly peak: number;
  /** Calls in all, those with a fault included. */
  readonly calls: number;
}

/** What the API would bill for a question, roughly: it grows with the pictures asked about. */
export function billedTokens(numbers: number): { readonly input: number; readonly output: number } {
  return { input: 700 + 60 * numbers, output: 40 + 50 * numbers };
}

/** The OpenAI API on loopback: Responses and Chat Completions, as far as image questions with structured output go. */
export async function startOpenAiServer(options: OpenAiServerOptions): Promise<OpenAiServer> {
  const asked: AskedQuestion[] = [];
  let inWork = 0;
  let peak = 0;
  async function answer(call: Call): Promise<Reply> {
    inWork += 1;
    peak = Math.max(peak, inWork);
    try {
      if (options.latencyMs !== undefined)
        await new Promise((resolve) => setTimeout(resolve, options.latencyMs));
      return await answerCall(options, asked, call);
    } finally {
      inWork -= 1;
    }
  }
  const faultOf = (call: Call, number: number): Fault | undefined =>
    options.faults?.({ number, route: `${call.method} ${call.url.pathname}`, body: call.body });
  const api = await serveFakeApi(answer, faultOf);
  return {
    baseUrl: `${api.origin}/v1`,
    asked,
    get peak() {
      return peak;
    },
    get calls() {
      return api.calls.length;
    },
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]();
    },
  };
}

async function answerCall(options: OpenAiServerOptions, asked: AskedQuestion[], call: Call): Promise<Reply> {
  if (options.key !== undefined && call.headers.authorization !== `Bearer ${options.key}`) {
    return apiError(
      401,
      'Incorrect API key provided: sk-te**********ret.',
      'invalid_request_error',
      'invalid_api_key',
    );
  }
  const named = /^\/v1\/models\/(.+)$/.exec(call.url.pathname)?.[1];
  if (call.method === 'GET' && named !== undefined) return describeModel(options, decodeURIComponent(named));
  const protocol = { '/v1/responses': 'responses', '/v1/chat/completions': 'chat' } as const;
  const kind = protocol[call.url.pathname as keyof typeof protocol];
  if (call.method !== 'POST' || kind === undefined)
    return apiError(404, 'Unknown request URL', 'invalid_request_error', 'unknown_url');
  const body = call.body as Record<string, unknown>;
  const model = String(body.model);
  if (options.models !== undefined && !options.models.includes(model)) {
    return apiError(404, `The model '${model}' does not exist`, 'invalid_request_error', 'model_not_found');
  }
  const question = kind === 'responses' ? readResponsesBody(body) : readChatBody(body);
  asked.push(question);
  const said = await options.answer(question);
  const used = billedTokens(question.numbers.length);
  return {
    status: 200,
    headers: { 'x-request-id': `req_${asked.length}` },
    body: kind === 'responses' ? asResponse(said, model, used) : asChat(said, model, used),
  };
}

function describeModel({ models, shutdown }: OpenAiServerOptions, id: string): Reply {
  if (models !== undefined && !models.includes(id))
    return apiError(404, `The model '${id}' does not exist`, 'invalid_request_error', 'model_not_found');
  const ends = shutdown === undefined ? {} : { shutdown_date: shutdown };
  return { status: 200, body: { id, object: 'model', created: 1_744_000_000, owned_by: 'system', ...ends } };
}

/** An error as the API words it. */
export function apiError(
  status: number,
  message: string,
  type: string,
  code: string | null,
  headers: Record<string, string> = {},
): Reply {
  return { status, headers, body: { error: { message, type, param: null, code } } };
}

/** A 429, in its two meanings. */
export function tooMany(
  code: 'rate_limit_exceeded' | 'insufficient_quota',
  headers: Record<string, string> = {},
): Fault {
  const { status, body } = apiError(429, 'too many', code === 'insufficient_quota' ? code : 'requests', code);
  return { kind: 'status', status, body, headers };
}

type Part = {
  readonly type: string;
  readonly text?: string;
  readonly image_url?: string | { readonly url: string };
};

function readResponsesBody(body: Record<string, unknown>): AskedQuestion {
  const [message] = body.input as { content: readonly Part[] }[];
  return toQuestion(body, String(body.instructions), message?.content ?? []);
}

function readChatBody(body: Record<string, unknown>): AskedQuestion {
  const messages = body.messages as { role: string; content: string | readonly Part[] }[];
  const system = messages.find(({ role }) => role === 'system')?.content;
  const user = messages.find(({ role }) => role === 'user')?.content;
  return toQuestion(body, String(system), Array.isArray(user) ? user : []);
}

function toQuestion(
  body: Record<string, unknown>,
  instructions: string,
  parts: readonly Part[],
): AskedQuestion {
  const question = parts.find(({ text }) => text !== undefined)?.text ?? '';
  const image = parts.find(({ image_url }) => image_url !== undefined)?.image_url;
  const url = (typeof image === 'string' ? image : image?.url) ?? '';
  const picture = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  const single = /image number (\d+)/.exec(question);
  const list = /down: ([\d, ]+)\./.exec(question);
  const numbers = (single?.[1] ?? list?.[1] ?? '').split(',').map(Number);
  return { numbers, instructions, question, picture, closeUp: single !== null, body };
}

type Billed = ReturnType<typeof billedTokens>;

function asResponse(said: SaidAnswer, model: string, { input, output }: Billed): unknown {
  const base = {
    id: 'resp_1',
    object: 'response',
    created_at: 1_790_000_000,
    model,
    usage: { input_tokens: input, output_tokens: output, total_tokens: input + output },
  };
  if ('stop' in said) {
    const reason = said.stop === 'length' ? 'max_output_tokens' : 'content_filter';
    return { ...base, status: 'incomplete', incomplete_details: { reason }, output: [] };
  }
  const part =
    'refusal' in said
      ? { type: 'refusal', refusal: said.refusal }
      : { type: 'output_text', text: textOf(said), annotations: [] };
  const message = { id: 'msg_1', type: 'message', role: 'assistant', status: 'completed', content: [part] };
  return { ...base, status: 'completed', incomplete_details: null, output: [message] };
}

function asChat(said: SaidAnswer, model: string, { input, output }: Billed): unknown {
  const stop = 'stop' in said ? (said.stop === 'length' ? 'length' : 'content_filter') : 'stop';
  const refusal = 'refusal' in said ? said.refusal : null;
  const content = 'refusal' in said || 'stop' in said ? null : textOf(said);
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_790_000_000,
    model,
    choices: [{ index: 0, finish_reason: stop, message: { role: 'assistant', content, refusal } }],
    usage: { prompt_tokens: input, completion_tokens: output, total_tokens: input + output },
  };
}

function textOf(said: Extract<SaidAnswer, { text: string } | { images: readonly SaidImage[] }>): string {
  if ('text' in said) return said.text;
  const images = said.images.map((image) => ({ seen: 'a picture', quality: 7, confidence: 0.9, ...image }));
  return JSON.stringify({ images, analysis: said.analysis ?? 'A set of pictures.' });
}
