import { fingerprint } from '../observation/fingerprint.ts';
import type { Observation } from '../observation/observation.ts';
import type { Target } from '../spec/target.ts';
import { costOf } from './cost.ts';
import { decideCounts, type Held, isReached } from './decide-counts.ts';
import { draftActions, type GenerationTerms } from './draft-actions.ts';
import { foreignImages, notesOn } from './notes.ts';
import type { ActorPlan, ActorPlanStatus, CategoryCounts } from './plan.ts';
import { isJudged } from './select.ts';
import { openStandings, type Standing } from './standing.ts';
import { targetDigest } from './target-digest.ts';

/** What a plan depends on besides desired and observed state. */
export interface PlanPolicy extends GenerationTerms {
  /** US dollars to evaluate one new picture; undefined when unknown. */
  readonly evaluationUsd: number | undefined;
}

/**
 * Decides what to change for one actor. Same inputs give the same plan, byte for byte, whatever order images were listed in; performs
 * no IO and reads no clock.
 *
 * An actor is balanced when its total equals the target and every category is inside its tolerance; then nothing is touched but dead
 * manifest entries and images that are rejected or below the quality minimum. Otherwise `exact` goes to the exact counts and `minimal`
 * to the cheapest counts inside the tolerance.
 */
export function planActor(target: Target, observation: Observation, policy: PlanPolicy): ActorPlan {
  const seen = fingerprint(observation);
  const unreadable = observation.images.filter(({ state }) => state === 'unreadable').length;
  const held: Held = {
    unknown: observation.images.filter((image) => image.state !== 'unreadable' && !isJudged(image)).length,
    foreign: foreignImages(target, observation).length,
  };
  const standings = openStandings(target, observation);
  const counts = decideCounts(target, standings, held);
  const actions = draftActions({ observation, seen, standings, counts }, policy);
  const total = totalOf(target, standings, counts, held);
  return {
    actor: observation.actor,
    ...(observation.name === undefined ? {} : { name: observation.name }),
    type: observation.type,
    status: statusOf(target, standings, counts, held, actions.length > 0),
    distribution: target.distribution,
    fingerprint: seen,
    targetDigest: targetDigest(target),
    total,
    categories: standings.map((standing, index) => countsOf(standing, counts[index]!)),
    unknown: held.unknown,
    unreadable,
    actions,
    notes: notesOn(target, observation, standings, counts, held),
    cost: costOf(actions, policy),
  };
}

function totalOf(
  target: Target,
  standings: readonly Standing[],
  counts: readonly number[],
  { unknown, foreign }: Held,
): ActorPlan['total'] {
  const others = unknown + foreign;
  return {
    before: sum(standings.map(({ members }) => members)) + others,
    target: target.total,
    after: sum(counts) + others,
  };
}

function countsOf({ target, members, band }: Standing, after: number): CategoryCounts {
  return { category: target.name, title: target.title, before: members, target: target.count, after, band };
}

function statusOf(
  target: Target,
  standings: readonly Standing[],
  counts: readonly number[],
  held: Held,
  acts: boolean,
): ActorPlanStatus {
  if (target.suspended !== undefined) return 'suspended';
  if (held.unknown > 0) return 'incomplete';
  if (!isReached(target, standings, counts, held)) return 'unreachable';
  return acts ? 'changes' : 'balanced';
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
