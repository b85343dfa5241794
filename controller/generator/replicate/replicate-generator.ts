import { CallsheetError, isCallsheetError, toCallsheetError } from '../../diagnostics/errors.ts';
import type { CallGate } from '../../runtime/call-gate.ts';
import { type Clock, systemClock } from '../../runtime/clock.ts';
import type { GenerationOrder, GenerationState, Generator } from '../generator.ts';
import { outOfCredit } from './api-errors.ts';
import {
  type AllowedHosts,
  type Downloaded,
  type DownloadLimits,
  download,
  REPLICATE_HOSTS,
  sanitise,
} from './download.ts';
import { failureReason } from './failure-reason.ts';
import { findOrder } from './find-order.ts';
import { type InputSettings, modelInput } from './model-input.ts';
import { endingOf, outputUrl, type Prediction } from './prediction.ts';
import { listPriceUsd } from './prices.ts';
import { connect, type ReplicateApi, type ReplicateConnection } from './replicate-api.ts';

export interface ReplicateGeneratorOptions extends ReplicateConnection, InputSettings {
  /** Overrides the list price; needed for models that are not in it. */
  readonly priceUsd?: number | undefined;
  readonly gate: CallGate;
  readonly clock?: Clock | undefined;
  /** Further hosts that outputs may be fetched from, for proxies and stand-ins. */
  readonly outputHosts?: AllowedHosts | undefined;
  /** How long `collect` waits for a prediction. Six minutes unless set: the provider itself gives up after five. */
  readonly maxWaitMs?: number | undefined;
  /** How long an accepted order may take to appear in the provider's list. Ten seconds unless set. */
  readonly settleMs?: number | undefined;
}

const CANCEL_AFTER_MINUTES = 5;
const MAX_WAIT_MS = 6 * 60_000;
const SETTLE_MS = 10_000;
const FIRST_POLL_MS = 500;
const MAX_POLL_MS = 3_000;
const MAX_PICTURE_BYTES = 40_000_000;
const DOWNLOAD_TRIES = 4;

/** Stands for an order of which it cannot be told any more whether it was accepted. */
const UNKNOWABLE = 'unknowable';

/** Has pictures made by a model at Replicate. Makes no call and needs no token until the first order. */
export function createReplicateGenerator(options: ReplicateGeneratorOptions): Generator {
  return new ReplicateGenerator(options);
}

class ReplicateGenerator implements Generator {
  readonly id: string;
  readonly provider = 'replicate';
  readonly model: string;
  readonly priceUsd: number | undefined;
  readonly #options: ReplicateGeneratorOptions;
  readonly #clock: Clock;
  readonly #hosts: AllowedHosts;
  readonly #limits: DownloadLimits;
  /** By seed: when this process last sent an order. */
  readonly #sentMs = new Map<number, number>();
  #api: Promise<ReplicateApi> | undefined;

