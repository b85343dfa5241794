import { CallsheetError } from '../../diagnostics/errors.ts';
import { type SheetLayout, sheetSize, sheetsOf } from '../../picture/contact-sheet.ts';
import type { CallGate } from '../../runtime/call-gate.ts';
import { type Clock, systemClock } from '../../runtime/clock.ts';
import { digestOf } from '../../spec/canonical.ts';
import { type CallMeter, unmetered } from '../call-meter.ts';
import type { EvaluationRequest, EvaluationResult, Evaluator } from '../evaluator.ts';
import {
  answerSchema,
  evaluationInstructions,
  type PromptCategory,
  pictureQuestion,
  sheetQuestion,
} from '../prompt.ts';
import { createAnswerReader } from './answer.ts';
import { type Asking, questionSize } from './ask.ts';
import { CLOSE_SIDE, type CloseLimits, lookClosely } from './close-look.ts';
import { type Connection, connect } from './connect.ts';
import { costUsd, listPrice, type TokenPrice } from './prices.ts';
import { type Review, reviewSheet } from './sheet-review.ts';
import { mostTokens, type QuestionSize, usualTokens } from './tokens.ts';
import type { ColourRule } from './verdicts.ts';
import type { VisionSettings } from './vision-api.ts';

export interface OpenAiEvaluatorOptions extends VisionSettings, Connection {
  /** The taxonomy. `local.colour` lets the pixels contradict the model. */
  readonly categories: readonly (PromptCategory & {
    readonly local?: { readonly colour?: ColourRule } | undefined;
  })[];
  /** Cells of the contact sheet. */
  readonly layout: SheetLayout;
  /** Below this confidence a verdict is uncertain. 0.6 unless set: models state high figures. */
  readonly minimumConfidence?: number | undefined;
  /** Needed for models that are not in the price list. */
  readonly price?: TokenPrice | undefined;
  /** Bounds for reading originals when confirming. */
  readonly limits: CloseLimits;
  readonly gate: CallGate;
  readonly meter?: CallMeter | undefined;
  readonly clock?: Clock | undefined;
}

const MINIMUM_CONFIDENCE = 0.6;
/** Raised when sheets are drawn or answers read in a way that prompt, schema and settings do not show. */
const METHOD = 1;
/** An answer that cannot be used is asked for once more. */
const ASKED_AT_MOST = 2;

/**
 * Asks a vision model of OpenAI, or of a server with the same API, about contact sheets. Makes no call and needs no key until it is
 * asked for the first time.
 */
export function createOpenAiEvaluator(options: OpenAiEvaluatorOptions): Evaluator {
  return new OpenAiEvaluator(options);
}

class OpenAiEvaluator implements Evaluator {
  readonly id: string;
  readonly #options: OpenAiEvaluatorOptions;
  readonly #instructions: string;
  readonly #schema: Record<string, unknown>;
  readonly #price: TokenPrice | undefined;
  readonly #reasons: boolean;
  readonly #minimumConfidence: number;
  #asking: Promise<Asking> | undefined;

  constructor(options: OpenAiEvaluatorOptions) {
    this.#options = options;
    this.#instructions = evaluationInstructions(options.categories);
    this.#schema = answerSchema(options.categories);
    this.#price = options.price ?? listPrice(options.model);
    this.#reasons = mayReason(options);
    this.#minimumConfidence = options.minimumConfidence ?? MINIMUM_CONFIDENCE;
    this.id = `openai:${options.model}:${this.#digest().slice(0, 12)}`;
  }

