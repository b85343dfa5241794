import type { Target } from '../spec/target.ts';
import { allocate, type Share } from './allocate.ts';
import type { Standing } from './standing.ts';

/** Images of the set that hold a slot outside the categories of the target. */
export interface Held {
  /** Nobody knows of which category they are; sooner or later somebody will. */
  readonly unknown: number;
  /** Of a category that the target does not mention. */
  readonly foreign: number;
}

/**
 * The counts to end at, category by category: those that are there when the actor is balanced; else the best inside the tolerance;
 * else, when pins, doubts or missing prompts keep that out of reach, the nearest that makes nothing worse.
 */
export function decideCounts(target: Target, standings: readonly Standing[], held: Held): number[] {
  const kept = standings.map((standing) => standing.kept);
  if (isBalanced(target, standings, held) || isUnseen(standings, held)) return kept;
  return withinTolerance(target, standings, held) ?? asNearAsPossible(target, standings, held);
}

/**
 * Balanced: the total is the target and every category is inside its band, when the unknown images are counted where they are needed
 * most. Images that have to go anyway are no part of it.
 */
export function isBalanced(
  target: Target,
  standings: readonly Standing[],
  { unknown, foreign }: Held,
): boolean {
  if (sum(standings.map(({ kept }) => kept)) + unknown + foreign !== target.total) return false;
  const short = sum(standings.map(({ kept, band }) => Math.max(0, band.low - kept)));
  return short <= unknown && standings.every(({ kept, band }) => kept <= band.high);
}

/** Images, and nothing known of a single one: whoever could not judge these could not judge a new picture either. */
function isUnseen(standings: readonly Standing[], { unknown }: Held): boolean {
  return unknown > 0 && standings.every(({ members }) => members === 0);
}

/** Whether ending at these counts is what the target asks for. */
export function isReached(
  target: Target,
  standings: readonly Standing[],
  counts: readonly number[],
  { unknown, foreign }: Held,
): boolean {
  const inside = standings.every(
    ({ band }, index) => band.low <= counts[index]! && counts[index]! <= band.high,
  );
  return inside && unknown === 0 && sum(counts) + foreign === target.total;
}

/** Undefined when no plan can end inside the tolerance, or nobody can say because some images are unknown. */
function withinTolerance(target: Target, standings: readonly Standing[], held: Held): number[] | undefined {
  if (held.unknown > 0) return undefined;
  const shares = standings.map((standing) => ({
    low: Math.max(protectedCount(standing), standing.band.low),
    high: Math.min(standing.band.high, reachable(standing)),
    cost: costOfEndingAt(standing, target.rebalance),
  }));
  return allocate(shares, target.total - held.foreign);
}

/**
 * Goes towards the exact counts and not beyond them: nothing is bought that would be one too many once the obstacle is gone, even if all
 * unknown images turn out to be of that category. Nor does a category that is not over its own count lose any while images are unknown:
 * they may turn out to be the ones that are too many.
 */
function asNearAsPossible(target: Target, standings: readonly Standing[], held: Held): number[] {
  const shares = standings.map((standing): Share => {
    const {
      kept,
      target: { count },
    } = standing;
    const low = Math.max(protectedCount(standing), held.unknown > 0 ? Math.min(kept, count) : 0);
    return {
      low,
      high: Math.max(kept, Math.min(count - held.unknown, reachable(standing))),
      cost: costOfEndingAt(standing, target.rebalance),
    };
  });
  const least = sum(shares.map(({ low }) => low));
  const most = sum(shares.map(({ high }) => high));
  const wanted = target.total - held.unknown - held.foreign;
  return allocate(shares, Math.min(most, Math.max(least, wanted)))!;
}

/**
 * What it costs to end at a count, most important first. `exact`: distance from the exact counts, then pictures to pay for, then
 * deletes. `minimal`: images outside the tolerance, then pictures to pay for, then deletes, then distance from the exact counts.
 */
function costOfEndingAt(
  { kept, admissible, band, target }: Standing,
  rebalance: Target['rebalance'],
): Share['cost'] {
  const outside = (count: number) => Math.max(0, band.low - count) + Math.max(0, count - band.high);
  const paid = (count: number) => Math.max(0, count - kept - admissible.length);
  const deleted = (count: number) => Math.max(0, kept - count);
  const distance = (count: number) => (count - target.count) ** 2;
  return rebalance === 'minimal'
    ? (count) => [outside(count), paid(count), deleted(count), distance(count)]
    : (count) => [distance(count), paid(count), deleted(count)];
}

/** Members that cannot go. */
export function protectedCount({ kept, deletable }: Standing): number {
  return kept - deletable.length;
}

/** The most that it can have. */
function reachable({ kept, admissible, target }: Standing): number {
  return target.prompts.length > 0 ? Number.POSITIVE_INFINITY : kept + admissible.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