  constructor(options: ReplicateGeneratorOptions) {
    this.model = options.model;
    this.id = `replicate:${options.model}`;
    this.priceUsd = options.priceUsd ?? listPriceUsd(options.model);
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#hosts = [...REPLICATE_HOSTS, ...(options.outputHosts ?? []), ...standInHosts(options.baseUrl)];
    this.#limits = {
      maxBytes: Math.min(MAX_PICTURE_BYTES, options.limits.maxBytes),
      maxPixels: options.limits.maxPixels,
      timeoutMs: options.timeoutMs ?? 60_000,
    };
  }

  async submit(order: GenerationOrder, signal?: AbortSignal): Promise<string> {
    if (this.priceUsd === undefined) throw unknownPrice(this.model);
    const api = await this.#connected();
    // Whatever goes wrong before the call is made must not look as if the order might have been accepted.
    const input = await modelInput(this.#options, order, signal).catch((error: unknown) => {
      throw beforeOrder(error);
    });
    try {
      return (await api.create(input, { signal, assertHeld: order.assertHeld })).id;
    } finally {
      // It may have waited for its turn for long: what counts is when it went out.
      this.#sentMs.set(order.seed, this.#clock.now());
    }
  }

  async collect(ticket: string, order: GenerationOrder, signal?: AbortSignal): Promise<GenerationState> {
    if (ticket === UNKNOWABLE)
      return lost(
        'nobody can tell any more whether Replicate had this order: inputs are removed after an hour',
      );
    const prediction = await this.#awaitEnd(ticket, order, signal);
    if (prediction === undefined) return lost('Replicate no longer knows this prediction');
    const ending = endingOf(prediction);
    if (ending === 'succeeded') return await this.#fetchOutput(prediction, signal);
    if (ending === 'failed') return this.#failure(prediction);
    const reason =
      ending === 'aborted' ? 'Replicate gave up before it began' : 'it was cancelled at Replicate';
    return { status: 'failed', message: reason, permanent: false, charged: ending !== 'aborted' };
  }

  async find(order: GenerationOrder, sinceMs: number, signal?: AbortSignal): Promise<string | undefined> {
    const { model, mapping, settleMs = SETTLE_MS } = this.#options;
    const sentMs = this.#sentMs.get(order.seed);
    const options = { api: await this.#connected(), clock: this.#clock, model, mapping, settleMs, sentMs };
    try {
      const found = await findOrder(options, order, sinceMs, signal);
      if (found.kind === 'unknowable') return UNKNOWABLE;
      return found.kind === 'found' ? found.id : undefined;
    } catch (error) {
      signal?.throwIfAborted();
      // However the list failed, nothing is known about the order.
      const { code, message } = toCallsheetError(error);
      if (code === 'unavailable' || code === 'auth') throw error;
      throw new CallsheetError(
        'unavailable',
        `it cannot be told whether Replicate has the order: ${message}`,
      );
    }
  }

  /** Undefined when the provider knows no such prediction. */
  async #awaitEnd(id: string, order: GenerationOrder, signal?: AbortSignal): Promise<Prediction | undefined> {
    const api = await this.#connected();
    const untilMs = this.#clock.now() + (this.#options.maxWaitMs ?? MAX_WAIT_MS);
    for (let pauseMs = FIRST_POLL_MS; ; pauseMs = Math.min(MAX_POLL_MS, pauseMs * 1.5)) {
      try {
        const prediction = await api.get(id, signal);
        if (endingOf(prediction) !== undefined) return prediction;
      } catch (error) {
        if (isCallsheetError(error, 'not-found')) return undefined;
        throw error;
      }
      if (this.#clock.now() >= untilMs) throw tooSlow(order);
      await this.#clock.sleep(pauseMs, signal);
    }
  }

  async #fetchOutput(prediction: Prediction, signal?: AbortSignal): Promise<GenerationState> {
    const url = outputUrl(prediction);
    if (url === undefined) {
      if (prediction.dataRemoved) return lost('the picture was removed from Replicate before it was fetched');
      return { status: 'failed', message: 'the model delivered no picture', permanent: false, charged: true };
    }
    try {
      const { bytes, contentType } = await this.#fetchPicture(url, signal);
      return { status: 'succeeded', picture: { bytes, contentType, costUsd: this.priceUsd ?? 0 } };
    } catch (error) {
      if (isCallsheetError(error, 'not-found')) return lost(error.message);
      if (!isCallsheetError(error, 'corrupt', 'too-large', 'unsupported')) throw error;
      return { status: 'failed', message: error.message, permanent: false, charged: true };
    }
  }

  /** A file that arrives damaged may only have been damaged on its way. */
  async #fetchPicture(url: string, signal?: AbortSignal): Promise<Downloaded> {
    const { gate } = this.#options;
    const once = async () => await download(url, this.#hosts, this.#limits, this.#clock.now(), signal);
    for (let attempt = 1; ; attempt += 1) {
      const bytes = await gate.call(once, { signal, counted: false, priority: 1 });
      try {
        return await sanitise(bytes, this.#limits);
      } catch (error) {
        if (attempt >= DOWNLOAD_TRIES || !isCallsheetError(error, 'corrupt')) throw error;
      }
    }
  }

  #failure(prediction: Prediction): GenerationState {
    const reason = failureReason(prediction.error);
    if (reason === 'out-of-credit') throw outOfCredit();
    const refused = reason === 'refused';
    const message = refused
      ? "Replicate's content filter refused this prompt or picture"
      : 'the model failed at Replicate';
    return {
      status: 'failed',
      message: `${message} (prediction ${prediction.id})`,
      permanent: refused,
      charged: true,
    };
  }

  #connected(): Promise<ReplicateApi> {
    const { gate } = this.#options;
    this.#api ??= connect({
      ...this.#options,
      gate,
      clock: this.#clock,
      cancelAfterMinutes: CANCEL_AFTER_MINUTES,
    }).catch((error: unknown) => {
      this.#api = undefined;
      throw error;
    });
    return this.#api;
  }
}

/** A stand-in for the API serves its outputs itself, or from beside it. */
function standInHosts(baseUrl: string | undefined): AllowedHosts {
  if (baseUrl === undefined || !URL.canParse(baseUrl)) return [];
  const { hostname } = new URL(baseUrl);
  if (hostname.endsWith('replicate.com')) return [];
  const isLoopback = LOOPBACK.includes(hostname);
  return (isLoopback ? LOOPBACK : [hostname]).map((name) => `${name}:*`);
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function beforeOrder(error: unknown): unknown {
  if (!isCallsheetError(error, 'unavailable')) return error;
  return new CallsheetError('rate-limited', `the base image could not be read: ${error.message}`, {
    cause: error,
  });
}

function lost(message: string): GenerationState {
  return { status: 'lost', message };
}

function tooSlow({ actor }: GenerationOrder): CallsheetError {
  return new CallsheetError('unavailable', `Replicate has not finished a picture of "${actor}" in time`, {
    hint: 'It is paid for and will be fetched by the next run; Replicate keeps it for an hour.',
  });
}

function unknownPrice(model: string): CallsheetError {
  return new CallsheetError('unknown-price', `the price of a picture from "${model}" is not known`, {
    hint: 'Write spec.generator.priceUsd in the Library.',
  });
}
