import { type CallsheetError, isCallsheetError } from '../../diagnostics/errors.ts';
import type { CallGate } from '../../runtime/call-gate.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { CallMeter } from '../call-meter.ts';
import { repairQuestion } from '../prompt.ts';
import type { AnswerReader, ImageAnswer } from './answer.ts';
import { toApiError } from './api-errors.ts';
import { costUsd, type TokenPrice } from './prices.ts';
import { maxOutputTokens, mostTokens, type QuestionSize, usualTokens } from './tokens.ts';
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
  /** The model may think before it answers, and thought is paid for. */
  readonly reasons: boolean;
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

/**
 * What a call counts as that nobody settled, since its process died: it was most likely billed, at about the usual; rather too much is
 * counted than too little, but not the reservation, of which one or two in a hundred calls come near.
 */
const CUT_OFF_FACTOR = 1.5;

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
  const { model, meter, price, reasons } = asking;
  const size = questionSize(asking, question);
  const maxUsd = costUsd(mostTokens(size, reasons), price);
  const cutOffUsd = Math.min(maxUsd, costUsd(usualTokens(size, reasons), price) * CUT_OFF_FACTOR);
  const metered = { actor: question.actor, model: `openai:${model}`, maxUsd, cutOffUsd };
  const settle = await meter.reserve(metered, signal);
  const spend = async (usd: number) => {
    tally.costUsd += usd;
    await settle(usd);
  };
  try {
    const { instructions, schema } = asking;
    const { text, picture } = question;
    const bound = maxOutputTokens(size.images, reasons);
    const call = { instructions, question: text, picture, schema, maxOutputTokens: bound };
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

export function questionSize(
  { instructions, schema }: Pick<Asking, 'instructions' | 'schema'>,
  { text, numbers, width, height }: Pick<Question, 'text' | 'numbers' | 'width' | 'height'>,
): QuestionSize {
  return { text: instructions + JSON.stringify(schema) + text, images: numbers.length, width, height };
}

function isAnswered(error: unknown): boolean {
  return typeof (error as { readonly status?: unknown }).status === 'number';
}
