import { type CallsheetError, isCallsheetError } from '../../diagnostics/errors.ts';
import type { CallGate } from '../../runtime/call-gate.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { CallMeter } from '../call-meter.ts';
import { repairQuestion } from '../prompt.ts';
import type { AnswerReader, ImageAnswer } from './answer.ts';
import { toApiError } from './api-errors.ts';
import { costUsd, maxImageTokens, maxTextTokens, type TokenPrice } from './prices.ts';
import type { VisionApi, VisionReply } from './vision-api.ts';

/** Everything that asking needs and that is the same for every picture. */
export interface Asking {
  readonly api: VisionApi;
  readonly gate: CallGate;
  readonly meter: CallMeter;
  readonly clock: Clock;
  readonly price: TokenPrice;
  readonly model: string;
  readonly instructions: string;
  readonly schema: Record<string, unknown>;
  readonly readAnswer: AnswerReader;
  /** Room for thought of models that reason, on top of the answer. */
  readonly reasoningTokens: number;
}

export interface Question {
  readonly actor: string;
  readonly text: string;
  /** The numbers that the answer must name, each once. */
  readonly numbers: readonly number[];
  /** JPEG, and its size in pixels. */
  readonly picture: Uint8Array;
  readonly width: number;
  readonly height: number;
}

export type Reply =
  | { readonly kind: 'answer'; readonly images: readonly ImageAnswer[]; readonly analysis: string }
  | { readonly kind: 'refused' | 'cut-off' }
  | { readonly kind: 'malformed'; readonly problem: string };

/** Adds up what an evaluation costs, whatever becomes of it. */
export interface Tally {
  costUsd: number;
}

const TOKENS_PER_IMAGE = 120;
const TOKENS_PER_ANSWER = 400;

export function maxOutputTokens(images: number, reasoningTokens: number): number {
  return images * TOKENS_PER_IMAGE + TOKENS_PER_ANSWER + reasoningTokens;
}

/** Asks, and once more when the answer cannot be used. Rejects with a CallsheetError when no answer is to be had. */
export async function askWithRepair(
  asking: Asking,
  question: Question,
  tally: Tally,
  signal?: AbortSignal,
): Promise<Reply> {
  const first = await ask(asking, question, tally, signal);
  if (first.kind !== 'malformed') return first;
  return await ask(
    asking,
    { ...question, text: repairQuestion(question.text, first.problem) },
    tally,
    signal,
  );
}

async function ask(asking: Asking, question: Question, tally: Tally, signal?: AbortSignal): Promise<Reply> {
  try {
    const reply = await asking.gate.call(async () => await askOnce(asking, question, tally, signal), {
      signal,
    });
    if (reply.outcome.kind !== 'answer') return { kind: reply.outcome.kind };
    const checked = asking.readAnswer(reply.outcome.text, question.numbers);
    return checked.ok ? { kind: 'answer', ...checked } : { kind: 'malformed', problem: checked.problem };
  } catch (error) {
    if (isCallsheetError(error, 'content-rejected')) return { kind: 'refused' };
    throw error;
  }
}

/** One paid call: reserved before, settled after. */
async function askOnce(
  asking: Asking,
  question: Question,
  tally: Tally,
  signal?: AbortSignal,
): Promise<VisionReply> {
  const { model, meter, price } = asking;
  const outputTokens = maxOutputTokens(question.numbers.length, asking.reasoningTokens);
  const maxUsd = costUsd({ inputTokens: maxInputTokens(asking, question), outputTokens }, price);
  const settle = await meter.reserve({ actor: question.actor, model: `openai:${model}`, maxUsd }, signal);
  const spend = async (usd: number) => {
    tally.costUsd += usd;
    await settle(usd);
  };
  try {
    const { instructions, schema } = asking;
    const { text, picture } = question;
    const call = { instructions, question: text, picture, schema, maxOutputTokens: outputTokens };
    const reply = await asking.api.ask(call, signal);
    await spend(reply.usage === undefined ? maxUsd : costUsd(reply.usage, price));
    return reply;
  } catch (error) {
    // An answer that says no costs nothing. Where there was none, the model may have worked all the same.
    await spend(isAnswered(error) ? 0 : maxUsd);
    signal?.throwIfAborted();
    throw toApiError(error, model, asking.clock.now()) satisfies CallsheetError;
  }
}

export function maxInputTokens(
  asking: Pick<Asking, 'instructions' | 'schema'>,
  question: Pick<Question, 'text' | 'width' | 'height'>,
): number {
  const text = asking.instructions + JSON.stringify(asking.schema) + question.text;
  return maxTextTokens(text) + maxImageTokens(question.width, question.height);
}

function isAnswered(error: unknown): boolean {
  return typeof (error as { readonly status?: unknown }).status === 'number';
}
