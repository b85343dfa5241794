import { recoverActor } from '../apply/apply-actor.ts';
import { type ErrorCode, isCallsheetError, PASSING, toCallsheetError } from '../diagnostics/errors.ts';
import { sentence } from '../diagnostics/sentence.ts';
import type { ActorView } from '../observe/observe-actor.ts';
import { type ActorPlan, pendingActions } from '../plan/plan.ts';
import { traced } from '../runtime/tracing.ts';
import { readyCondition } from '../status/actor-status.ts';
import type { ActorStatusDocument } from '../status/status-document.ts';
import type { ActorOutcomeNow } from '../status/summarize.ts';
import { failedPlan, type LivePlan, planActorLive } from '../usecases/plan-actor-live.ts';
import type { Workspace } from '../workspace.ts';
import { Blocker } from './blocker.ts';
import { findFlapping } from './flapping.ts';
import { noteAnswers } from './provider-outage.ts';

/** Failures in a row after which an actor is left alone until it is looked at anew for another reason. The delays add up to hours. */
const PATIENCE = 14;
/** Runs in a row that paid and got nothing. */
const FRUITLESS_RUNS = 3;

/** Besides what goes away by itself: what was stale is looked at again, and a bug may not come twice. */
const MAY_PASS: ReadonlySet<string> = new Set<ErrorCode>(['stale', 'internal']);

/** Outages of a disk or a store, which are waited for however long they take: they are over for everybody at once. */
const OUTAGES: ReadonlySet<string> = new Set<ErrorCode>([
  'unavailable',
  'rate-limited',
  'storage-full',
  'read-only',
]);

export interface Looking {
  readonly workspace: Workspace;
  readonly blocker: Blocker;
  /** What was known of the actor before. */
  readonly before: ActorStatusDocument;
  /** Failures in a row before this time. */
  readonly failures: number;
}

