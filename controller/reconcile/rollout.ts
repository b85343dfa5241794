import { type ErrorCode, PASSING } from '../diagnostics/errors.ts';
import type { Plan } from '../plan/plan.ts';
import type { ActionOutcome, ActorRun, RunRecord } from '../records/run-record.ts';
import { digestOf } from '../spec/canonical.ts';
import type { LibrarySettings } from '../spec/library-settings.ts';
import { countOf } from '../views/text.ts';

/**
 * `rollouts/<revision>.json`: how a change of the specs goes through the library, a few actors first. It outlives the process: a
 * restart goes on where it was.
 *
 * - `progressing`: waves follow each other.
 * - `halted`: too much failed; goes on when a person resumes it or a new revision takes its place.
 * - `abandoned`: a person has given it up; only a new revision or a resume goes on.
 * - `completed`: every actor of the plan has had its turn.
 */
export interface Rollout {
  readonly formatVersion: '1.0';
  readonly revision: string;
  /** Digest of the desired state. */
  readonly generation: string;
  readonly state: 'progressing' | 'halted' | 'abandoned' | 'completed';
  /** For people: why it is in this state. */
  readonly message: string;
  /** The plan that it carries out, wave by wave. */
  readonly plan: string;
  /** Actors of the plan that have had their turn. */
  readonly attempted: readonly string[];
  readonly total: number;
  /** A first wave of this revision went well: the canary need not be repeated for later plans of it. */
  readonly provenCanary: boolean;
  /** Actors that failed since it began or was resumed. */
  readonly failures: number;
  /** The newest last; as many as people will read. */
  readonly failed: readonly { readonly actor: string; readonly message: string }[];
  readonly waves: readonly Wave[];
}

export interface Wave {
  /** RFC 3339. */
  readonly at: string;
  readonly plan: string;
  readonly run: string;
  readonly actors: number;
  readonly failed: number;
  /** Actors whom a provider or a store did not serve: no failures of the change. Absent in documents of earlier versions. */
  readonly unserved?: number;
  /** Pictures that were paid for, and those of them that were accepted. */
  readonly attempts: number;
  readonly accepted: number;
}

/** Fewer pictures say nothing about how well generating goes. */
const YIELD_MINIMUM_ATTEMPTS = 9;
/** Less than this share of the pictures accepted: the prompts, the model or the verification is wrong, and going on burns money. */
const YIELD_FLOOR = 1 / 3;
/** Codes by which a provider or a store does not serve anybody at the moment. */
const NO_SERVICE: ReadonlySet<string> = new Set<ErrorCode>(['unavailable', 'rate-limited']);
const WAVES_KEPT = 100;
const FAILED_KEPT = 20;

/** Revisions hold characters that paths do not. */
export function rolloutPath(revision: string): string {
  const readable = revision.replaceAll(/[^\w.@-]+/g, '-').slice(-100);
  return `rollouts/${readable}-${digestOf(revision).slice(0, 8)}.json`;
}

/** @param source of the specs in force: the plan may be of an earlier revision that means the same. */
export function beginRollout(source: Plan['source'], plan: string, actors: number): Rollout {
  return {
    formatVersion: '1.0',
    revision: source.revision,
    generation: source.specDigest,
    state: 'progressing',
    message: `0 of ${countOf(actors, 'actor')}`,
    plan,
    attempted: [],
    total: actors,
    provenCanary: false,
    failures: 0,
    failed: [],
    waves: [],
  };
}

/** Carries on with a newer plan of the same desired state: what was learnt of it holds, the actors begin anew. */
export function continueRollout(rollout: Rollout, plan: string, actors: number): Rollout {
  if (rollout.plan === plan) return rollout;
  const begun = {
    ...rollout,
    plan,
    attempted: [],
    total: actors,
    message: `0 of ${countOf(actors, 'actor')}`,
  };
  // The change has been through; what comes now is the repair of drift, and what failed before says nothing about it.
  if (rollout.state === 'completed') return { ...begun, state: 'progressing', failures: 0, failed: [] };
  return rollout.state === 'progressing' ? begun : { ...begun, message: rollout.message };
}

/** Who is next: in the order of their ids, so that the canary of a revision is the same whoever computes it. */
export function nextWave(
  rollout: Rollout,
  actors: readonly string[],
  { canary, batch }: LibrarySettings['rollout'],
): string[] {
  const attempted = new Set(rollout.attempted);
  const left = actors.filter((actor) => !attempted.has(actor));
  const size = rollout.provenCanary || canary === 0 ? batch : canary;
  return left.slice(0, size);
}

