import { CallsheetError } from '../diagnostics/errors.ts';
import type { Budget, CostLine, Purpose, ReserveRequest } from './ledger.ts';

/*
 * One day of the ledger as a value, and what can happen to it. Pure. Amounts are whole millionths of a dollar, so that sums are exact.
 */

/** `ledger/<day>.json`. */
export interface LedgerPage {
  readonly formatVersion: '1.0';
  /** UTC. */
  readonly day: string;
  /** A later day has begun to count on this one's sums: nothing is reserved here any more, only settled and released. */
  readonly closed?: boolean;
  readonly reserved: Readonly<Record<string, OpenReservation>>;
  readonly spent: readonly SpentLine[];
}

export interface OpenReservation extends Purpose {
  readonly run: string;
  readonly micros: number;
  /** RFC 3339. */
  readonly at: string;
  /** When nobody has settled it by then (RFC 3339), it is settled at this amount. */
  readonly lapse?: { readonly at: string; readonly micros: number };
}

/** Settled calls are summed, so that a page stays small on a day with a hundred thousand of them. */
export interface SpentLine {
  readonly run: string;
  readonly actorType: string;
  readonly model: string;
  readonly calls: number;
  readonly micros: number;
}

export function emptyPage(day: string): LedgerPage {
  return { formatVersion: '1.0', day, reserved: {}, spent: [] };
}

/** The most that a call may cost, rounded up to a micro-dollar. Throws `unknown-price` for what is not an amount. */
export function microsOf(usd: number | undefined, model: string): number {
  if (usd === undefined || !Number.isFinite(usd) || usd < 0 || usd > 1e9) {
    throw new CallsheetError('unknown-price', `The price of a call to ${model} is not known.`, {
      hint: 'Write its price into the Library spec; nothing is bought at an unknown price.',
    });
  }
  // A ten-thousandth of a micro-dollar is the noise of binary fractions: 0.07 is 70000.00000000001.
  return Math.max(0, Math.ceil(usd * 1e6 - 1e-4));
}

/** Throws `budget-exceeded` where the call could go over a bound. `earlierMicros` is what its run has spent on earlier days. */
export function reserveOn(
  page: LedgerPage,
  request: ReserveRequest,
  earlierMicros: number,
  at: string,
): LedgerPage {
  const { call, purpose, budget } = request;
  if (Object.hasOwn(page.reserved, call.id)) return page;
  const micros = microsOf(request.amountUsd, purpose.model);
  checkBudget(
    `run ${call.run}`,
    'perRun',
    budget.perRunUsd,
    earlierMicros + totalMicros(page, call.run),
    micros,
  );
  checkBudget(page.day, 'perDay', budget.perDayUsd, totalMicros(page), micros);
  const { actor, actorType, action, model } = purpose;
  const lapse = lapseOf(request, micros, at);
  const entry: OpenReservation = { run: call.run, actor, actorType, action, model, micros, at, ...lapse };
  return { ...page, reserved: { ...page.reserved, [call.id]: entry } };
}

function lapseOf(
  { lapse, purpose }: ReserveRequest,
  micros: number,
  at: string,
): Pick<OpenReservation, 'lapse'> {
  if (lapse === undefined) return {};
  const lapsesAt = new Date(Date.parse(at) + lapse.afterMs).toISOString();
  return { lapse: { at: lapsesAt, micros: Math.min(micros, microsOf(lapse.usd, purpose.model)) } };
}

/** Settles what has lapsed by then (RFC 3339). */
export function lapseOn(page: LedgerPage, now: string): LedgerPage {
  let after = page;
  for (const [id, { lapse }] of Object.entries(page.reserved))
    if (lapse !== undefined && lapse.at <= now) after = settleOn(after, id, lapse.micros);
  return after;
}

export function settleOn(page: LedgerPage, id: string, actualMicros: number): LedgerPage {
  const entry = page.reserved[id];
  if (entry === undefined || !Object.hasOwn(page.reserved, id)) return page;
  const isSame = (line: SpentLine) =>
    line.run === entry.run && line.actorType === entry.actorType && line.model === entry.model;
  const index = page.spent.findIndex(isSame);
  const { run, actorType, model } = entry;
  const before = page.spent[index] ?? { run, actorType, model, calls: 0, micros: 0 };
  const line: SpentLine = { ...before, calls: before.calls + 1, micros: before.micros + actualMicros };
  const spent = index === -1 ? [...page.spent, line] : page.spent.with(index, line);
  return { ...releaseOn(page, id), spent };
}

export function releaseOn(page: LedgerPage, id: string): LedgerPage {
  if (!Object.hasOwn(page.reserved, id)) return page;
  const { [id]: _released, ...reserved } = page.reserved;
  return { ...page, reserved };
}

export function closePage(page: LedgerPage): LedgerPage {
  return page.closed === true ? page : { ...page, closed: true };
}

/** Spent and reserved, of one run or of all. */
export function totalMicros(page: LedgerPage, run?: string): number {
  let sum = 0;
  for (const line of [...page.spent, ...Object.values(page.reserved)]) {
    if (run === undefined || line.run === run) sum += line.micros;
  }
  return sum;
}

export function costLinesOf(page: LedgerPage): readonly CostLine[] {
  const lines = new Map<string, CostLine>();
  const lineOf = ({ run, actorType, model }: Pick<SpentLine, 'run' | 'actorType' | 'model'>): CostLine =>
    lines.get(JSON.stringify([run, actorType, model])) ?? {
      ...{ day: page.day, run, actorType, model },
      ...{ calls: 0, usd: 0, openCalls: 0, openUsd: 0 },
    };
  const put = (line: CostLine) => lines.set(JSON.stringify([line.run, line.actorType, line.model]), line);
  for (const spent of page.spent) put({ ...lineOf(spent), calls: spent.calls, usd: usdOf(spent.micros) });
  for (const open of Object.values(page.reserved)) {
    const line = lineOf(open);
    put({
      ...line,
      openCalls: line.openCalls + 1,
      openUsd: usdOf(Math.round(line.openUsd * 1e6) + open.micros),
    });
  }
  return [...lines.values()];
}

function checkBudget(
  whose: string,
  name: 'perRun' | 'perDay',
  boundUsd: Budget['perDayUsd'],
  usedMicros: number,
  micros: number,
): void {
  if (boundUsd === undefined) return;
  // As with prices, only noise is rounded away; a bound is never rounded up.
  const boundMicros = Math.floor(boundUsd * 1e6 + 1e-4);
  if (usedMicros + micros <= boundMicros) return;
  throw new CallsheetError(
    'budget-exceeded',
    `The next call can cost $${usdOf(micros)}, and of the budget of $${boundUsd} for ${whose} $${usdOf(usedMicros)} is spent or reserved.`,
    { hint: `Raise spec.limits.budget.${name} in the Library spec to go on; what is done is kept.` },
  );
}

function usdOf(micros: number): number {
  return micros / 1e6;
}
