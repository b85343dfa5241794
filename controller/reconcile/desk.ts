import { isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import { pendingCost } from '../plan/cost.ts';
import { type ActorPlan, type Plan, planSize } from '../plan/plan.ts';
import { suspensionText } from '../spec/suspend.ts';
import { suspensionOf } from '../status/suspensions.ts';
import { loadPlan } from '../usecases/plan-files.ts';
import { readUse } from '../usecases/plan-use.ts';
import type { Workspace } from '../workspace.ts';
import { followUp, lookAgain } from './after-run.ts';
import { type Approval, readApproval } from './approvals.ts';
import { BudgetWatch } from './budget-watch.ts';
import { type Decision, decide } from './gates.ts';
import { type Hold, Holding } from './holding.ts';
import { guardWork, Proposals } from './proposals.ts';
import { noteOutage } from './provider-outage.ts';
import { Rejections } from './rejections.ts';
import type { Rollout } from './rollout.ts';
import { RolloutBook } from './rollout-book.ts';
import { type PartRun, Runner } from './runner.ts';
import { TallyBook } from './tally-book.ts';
import type { Term } from './term.ts';

/** How long a batch waits for actors that are still being looked at. Milliseconds. */
const LINGER_MS = 30_000;
/** What waits for the clock is gone through this often: clocks step, and other programs spend from the same budget. Milliseconds. */
const LONGEST_WAIT_MS = 5 * 60_000;
/** How soon to look again when another apply is at work. */
const BUSY_MS = 15_000;

/**
 * Where what the workers propose becomes plans, and plans become runs. One thing at a time: everything that is pending is one plan,
 * written before anything else; the gates say whether, and for which actors, it may be applied now; a run applies that much of it.
 */
export class Desk {
  private readonly term: Term;
  private readonly proposals = new Proposals();
  private readonly rejections = new Rejections();
  private readonly book: RolloutBook;
  private readonly tally: TallyBook;
  private readonly budget: BudgetWatch;
  private readonly holding: Holding;
  private readonly runner: Runner;
  /** A plan that a person has approved, or that has been begun, is carried out as it is, whatever is proposed meanwhile. */
  private active: Plan | undefined;
  /** What people have said of the plan at hand. */
  private approval: Approval | undefined;
  private lingers = false;
  private pendingSinceMs: number | undefined;
  /** Until then a run that could not begin is not tried again, whatever wakes the desk. By the steady clock. */
  private restUntilMs = 0;

  /** @param onRun told when actors are being worked on: nothing waits any more. */
  constructor(term: Term, onRun: () => void) {
    this.term = term;
    this.book = new RolloutBook(term);
    this.tally = new TallyBook(term);
    this.budget = new BudgetWatch(term);
    this.holding = new Holding(term);
    this.runner = new Runner(term, this.tally, onRun);
  }

  /** Whether its last turn did nothing but wait until all has been looked at, which says nothing of whether anything can be done. */
  get isLingering(): boolean {
    return this.lingers;
  }

  /** What waits, and why. */
  get held(): Hold | undefined {
    return this.holding.current;
  }

  /** What keeps exactly this work of an actor waiting, so that another look at the actor does not make it look like news. */
  holdOf(plan: ActorPlan): Hold | undefined {
    return this.holding.of(plan);
  }

  get rollout(): Rollout | undefined {
    return this.book.current;
  }

  /** Takes up what an earlier controller was about to do. */
  async resume(signal?: AbortSignal): Promise<void> {
    const { statuses } = this.term;
    const workspace = this.term.workspace();
    await this.tally.load(workspace, signal);
    const rollout = await this.book.load(workspace, statuses.library()?.rollout?.revision, signal);
    const pending = statuses.library()?.pending?.plan;
    if (pending !== undefined) await this.proposals.resume(workspace, pending, signal);
    await this.rejections.load(workspace.state, signal);
    if (rollout === undefined || rollout.state === 'completed' || rollout.attempted.length === 0) return;
    const plan = await loadPlan(workspace, rollout.plan, signal).catch(() => undefined);
    if (plan?.source.specDigest !== workspace.source.specDigest) return;
    // Used up by a run that was interrupted: what is left of it is proposed anew.
    if ((await readUse(workspace.state, plan.id, signal)) === undefined) this.active = plan;
  }

  /** Somebody asked for this actor by name: that its last plan was rejected is forgotten. */
  async reconsider(actor: string): Promise<void> {
    await this.rejections.forget(this.term.workspace().state, actor);
  }

  /** A new revision is in force: nothing more of the running batch is begun, and what was approved for the old one is void. */
  supersede(): void {
    this.runner.stop('a new revision of the specs is in force');
    this.active = undefined;
    this.proposals.forget();
    this.holding.release();
    this.pendingSinceMs = undefined;
    this.restUntilMs = 0;
  }

  /** Somebody has suspended something: nothing more of the running batch is begun. */
  pause(): void {
    this.runner.stop('suspended');
  }

  /** Somebody may have given up the rollout whose batch is running: then nothing more of it is begun. */
  async heedRollout(signal: AbortSignal): Promise<void> {
    if (!this.runner.isRunning) return;
    const isAbandoned = await this.book.isAbandoned(this.term.workspace(), signal);
    if (isAbandoned) this.runner.stop('the rollout was given up');
  }

  /**
   * Does the next thing that can be done, if any.
   *
   * @returns milliseconds after which to look again even if nothing happens; 0 for at once; undefined: when something has changed.
   */
  async turn(signal: AbortSignal): Promise<number | undefined> {
    this.lingers = false;
    const workspace = this.term.workspace();
    const generation = workspace.source.specDigest;
    this.term.assertLeads();
    // How much is left also after a start, and where nothing is pending.
    if (!this.budget.hasLooked) await this.budget.leftUsd(workspace);
    // A new revision came into force in the middle of its last wave.
    if (this.active !== undefined && this.active.source.specDigest !== generation) this.useUp();
    const restMs = this.restUntilMs - this.term.timer.now();
    if (restMs > 0) return restMs;
    const { board, generatorBlock } = this.term;
    if (!board.hasPending(generation) && this.active === undefined) return this.rest();
    if (this.active === undefined) {
      const waitMs = await this.waitForOthers(generation);
      this.lingers = waitMs !== undefined;
      if (waitMs !== undefined) return waitMs;
    }
    // While nobody can generate, actors come and go as they fail and are tried again: that is no reason to write ever new plans.
    const isWaiting = this.held !== undefined && this.proposals.plan !== undefined;
    if (generatorBlock.current() !== undefined && isWaiting) return generatorBlock.leftMs();
    const plan = this.active ?? (await this.write(workspace, board.pending(generation), signal));
    if (plan === undefined) return this.rest();
    await this.hearPeople(workspace, plan, signal);
    const actors = plan.actors.filter(({ actions, status }) => actions.length > 0 && status !== 'suspended');
    const rollout = await this.book.open(workspace, plan, actors.length, signal);
    const decision = decide(await this.gateInput(workspace, plan, actors, rollout));
    if (!decision.go) {
      if (decision.reason === 'Suspended' && this.isInTheWay(workspace, generation)) return this.useUp();
      this.holding.keep(plan, this.waiting(actors, rollout, generation), decision);
      // Without a time it waits for people: what they say is heard of, see `DecisionWatch`.
      return decision.afterMs === undefined ? undefined : Math.min(decision.afterMs, LONGEST_WAIT_MS);
    }
    if (decision.actors.length === 0) return this.useUp();
    const first = generatorBlock.isDoubtful ? decision.actors.slice(0, 1) : decision.actors;
    // A try does not end an outage, nor the apply of another, until it has worked.
    if (!generatorBlock.isDoubtful && this.held?.reason !== 'ApplyBusy')
      this.holding.lift(plan, this.waiting(actors, rollout, generation));
    return await this.run(workspace, plan, { ...decision, actors: first }, rollout, signal);
  }

  /** There is nothing to do at the moment; in an outage perhaps only because what failed has not been looked at again. */
  private rest(): number | undefined {
    this.pendingSinceMs = undefined;
    const { generatorBlock } = this.term;
    if (this.held !== undefined && generatorBlock.current() !== undefined) return generatorBlock.leftMs();
    this.holding.release();
    return undefined;
  }

  /** A batch is made of everything that is pending; so it waits for those that are still being looked at, but not for ever. */
  private async waitForOthers(generation: string): Promise<number | undefined> {
    const { queue, board, timer } = this.term;
    const nowMs = timer.now();
    this.pendingSinceMs ??= nowMs;
    const { ready, processing } = await queue.measure();
    if (ready + processing === 0) return undefined;
    // Of a change of the specs nothing is done before it is known what it would do to everybody.
    if (board.missing(generation) > 0) return LINGER_MS;
    const leftMs = this.pendingSinceMs + LINGER_MS - nowMs;
    return leftMs > 0 ? leftMs : undefined;
  }

  /** The plan for all that is pending; undefined when people have said no to all of it. */
  private async write(
    workspace: Workspace,
    pending: readonly ActorPlan[],
    signal: AbortSignal,
  ): Promise<Plan | undefined> {
    const { board, emit } = this.term;
    await this.tally.settle(workspace, signal);
    const already = this.tally.already(workspace.clock.now());
    const guard = (part: readonly ActorPlan[]) => guardWork(workspace, board.plans(), part, already);
    const guards = guard(pending);
    const standing = this.proposals.find(workspace, pending, guards);
    if (standing !== undefined) return standing;
    const allowed = pending.filter((plan) => !this.rejections.covers(plan));
    if (allowed.length === 0) return undefined;
    const part = { pending: allowed, guards: allowed.length === pending.length ? guards : guard(allowed) };
    const plan = await this.proposals.propose(workspace, pending, part, guards, signal);
    emit({ type: 'plan-written', plan: plan.id, revision: plan.source.revision, ...planSize(plan) });
    return plan;
  }

  /** Approvals, lifted guards, rejections: also in the middle of a rollout. */
  private async hearPeople(workspace: Workspace, plan: Plan, signal: AbortSignal): Promise<void> {
    this.approval = await readApproval(workspace.state, plan, signal);
    if (this.approval === undefined) return;
    if (this.approval.approved.size > 0) this.active = plan;
    await this.rejections.remember(workspace.state, plan, this.approval.rejected);
  }

  private async gateInput(workspace: Workspace, plan: Plan, actors: readonly ActorPlan[], rollout: Rollout) {
    const { generatorBlock } = this.term;
    const nowMs = workspace.clock.now();
    const block = generatorBlock.current();
    return {
      plan,
      suspended: suspendedOf(workspace, actors),
      actors: actors.map((actor) => ({ actor: actor.actor, estimateUsd: pendingCost([actor]).estimateUsd })),
      settings: workspace.settings,
      approval: this.approval,
      rollout,
      leftTodayUsd: await this.budget.leftUsd(workspace),
      block: block === undefined ? undefined : { message: block.message, leftMs: generatorBlock.leftMs() },
      guardsEaseMs: this.tally.easesMs(nowMs),
      nowMs,
    };
  }

  /** Whether everybody who is left of a plan that was begun is suspended, while there is something to do for others. */
  private isInTheWay(workspace: Workspace, generation: string): boolean {
    if (this.active === undefined) return false;
    const pending = this.term.board.pending(generation);
    const suspended = suspendedOf(workspace, pending);
    return pending.some(({ actor }) => !suspended.has(actor));
  }

  /** Who waits while a plan is held: those in it who have not had their turn, and whoever else has got something to do meanwhile. */
  private waiting(actors: readonly ActorPlan[], { attempted }: Rollout, generation: string): ActorPlan[] {
    const turned = new Set(attempted);
    const left = actors.filter(({ actor }) => !turned.has(actor));
    if (this.active === undefined) return left;
    const pending = this.term.board.pending(generation).filter((plan) => !this.rejections.covers(plan));
    return [...new Map([...left, ...pending].map((plan) => [plan.actor, plan])).values()];
  }

  private async run(
    workspace: Workspace,
    plan: Plan,
    decision: Extract<Decision, { go: true }>,
    rollout: Rollout,
    signal: AbortSignal,
  ): Promise<number | undefined> {
    try {
      const wave = rollout.waves.length + 1;
      const done = await this.runner.run(workspace, plan, decision, wave, signal);
      await this.enter(workspace, done, rollout);
      this.term.emit({ type: 'run-finished', run: done.run, wave });
      await followUp(this.term, done.part, done.run);
      // Begun is begun: the rest of it follows in the next waves, whatever else comes up meanwhile.
      if (done.part === plan) this.useUp();
      else this.active = plan;
      return 0;
    } catch (error) {
      signal.throwIfAborted();
      await lookAgain(this.term, plan, decision.actors);
      return this.afterTrouble(plan, error);
    }
  }

  /** Nothing is left of the plan: what is pending now makes a new one. */
  private useUp(): 0 {
    this.active = undefined;
    this.approval = undefined;
    this.proposals.forget();
    this.pendingSinceMs = undefined;
    return 0;
  }

  /** The run could not begin. */
  private afterTrouble(plan: Plan, error: unknown): number {
    const { code, message } = toCallsheetError(error);
    const restMs = isCallsheetError(error, 'stale') ? 0 : BUSY_MS;
    this.restUntilMs = this.term.timer.now() + restMs;
    if (isCallsheetError(error, 'lease-held')) {
      const goesOn = `${message} The controller goes on when it is done.`;
      this.holding.keep(plan, [], { reason: 'ApplyBusy', message: goesOn });
      return restMs;
    }
    // Used up, or denied by what has changed since: a new proposal says what is to be done now.
    this.useUp();
    this.term.emit({ type: 'warning', code, message: `plan ${plan.id} could not be applied: ${message}` });
    return restMs;
  }

  /** What a run says of its rollout, of the provider, and of the day's budget. */
  private async enter(workspace: Workspace, { run }: PartRun, rollout: Rollout): Promise<void> {
    await this.book.enter(workspace, run, rollout);
    const { generatorBlock } = this.term;
    noteOutage(generatorBlock, run);
    if (generatorBlock.current() === undefined) this.holding.release();
    await this.budget.leftUsd(workspace);
  }
}

function suspendedOf({ suspensions, clock }: Workspace, actors: readonly ActorPlan[]): Map<string, string> {
  const found = actors.map(
    ({ actor, distribution = '' }) =>
      [actor, suspensionOf(suspensions, actor, distribution, clock.now())] as const,
  );
  return new Map(
    found.flatMap(([actor, suspension]) =>
      suspension === undefined ? [] : [[actor, suspensionText(suspension)] as const],
    ),
  );
}