/** What a wave's run makes of the rollout. Actors that had changed since the plan (`stale`) are planned anew and are no failures. */
export function recordWave(
  rollout: Rollout,
  run: RunRecord,
  { maxFailures }: LibrarySettings['rollout'],
  at: string,
): Rollout {
  const unfinished = run.actors.filter(({ outcome }) => outcome === 'failed' || outcome === 'partial');
  // A provider that is down says nothing about the change, nor does whoever stopped the run.
  const failed = unfinished.filter((actor) => !isUndelivered(actor) && !PASSING.has(actor.error?.code ?? ''));
  const generates = run.actors.flatMap((actor) => actor.actions).filter(({ kind }) => kind === 'generate');
  const wave: Wave = {
    at,
    plan: run.plan ?? '',
    run: run.id,
    actors: run.actors.length,
    failed: failed.length,
    unserved: unfinished.filter(isUndelivered).length,
    attempts: generates.reduce((sum, { attempts }) => sum + (attempts ?? 0), 0),
    accepted: generates.filter(({ outcome }) => outcome === 'done').length,
  };
  const turned = run.actors.filter(({ outcome }) => outcome !== 'not-attempted').map(({ actor }) => actor);
  // Actors that had changed since the plan, or were suspended, say nothing about the change.
  const hasApplied = run.actors.some(({ outcome }) => outcome === 'applied');
  const attempted = [...new Set([...rollout.attempted, ...turned])];
  const failures = rollout.failures + failed.length;
  const messages = failed.map(({ actor, error }) => ({
    actor,
    message: error?.message ?? 'not all of its actions were done',
  }));
  const halt = whyHalt(wave, failures, maxFailures);
  const isOver = attempted.length >= rollout.total;
  return {
    ...rollout,
    attempted,
    failures,
    failed: [...rollout.failed, ...messages].slice(-FAILED_KEPT),
    waves: [...rollout.waves, wave].slice(-WAVES_KEPT),
    provenCanary: rollout.provenCanary || (unfinished.length === 0 && hasApplied),
    state: halt !== undefined ? 'halted' : isOver ? 'completed' : rollout.state,
    message: halt ?? progressOf(attempted.length, rollout.total, failures, wave),
  };
}

function progressOf(done: number, total: number, failures: number, { unserved = 0 }: Wave): string {
  const progress = `${done} of ${countOf(total, 'actor')}, ${failures} failed`;
  return unserved === 0 ? progress : `${progress}; ${unserved} of the last wave got nothing from a provider`;
}

/** Whether an actor's run failed because a provider or a store did not serve it: not even a picture that was not good enough came of it. */
export function isUndelivered({ outcome, error, actions }: ActorRun): boolean {
  if (outcome !== 'failed' && outcome !== 'partial') return false;
  if (error !== undefined) return NO_SERVICE.has(error.code);
  const open = actions.filter((action) => action.kind === 'generate' && action.outcome !== 'done');
  const isUnserved = ({ code }: ActionOutcome) => code !== undefined && NO_SERVICE.has(code);
  return (
    open.some(isUnserved) &&
    open.every((action) => (action.attempts ?? 0) === 0 && (action.code === undefined || isUnserved(action)))
  );
}

function whyHalt(wave: Wave, failures: number, maxFailures: number): string | undefined {
  if (failures > maxFailures)
    return `${countOf(failures, 'actor')} failed, and spec.rollout.maxFailures is ${maxFailures}`;
  if (wave.attempts >= YIELD_MINIMUM_ATTEMPTS && wave.accepted < wave.attempts * YIELD_FLOOR) {
    return `only ${wave.accepted} of ${wave.attempts} pictures of the last wave were what was asked for`;
  }
  return undefined;
}

/** A person lets it go on: earlier failures are forgiven. */
export function resumeRollout(rollout: Rollout, by: string): Rollout {
  const state = rollout.attempted.length >= rollout.total ? 'completed' : 'progressing';
  return {
    ...rollout,
    state,
    failures: 0,
    failed: [],
    message: `resumed by ${by}; ${rollout.attempted.length} of ${countOf(rollout.total, 'actor')}`,
  };
}

/** A person gives it up. What a run did that was in progress is booked all the same: see `keepWord`. */
export function abandonRollout(rollout: Rollout, reason: string, by: string): Rollout {
  return { ...rollout, state: 'abandoned', message: `${reason} (${by})` };
}

/** What a run has made of a rollout, when somebody gave it up meanwhile: their word stands. */
export function keepWord(booked: Rollout, { state, message }: Rollout): Rollout {
  return state === 'abandoned' ? { ...booked, state, message } : booked;
}