  async evaluate(request: EvaluationRequest, signal?: AbortSignal): Promise<EvaluationResult> {
    return await this.#review(request, signal, async (review) => {
      await Promise.all(
        sheetsOf(request.items).map(async (items) => await reviewSheet(review, items, signal)),
      );
    });
  }

  async confirm(request: EvaluationRequest, signal?: AbortSignal): Promise<EvaluationResult> {
    const { limits } = this.#options;
    return await this.#review(request, signal, async (review) => {
      await Promise.all(request.items.map(async (item) => await lookClosely(review, item, limits, signal)));
    });
  }

  estimateCostUsd(pictures: number): number | undefined {
    return this.#sumOverSheets(pictures, (size, price) => costUsd(usualTokens(size, this.#reasons), price));
  }

  maxCostUsd(pictures: number): number | undefined {
    return this.#sumOverSheets(
      pictures,
      (size, price) => ASKED_AT_MOST * costUsd(mostTokens(size, this.#reasons), price),
    );
  }

  #sumOverSheets(
    pictures: number,
    usdOf: (size: QuestionSize, price: TokenPrice) => number,
  ): number | undefined {
    const price = this.#price;
    if (price === undefined) return undefined;
    const asking = { instructions: this.#instructions, schema: this.#schema };
    const sheets = sheetsOf(Array.from({ length: pictures }, (_, index) => index + 1));
    return sheets.reduce((usd, numbers) => {
      const sheet = sheetSize(numbers.length, this.#options.layout);
      return usd + usdOf(questionSize(asking, { text: sheetQuestion(numbers), numbers, ...sheet }), price);
    }, 0);
  }

  async #review(
    { actor, items }: EvaluationRequest,
    signal: AbortSignal | undefined,
    work: (review: Review) => Promise<void>,
  ): Promise<EvaluationResult> {
    if (items.length === 0) return { verdicts: new Map(), failures: new Map(), costUsd: 0 };
    signal?.throwIfAborted();
    const review = this.#startReview(actor, await this.#ready());
    await work(review);
    if (review.verdicts.size === 0 && review.errors.length > 0) throw gravest(review.errors);
    const { verdicts, failures, analyses, tally } = review;
    return {
      verdicts,
      failures,
      costUsd: tally.costUsd,
      ...(analyses.length === 0 ? {} : { analysis: analyses.join(' ') }),
    };
  }

  #startReview(actor: string, asking: Asking): Review {
    const { categories, layout } = this.#options;
    const colours = new Map(categories.map(({ name, local }) => [name, local?.colour ?? 'any']));
    return {
      asking,
      rules: { minimumConfidence: this.#minimumConfidence, colours },
      layout,
      actor,
      tally: { costUsd: 0 },
      verdicts: new Map(),
      failures: new Map(),
      analyses: [],
      errors: [],
    };
  }

  #ready(): Promise<Asking> {
    this.#asking ??= this.#connect().catch((error: unknown) => {
      this.#asking = undefined;
      throw error;
    });
    return this.#asking;
  }

  async #connect(): Promise<Asking> {
    const { model, gate, meter = unmetered, clock = systemClock } = this.#options;
    if (this.#price === undefined) throw unknownPrice(model);
    return {
      api: await connect(this.#options, this.#options),
      gate,
      meter,
      clock,
      price: this.#price,
      model,
      instructions: this.#instructions,
      schema: this.#schema,
      readAnswer: createAnswerReader(this.#schema),
      reasons: this.#reasons,
    };
  }

  /** Everything that a verdict depends on; not the address, which may lead to the same model by another way. */
  #digest(): string {
    const { model, detail, reasoningEffort, temperature, layout, categories } = this.#options;
    return digestOf({
      method: METHOD,
      model,
      detail,
      reasoningEffort,
      temperature,
      layout,
      side: CLOSE_SIDE,
      minimumConfidence: this.#minimumConfidence,
      colours: categories.map(({ local }) => local?.colour ?? 'any'),
      instructions: this.#instructions,
      schema: this.#schema,
      questions: [sheetQuestion([1, 2]), pictureQuestion(1)],
    });
  }
}

/** Models of the 4 series answer at once; of the others nobody knows, unless they are told not to think. */
function mayReason({ model, reasoningEffort }: VisionSettings): boolean {
  return reasoningEffort === undefined ? !/^gpt-4/.test(model) : reasoningEffort !== 'none';
}

function unknownPrice(model: string): CallsheetError {
  return new CallsheetError('unknown-price', `the price of the vision model "${model}" is not known`, {
    hint: 'Write spec.evaluator.pricePerMillionTokens in the Library (input and output, in US dollars; 0 for a model of your own).',
  });
}

/** What stops the whole run goes before what may pass. */
function gravest(errors: readonly CallsheetError[]): CallsheetError {
  const order = ['auth', 'quota', 'budget-exceeded', 'unknown-price', 'invalid-input'];
  return errors.find(({ code }) => order.includes(code)) ?? errors[0]!;
}
