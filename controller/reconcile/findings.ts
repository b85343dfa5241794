import type { ActorPlan } from '../plan/plan.ts';
import { PRIORITY, type QueueItem } from '../runtime/work-queue.ts';
import type { ActorStatusDocument } from '../status/status-document.ts';
import { type ActorOutcomeNow, summarize } from '../status/summarize.ts';
import { groundOf } from './carry-over.ts';
import type { Hold } from './holding.ts';
import { type Look, lookAt } from './look.ts';
import { schedule } from './schedule.ts';
import type { Term } from './term.ts';
import type { WorkspaceSlot } from './workspace-slot.ts';

/** Where it is entered what looks at actors have found, whoever looked: into the board, the status, and the queue for the next look. */
export class Findings {
  private readonly slot: WorkspaceSlot;
  private readonly term: Term;
  private readonly holdOf: (plan: ActorPlan) => Hold | undefined;
  /** Actors that somebody asked for by name: what stalled them is forgotten. */
  private readonly afresh = new Set<string>();

  /** @param holdOf what keeps exactly this work of an actor waiting. */
  constructor(slot: WorkspaceSlot, term: Term, holdOf: (plan: ActorPlan) => Hold | undefined) {
    this.slot = slot;
    this.term = term;
    this.holdOf = holdOf;
  }

  /** Somebody asked for this actor by name. */
  begin(actor: string): void {
    this.afresh.add(actor);
    // Another replica that looks at it reads its status from state.
    if (this.term.shared !== undefined) this.forgive(actor);
  }

  /** What a replica has seen; what a change of the specs, a run or a person has overtaken is looked at anew. */
  async hear(look: Look): Promise<void> {
    const { slot, term } = this;
    const { actor, generation, outcome } = look;
    if (!term.board.has(actor) || term.busy.has(actor)) return;
    const isOutdated = generation !== slot.current.source.specDigest;
    const isStanding = this.afresh.has(actor) && outcome.kind === 'stalled';
    this.beforeLook(actor);
    if (!isOutdated && !isStanding) return await this.takeIn(look);
    const priority = isOutdated ? PRIORITY.change : PRIORITY.interactive;
    await term.queue.add(actor, { priority, group: term.board.typeOf(actor) });
  }

  /** Looks at an actor in this process. */
  async look({ key: actor, failures }: QueueItem, signal: AbortSignal): Promise<void> {
    const { slot, term } = this;
    // Its run has it looked at again when it is over.
    if (!term.board.has(actor) || term.busy.has(actor)) return;
    await slot
      .use(async (workspace) => {
        const before = this.beforeLook(actor);
        const { timer, random } = term;
        const looking = { workspace, blocker: term.evaluatorBlock, before, failures, timer, random };
        const look = await lookAt(actor, looking, signal);
        await this.takeIn(look);
        // Another revision has come into force meanwhile.
        if (look.generation !== slot.current.source.specDigest)
          await term.queue.add(actor, { priority: PRIORITY.change, group: term.board.typeOf(actor) });
      })
      .catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
  }

  /** The status that a look starts from; of an actor that was asked for by name, without what stalled it. */
  private beforeLook(actor: string): ActorStatusDocument {
    if (this.afresh.delete(actor)) this.forgive(actor);
    return this.term.statuses.get(actor);
  }

  private forgive(actor: string): void {
    const { stalledOn: _forgotten, failedRuns: _too, ...rest } = this.term.statuses.get(actor);
    this.term.statuses.set({ ...rest, fruitless: 0, moves: [] });
  }

  /** Enters what somebody has seen who looked at an actor, and says when it is looked at again. */
  private async takeIn({ actor, reconcileId, generation, outcome, labels, seconds }: Look): Promise<void> {
    const { slot, term } = this;
    const { plan, kind } = outcome;
    const isCurrent = generation === slot.current.source.specDigest;
    const facts = {
      ...(isCurrent ? { ground: groundOf(slot.current) } : {}),
      ...(labels === undefined ? {} : { labels }),
    };
    term.board.note({ plan, generation, proposed: kind === 'proposed', ...facts });
    this.keepStatus(actor, outcome);
    const result = await schedule(term, slot.current, actor, outcome);
    const isBug = outcome.plan.notes.some(({ code }) => code === 'internal');
    term.metrics.reconciled(result, seconds, isBug);
    const message = 'message' in outcome ? { message: outcome.message } : {};
    term.emit({ type: 'reconciled', actor, reconcileId, result, seconds, ...message });
  }

  private keepStatus(actor: string, outcome: ActorOutcomeNow): void {
    const { slot, term } = this;
    const before = term.statuses.get(actor);
    // A run that failed and is about to be repeated has not become another thing by being planned again.
    if (outcome.kind === 'proposed' && hasJustFailed(before, outcome)) return;
    const at = new Date(slot.current.clock.now()).toISOString();
    const context = { at, revision: slot.current.source.revision, survey: term.statuses.library() };
    term.statuses.set(summarize(before, this.asHeld(outcome), context));
  }

  /** What was proposed before and waits has not become another thing by being looked at again. */
  private asHeld(outcome: ActorOutcomeNow): ActorOutcomeNow {
    const hold = outcome.kind === 'proposed' ? this.holdOf(outcome.plan) : undefined;
    if (hold === undefined) return outcome;
    return { kind: 'held', plan: outcome.plan, reason: hold.reason, message: hold.message };
  }
}

function hasJustFailed(before: ActorStatusDocument, { plan }: ActorOutcomeNow): boolean {
  const ready = before.conditions.find(({ type }) => type === 'Ready');
  return (
    // What had stalled it holds no longer.
    before.stalledOn === undefined &&
    before.observedGeneration === plan.targetDigest &&
    (ready?.reason === 'ApplyFailed' || ready?.reason === 'VerificationFailed')
  );
}