/** What came of looking at an actor. */
export interface Seen {
  readonly outcome: ActorOutcomeNow;
  /** Of the actor, where it could be read: they say, with its type, which distribution it belongs to. */
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * Looks at one actor: settles what a run that was cut off has left, observes, plans, and says what is to become of it. Changes nothing
 * in the library but by settling. Never throws for the actor's sake.
 */
export async function reconcileActor(looking: Looking, actor: string, signal?: AbortSignal): Promise<Seen> {
  return await traced('reconcile', { 'callsheet.actor': actor }, () => look(looking, actor, signal));
}

async function look(looking: Looking, actor: string, signal?: AbortSignal): Promise<Seen> {
  const { blocker } = looking;
  const mayAsk = blocker.mayTry();
  const workspace = mayAsk ? learning(looking.workspace, blocker) : looking.workspace;
  try {
    const observe = () =>
      traced('observe', { 'callsheet.actor': actor }, () =>
        planActorLive(workspace, actor, mayAsk ? 'refresh' : 'read-only', signal),
      );
    let live = await observe();
    if (live.view?.record.record.journal !== undefined) {
      await recoverActor(workspace.applying, actor);
      live = await observe();
    }
    const { view } = live;
    return {
      outcome: classify(looking, live),
      ...(view === undefined ? {} : { labels: view.actor.labels }),
    };
  } catch (error) {
    signal?.throwIfAborted();
    const plan = failedPlan(actor, toCallsheetError(error));
    if (isCallsheetError(error, 'budget-exceeded')) {
      const message = sentence(`Not all images are evaluated: ${error.message}`);
      return { outcome: { kind: 'held', plan, reason: 'BudgetExhausted', message } };
    }
    if (Blocker.isBlocking(error)) {
      blocker.fail(error.message);
      // A disk that is full is nothing that anybody finds out about at the evaluator.
      const isDisk = isCallsheetError(error, 'storage-full', 'read-only');
      const reason = isDisk ? 'ObservationFailed' : 'EvaluatorUnavailable';
      return { outcome: { kind: 'failed', plan, reason, message: messageOf(plan) } };
    }
    // What a run that was cut off has paid for is judged before it is settled.
    const isSilent =
      isCallsheetError(error, 'unavailable', 'rate-limited') && blocker.current() !== undefined;
    const reason = isSilent ? 'EvaluatorUnavailable' : 'ObservationFailed';
    return { outcome: { kind: 'failed', plan, reason, message: messageOf(plan) } };
  } finally {
    if (mayAsk) blocker.endTry();
  }
}

/** The workspace with evaluators that let `blocker` know whether they answer. */
function learning(workspace: Workspace, blocker: Blocker): Workspace {
  const evaluatorFor: Workspace['observing']['evaluatorFor'] = (actor) =>
    noteAnswers(workspace.observing.evaluatorFor(actor), blocker);
  const observing = { ...workspace.observing, evaluatorFor };
  return { ...workspace, observing, applying: { ...workspace.applying, observing } };
}

function classify(looking: Looking, live: LivePlan): ActorOutcomeNow {
  const { plan } = live;
  switch (plan.status) {
    case 'balanced':
    case 'unmanaged':
      return { kind: 'settled', plan };
    case 'suspended':
      return { kind: 'held', plan, reason: 'Suspended', message: readyCondition(plan).message };
    case 'error':
      return classifyError(looking, plan);
    case 'incomplete':
      return classifyIncomplete(looking, live);
    case 'changes':
    case 'unreachable':
      return classifyChanges(looking, plan);
  }
}

function classifyError({ failures }: Looking, plan: ActorPlan): ActorOutcomeNow {
  const code = plan.notes[0]?.code ?? 'internal';
  const mayPass = PASSING.has(code) || MAY_PASS.has(code);
  const passing = OUTAGES.has(code) || (mayPass && failures < PATIENCE);
  return {
    kind: passing ? 'failed' : 'stalled',
    plan,
    reason: 'ObservationFailed',
    message: messageOf(plan),
  };
}

/** Nothing is concluded, let alone paid for, while it is not known what is there. */
function classifyIncomplete({ failures, blocker }: Looking, { plan, view }: LivePlan): ActorOutcomeNow {
  const blocked = blocker.current();
  const reason =
    view !== undefined && lacksJudgement(view) ? 'EvaluatorUnavailable' : 'ObservationIncomplete';
  const why = blocked?.message ?? view?.observation.problems.find(({ code }) => code === 'unknown')?.message;
  const message = `${plan.unknown} of ${plan.total.before} images are not evaluated or could not be read${why === undefined ? '' : `: ${why}`}`;
  // The end of an outage is waited for, however long it takes.
  const isPassing = failures < PATIENCE || (blocked !== undefined && reason === 'EvaluatorUnavailable');
  return { kind: isPassing ? 'failed' : 'stalled', plan, reason, message: sentence(message) };
}

/** Whether an image that was read and decoded has not been evaluated all the same. */
function lacksJudgement({ observation, record: { record } }: ActorView): boolean {
  return observation.images.some(({ image, state }) => {
    const digest = record.objects[image]?.digest;
    const picture = digest === undefined ? undefined : record.pictures[digest];
    return state === 'unknown' && picture !== undefined && !('problem' in picture);
  });
}

function classifyChanges({ before, failures, workspace }: Looking, plan: ActorPlan): ActorOutcomeNow {
  const pending = pendingActions(plan);
  if (pending.length === 0) {
    return { kind: 'stalled', plan, reason: 'TargetUnreachable', message: messageOf(plan) };
  }
  // A run could only say the same again. The picture may be on its way, so it is looked for a few times more.
  const baseless = plan.notes.find(({ code }) => code === 'base-image-missing');
  if (baseless !== undefined && pending.every(({ kind }) => kind === 'generate')) {
    const kind = failures < PATIENCE ? 'failed' : 'stalled';
    return { kind, plan, reason: 'TargetUnreachable', message: baseless.message };
  }
  const nowMs = workspace.clock.now();
  const standing = before.stalledOn;
  if (standing !== undefined && stillHolds(standing, plan, nowMs)) {
    return { kind: 'stalled', plan, reason: standing.reason, message: standing.message, on: standing };
  }
  const flapping = findFlapping(plan, before.moves, nowMs);
  if (flapping !== undefined)
    return { kind: 'stalled', plan, reason: flapping.reason, message: flapping.message, on: flapping };
  // Only on the first look after the last of them: a change of the world has cleared it otherwise.
  if (before.fruitless >= FRUITLESS_RUNS && standing === undefined) {
    const message = `${before.fruitless} runs in a row paid for pictures of which none was accepted. It is tried again when the target or the actor changes, or on "callsheet reconcile --actor ${plan.actor}".`;
    const on = {
      reason: 'VerificationFailed' as const,
      message,
      ...(plan.targetDigest === undefined ? {} : { generation: plan.targetDigest }),
      ...(plan.fingerprint === undefined ? {} : { fingerprint: plan.fingerprint }),
    };
    return { kind: 'stalled', plan, reason: 'VerificationFailed', message, on };
  }
  return { kind: 'proposed', plan };
}

function stillHolds(
  on: NonNullable<ActorStatusDocument['stalledOn']>,
  plan: ActorPlan,
  nowMs: number,
): boolean {
  if (on.generation !== plan.targetDigest) return false;
  if (on.fingerprint !== undefined && on.fingerprint !== plan.fingerprint) return false;
  return on.until === undefined || nowMs < Date.parse(on.until);
}

function messageOf(plan: ActorPlan): string {
  return plan.notes[0]?.message ?? 'Nothing is known of it.';
}
