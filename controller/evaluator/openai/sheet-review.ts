import { type CallsheetError, isCallsheetError } from '../../diagnostics/errors.ts';
import { renderSheet, type SheetLayout, sheetSize } from '../../picture/contact-sheet.ts';
import type { EvaluationItem, Verdict } from '../evaluator.ts';
import { sheetQuestion } from '../prompt.ts';
import { type Asking, askWithRepair, type Reply, type Tally } from './ask.ts';
import { toVerdict, type VerdictRules } from './verdicts.ts';

/** Collects what is found out about the pictures of one request. */
export interface Review {
  readonly asking: Asking;
  readonly rules: VerdictRules;
  readonly layout: SheetLayout;
  readonly actor: string;
  readonly tally: Tally;
  readonly verdicts: Map<string, Verdict>;
  /** By digest. */
  readonly failures: Map<string, string>;
  readonly analyses: string[];
  /** Why some pictures could not be asked about at all. */
  readonly errors: CallsheetError[];
}

type Items = readonly EvaluationItem[];

/** Single pictures in a row whose answers cannot be used, after which the model is not asked about the rest. */
const PATIENCE = 3;

/**
 * Finds a verdict for each picture of a sheet. A sheet that is refused or cut off is halved until the picture at fault is alone; one
 * whose answer cannot be used even when asked again is gone through picture by picture. Never rejects but for an abort or a bug.
 */
export async function reviewSheet(review: Review, items: Items, signal?: AbortSignal): Promise<void> {
  const reply = await askAbout(review, items, signal);
  if (reply === undefined || accept(review, items, reply)) return;
  if (items.length === 1) fail(review, items, reasonOf(reply));
  else if (reply.kind === 'malformed') await reviewEach(review, items, signal);
  else for (const half of halves(items)) await reviewSheet(review, half, signal);
}

/** The last resort. Gives up on a model that cannot answer at all, instead of paying for every picture. */
async function reviewEach(review: Review, items: Items, signal?: AbortSignal): Promise<void> {
  let inVain = 0;
  for (const [index, item] of items.entries()) {
    if (inVain === PATIENCE)
      return fail(review, items.slice(index), 'the model does not answer in the form asked for');
    const reply = await askAbout(review, [item], signal);
    if (reply === undefined) return fail(review, items.slice(index + 1), 'the model could not be asked');
    inVain = reply.kind === 'malformed' ? inVain + 1 : 0;
    if (!accept(review, [item], reply)) fail(review, [item], reasonOf(reply));
  }
}

/** Undefined when the provider could not be asked; the reason is then noted. */
async function askAbout(review: Review, items: Items, signal?: AbortSignal): Promise<Reply | undefined> {
  const numbers = items.map(({ number }) => number);
  const picture = await renderSheet(items, review.layout);
  const question = {
    actor: review.actor,
    text: sheetQuestion(numbers),
    numbers,
    picture,
    ...sheetSize(items.length, review.layout),
  };
  try {
    return await askWithRepair(review.asking, question, review.tally, signal);
  } catch (error) {
    signal?.throwIfAborted();
    noteError(review, items, error);
    return undefined;
  }
}

/** Takes over a usable answer; false when there is none. */
export function accept(
  review: Review,
  items: Items,
  reply: Reply,
): reply is Extract<Reply, { kind: 'answer' }> {
  if (reply.kind !== 'answer') return false;
  const answers = new Map(reply.images.map((image) => [image.number, image]));
  for (const item of items)
    review.verdicts.set(item.digest, toVerdict(answers.get(item.number)!, item, review.rules));
  if (reply.analysis !== '') review.analyses.push(reply.analysis);
  return true;
}

export function fail(review: Review, items: Items, reason: string): void {
  for (const { digest } of items) review.failures.set(digest, reason);
}

/** An error of the provider leaves pictures without a verdict; a bug of ours is thrown on. */
export function noteError(review: Review, items: Items, error: unknown): void {
  if (!isCallsheetError(error)) throw error;
  review.errors.push(error);
  fail(review, items, error.message);
}

export function reasonOf(reply: Exclude<Reply, { kind: 'answer' }>): string {
  if (reply.kind === 'malformed') return `the answer of the model cannot be used: ${reply.problem}`;
  return reply.kind === 'refused'
    ? 'the model refuses to look at this picture'
    : 'the answer of the model was cut off';
}

function halves(items: Items): Items[] {
  const middle = Math.ceil(items.length / 2);
  return [items.slice(0, middle), items.slice(middle)];
}
