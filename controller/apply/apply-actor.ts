import { CallsheetError, isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import { fingerprint } from '../observation/fingerprint.ts';
import { countCategories } from '../observe/evaluation-record.ts';
import { type ActorView, observeActor } from '../observe/observe-actor.ts';
import type { Action, ActorPlan, DeleteAction, GenerateAction } from '../plan/plan.ts';
import { readActorRecord } from '../records/actor-records.ts';
import { closeCutOffRun } from '../records/close-run.ts';
import type { ActionOutcome, ActorRun, RunRecord } from '../records/run-record.ts';
import type { Lease } from '../state-backend/lease.ts';
import { ActorSession, withoutSettledJournal } from './actor-session.ts';
import type { Applying, ApplySignals, RunContext } from './applying.ts';
import { deleteImages } from './delete-steps.ts';
import type { FreeAction } from './free-edit.ts';
import { runFreeActions } from './free-steps.ts';
import { generateImages, isFinal } from './generate-images.ts';
import type { Generation } from './generation-order.ts';
import { settleJournal } from './settle-journal.ts';

/** What applying one actor's plan came to. `stop`: no other actor of the run would fare better. */
export interface AppliedActor {
  readonly run: ActorRun;
  readonly stop: CallsheetError | undefined;
}

/**
 * Applies one actor's plan under its lease: settle what an earlier run left, see that the actor is still what the plan saw, then do
 * what is free, generate, and only then delete. Never throws for the actor's sake: what happened is in the result.
 */
export async function applyActor(
  applying: Applying,
  context: RunContext,
  plan: ActorPlan,
  signal?: AbortSignal,
): Promise<AppliedActor> {
  const outcomes: ActionOutcome[] = [];
  const counts: { before?: Record<string, number>; after?: Record<string, number> } = {};
  try {
    await using lease = await leaseActor(applying, plan.actor);
    const inFlight = AbortSignal.any([lease.signal, ...(signal === undefined ? [] : [signal])]);
    await settleLeftovers(applying, lease, plan.actor);
    const session = await openSession(applying, lease, context, plan.actor);
    const view = await observeActor(applying.observing, plan.actor, { mode: 'refresh' }, inFlight);
    if (fingerprint(view.observation) !== plan.fingerprint) {
      return { run: staleRun(plan), stop: undefined };
    }
    session.adopt(view.record);
    counts.before = countCategories(view.observation.images);
    const signals = { held: lease.signal, stopping: signal };
    const stop = await perform(applying, session, plan, view, outcomes, signals);
    await session.save(withoutSettledJournal);
    const after = await observeActor(applying.observing, plan.actor, { mode: 'refresh', redraw: true });
    counts.after = countCategories(after.observation.images);
    return { run: actorRun(plan, outcomes, counts, stop), stop };
  } catch (error) {
    const problem = signal?.aborted === true ? interrupted(error) : toCallsheetError(error);
    return { run: actorRun(plan, outcomes, counts, problem), stop: isFinal(problem) ? problem : undefined };
  }
}

async function perform(
  applying: Applying,
  session: ActorSession,
  plan: ActorPlan,
  view: ActorView,
  outcomes: ActionOutcome[],
  signals: ApplySignals,
): Promise<CallsheetError | undefined> {
  const add = (done: readonly ActionOutcome[]) => {
    outcomes.push(...done);
    const { run } = session.context;
    for (const action of done)
      applying.observing.report({ type: 'action-finished', actor: plan.actor, run, action });
  };
  const { free, generate, remove } = byKind(plan.actions);
  const doomed = new Set(remove.map(({ image }) => image));
  add(await runFreeActions(applying, session, free, doomed, signals.held));
  const digests = view.observation.images
    .map((image) => image.digest)
    .filter((digest) => digest !== undefined);
  const generation: Generation = {
    applying,
    session,
    actor: view.actor,
    style: view.manifest.manifest.style,
    qualityMinimum: plan.qualityMinimum,
    present: new Set(digests),
    signal: signals.held,
  };
  const made = await generateImages(generation, generate, signals.stopping);
  add(made.outcomes);
  if (signals.stopping?.aborted === true) return made.stop ?? interrupted();
  const allowed = allowedDeletes(remove, made.outcomes);
  add(await deleteImages(applying, session, allowed, signals.held));
  add(remove.filter((action) => !allowed.includes(action)).map(keptForWantOfReplacement));
  return made.stop;
}

function byKind(actions: readonly Action[]) {
  return {
    free: actions.filter(
      (action): action is FreeAction => action.kind !== 'generate' && action.kind !== 'delete',
    ),
    generate: actions.filter((action): action is GenerateAction => action.kind === 'generate'),
    remove: actions.filter((action): action is DeleteAction => action.kind === 'delete'),
  };
}

/**
 * The deletes that may go ahead when some pictures could not be made: the worst, and only as many as leave the set no smaller than the
 * plan would have left it.
 */
function allowedDeletes(
  deletes: readonly DeleteAction[],
  generated: readonly ActionOutcome[],
): readonly DeleteAction[] {
  const failed = generated.filter((outcome) => outcome.outcome !== 'done').length;
  if (failed === 0) return deletes;
  return [...deletes].sort((a, b) => a.quality - b.quality).slice(0, Math.max(0, deletes.length - failed));
}

function keptForWantOfReplacement({ id, image, digest, category }: DeleteAction): ActionOutcome {
  const message = 'kept: the picture that was to replace it could not be made';
  return { id, kind: 'delete', outcome: 'skipped', image, digest, category, message };
}

/** One writer per actor, over all processes and machines. */
function leaseActor({ leases }: Applying, actor: string): Promise<Lease> {
  return leases.acquire(`actor-${actor}`);
}

async function openSession(
  { observing }: Applying,
  lease: Lease,
  context: RunContext,
  actor: string,
): Promise<ActorSession> {
  return new ActorSession(observing.state, lease, context, await readActorRecord(observing.state, actor));
}

/** Settles what an earlier run left behind, if any, as that run: its money and its trash go by its name. */
async function settleLeftovers(applying: Applying, lease: Lease, actor: string): Promise<ActionOutcome[]> {
  const { journal } = (await readActorRecord(applying.observing.state, actor)).record;
  if (journal === undefined) return [];
  const { run, plan, startedMs } = journal;
  const session = await openSession(applying, lease, { run, plan, startedMs }, actor);
  const outcomes = await settleJournal(applying, session, journal);
  const record = await closeCutOffRun(applying.observing.state, run, applying.observing.clock.now());
  const done = outcomes.filter((outcome) => outcome.outcome === 'done').length;
  const message = `run ${run} ${endOf(record)}; ${settledText(done, outcomes.length)}`;
  applying.observing.report({ type: 'recovered', actor, run, message });
  return outcomes;
}

/** A run leaves steps open also when it came to its end, as while a provider does not answer. */
function endOf(record: RunRecord | undefined): string {
  const { status = 'running' } = record ?? {};
  return status === 'running' || status === 'interrupted'
    ? 'was cut off'
    : `ended as ${status} and left something open`;
}

function settledText(done: number, open: number): string {
  const steps = open === 1 ? 'its open step was' : `its ${open} open steps were`;
  if (done === open) return `${steps} finished`;
  return done === 0 ? `${steps} taken back` : `${done} of ${steps} finished, the others taken back`;
}

/** Settles an actor's leftovers without applying anything. Returns what came of them. */
export async function recoverActor(applying: Applying, actor: string): Promise<ActionOutcome[]> {
  await using lease = await leaseActor(applying, actor);
  return await settleLeftovers(applying, lease, actor);
}

function staleRun(plan: ActorPlan): ActorRun {
  const message = `actor "${plan.actor}" has changed since the plan was made`;
  return {
    actor: plan.actor,
    type: plan.type,
    outcome: 'stale',
    actions: plan.actions.map(notAttempted),
    costUsd: 0,
    error: { code: 'stale', message },
  };
}

function actorRun(
  plan: ActorPlan,
  done: readonly ActionOutcome[],
  counts: Pick<ActorRun, 'before' | 'after'>,
  problem: CallsheetError | undefined,
): ActorRun {
  const byId = new Map(done.map((outcome) => [outcome.id, outcome]));
  const actions = plan.actions.map((action) => byId.get(action.id) ?? notAttempted(action));
  const succeeded = actions.filter((action) => action.outcome === 'done').length;
  return {
    actor: plan.actor,
    type: plan.type,
    outcome: succeeded === actions.length ? 'applied' : succeeded > 0 ? 'partial' : 'failed',
    actions,
    costUsd: actions.reduce((sum, action) => sum + (action.costUsd ?? 0), 0),
    ...(problem === undefined ? {} : { error: { code: problem.code, message: problem.message } }),
    ...counts,
  };
}

function notAttempted(action: Action): ActionOutcome {
  const about = action.kind === 'generate' ? { category: action.category } : { image: action.image };
  return { id: action.id, kind: action.kind, outcome: 'not-attempted', ...about };
}

function interrupted(cause?: unknown): CallsheetError {
  if (isCallsheetError(cause)) return cause;
  return new CallsheetError('interrupted', 'the run was interrupted; the journal says where it stands', {
    cause,
  });
}
