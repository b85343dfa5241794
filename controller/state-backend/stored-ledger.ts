import { CallsheetError } from '../diagnostics/errors.ts';
import { type Clock, systemClock } from '../runtime/clock.ts';
import { requireConditionalWrites } from './conditional-writes.ts';
import type { CostLine, Ledger, PaidCall, ReserveRequest } from './ledger.ts';
import {
  closePage,
  costLinesOf,
  emptyPage,
  type LedgerPage,
  lapseOn,
  microsOf,
  releaseOn,
  reserveOn,
  settleOn,
  totalMicros,
} from './ledger-page.ts';
import type { StateBackend } from './state-backend.ts';
import { UpdateQueue } from './update-queue.ts';

const DAY_MS = 86_400_000;
/** A run that is older than this is not looked up any further back. */
const MAX_RUN_DAYS = 31;
const FOLDER = 'ledger/';

export interface LedgerOptions {
  readonly state: StateBackend;
  readonly clock?: Clock;
  readonly random?: () => number;
  /** Works on a backend without compare-and-swap too: only where no second process spends money. */
  readonly allowUnsafe?: boolean;
}

/**
 * The ledger as one document a day, in any state backend with compare-and-swap. One per process: it gathers concurrent changes.
 *
 * A run that goes on past midnight has money on two pages, and two documents cannot be changed at once. So before the new day's page is
 * asked, the earlier ones are closed: from then on nothing can be reserved there, and their sums can be relied on.
 */
export function createLedger(options: LedgerOptions): Ledger {
  return new StoredLedger(options);
}

class StoredLedger implements Ledger {
  readonly #state: StateBackend;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #allowUnsafe: boolean;
  readonly #queues = new Map<string, UpdateQueue<LedgerPage>>();

  constructor(options: LedgerOptions) {
    this.#state = options.state;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? Math.random;
    this.#allowUnsafe = options.allowUnsafe ?? false;
  }

  async reserve(request: ReserveRequest, signal?: AbortSignal): Promise<void> {
    this.#checkSafe();
    const micros = microsOf(request.amountUsd, request.purpose.model);
    if (micros === 0) return;
    let dayMs = this.#clock.now();
    while (!(await this.#reserveOnDay(request, dayMs, signal))) dayMs += DAY_MS;
  }

  async settle(call: PaidCall, actualUsd: number, signal?: AbortSignal): Promise<void> {
    const micros = microsOf(actualUsd, 'this model');
    await this.#change(call, (page) => settleOn(page, call.id, micros), signal);
  }

  async release(call: PaidCall, signal?: AbortSignal): Promise<void> {
    await this.#change(call, (page) => releaseOn(page, call.id), signal);
  }

  async costs(
    range: { readonly fromDay?: string; readonly toDay?: string } = {},
    signal?: AbortSignal,
  ): Promise<readonly CostLine[]> {
    const lines: CostLine[] = [];
    const now = this.#now();
    for await (const path of this.#state.list(FOLDER, signal)) {
      const day = path.slice(FOLDER.length, -'.json'.length);
      if (day < (range.fromDay ?? '') || day > (range.toDay ?? '9999')) continue;
      const stored = await this.#state.read<LedgerPage>(path, signal);
      if (stored !== undefined) lines.push(...costLinesOf(lapseOn(checked(stored.value, path), now)));
    }
    return lines;
  }

  /** False when the day is closed, which happens to a process whose clock is behind another's. */
  async #reserveOnDay(
    request: ReserveRequest,
    dayMs: number,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const earlier = await this.#closeEarlier(request.call, dayMs, signal);
    if (earlier.some((page) => Object.hasOwn(page.reserved, request.call.id))) return true;
    const earlierMicros = earlier.reduce((sum, page) => sum + totalMicros(page, request.call.run), 0);
    const at = this.#now();
    const page = await this.#queueOf(dayOf(dayMs)).update(
      (current) =>
        current.closed === true
          ? current
          : reserveOn(lapseOn(checked(current), at), request, earlierMicros, at),
      signal,
    );
    return Object.hasOwn(page.reserved, request.call.id);
  }

  async #closeEarlier(call: PaidCall, dayMs: number, signal: AbortSignal | undefined): Promise<LedgerPage[]> {
    const days = daysBetween(call.runStartedMs, dayMs - DAY_MS);
    const at = this.#now();
    const close = (page: LedgerPage) => closePage(lapseOn(checked(page), at));
    return await Promise.all(days.map((day) => this.#queueOf(day).update(close, signal)));
  }

  /** On whichever day it was reserved: most likely today, else an earlier day of the run, or tomorrow by another machine's clock. */
  async #change(
    call: PaidCall,
    change: (page: LedgerPage) => LedgerPage,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    this.#checkSafe();
    const nowMs = this.#clock.now();
    const days = [...daysBetween(call.runStartedMs, nowMs).reverse(), dayOf(nowMs + DAY_MS)];
    for (const day of days) {
      let isHere = false;
      await this.#queueOf(day).update((page) => {
        const next = change(checked(page));
        isHere ||= next !== page;
        return next;
      }, signal);
      if (isHere) return;
    }
  }

  #now(): string {
    return new Date(this.#clock.now()).toISOString();
  }

  #checkSafe(): void {
    requireConditionalWrites(this.#state, 'Budgets', this.#allowUnsafe);
  }

  #queueOf(day: string): UpdateQueue<LedgerPage> {
    const known = this.#queues.get(day);
    if (known !== undefined) return known;
    const queue = new UpdateQueue<LedgerPage>({
      state: this.#state,
      clock: this.#clock,
      random: this.#random,
      path: `${FOLDER}${day}.json`,
      initial: emptyPage(day),
    });
    this.#queues.set(day, queue);
    return queue;
  }
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Oldest first, both ends included. */
function daysBetween(fromMs: number, toMs: number): string[] {
  const days: string[] = [];
  for (let ms = Math.max(fromMs, toMs - MAX_RUN_DAYS * DAY_MS); dayOf(ms) <= dayOf(toMs); ms += DAY_MS)
    days.push(dayOf(ms));
  return days;
}

function checked(page: LedgerPage, path = `${FOLDER}${page.day}.json`): LedgerPage {
  if (page.formatVersion?.split('.')[0] === '1') return page;
  throw new CallsheetError('corrupt', `${path} has a format that this version does not know.`, {
    hint: 'Use the version of Callsheet that wrote it; money is not counted without it.',
  });
}
