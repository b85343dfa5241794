import { type ActorPlan, type Plan, planSize } from '../plan/plan.ts';
import type { HoldReason } from '../status/condition.ts';
import { summarize } from '../status/summarize.ts';
import type { Decision } from './gates.ts';
import type { Term } from './term.ts';

/** What waits, and why. */
export interface Hold {
  readonly plan: string;
  readonly reason: HoldReason;
  readonly message: string;
}

const ACTORS_NAMED = 10;

/** A plan that waits: says so once, and shows it in the status of every actor that waits with it. */
export class Holding {
  private readonly term: Term;
  private hold: Hold | undefined;
  /** The revision that was in force when it was told that something waits. */
  private toldUnder: string | undefined;
  /** What exactly is held back, by actor. */
  private work = new Map<string, string>();
  /** The statuses as they were when all who are held back said so: see `StatusStore.version`. */
  private shownAt: number | undefined;

  constructor(term: Term) {
    this.term = term;
  }

  get current(): Hold | undefined {
    return this.hold;
  }

  /** What keeps exactly this work of an actor waiting, so that another look at the actor does not make it look like news. */
  of(plan: ActorPlan): Hold | undefined {
    return this.work.get(plan.actor) === workOf(plan) ? this.hold : undefined;
  }

  /**
   * A plan waits.
   *
   * @param actors who waits with it.
   */
  keep(
    plan: Plan,
    actors: readonly ActorPlan[],
    { reason, message, guards }: Omit<Extract<Decision, { go: false }>, 'go' | 'afterMs'>,
  ): void {
    const before = this.hold;
    // In an outage there is a new plan for every try, and that is nothing that anybody has to be told.
    const isOther = before?.plan !== plan.id && reason !== 'ProviderUnavailable';
    // Whoever looks at the newest commit wants to know what it waits for, though it means what the one before it meant.
    const inForce = this.term.workspace().source.revision;
    const isNews = isOther || before?.reason !== reason || this.toldUnder !== inForce;
    const isSame = !isNews && before.plan === plan.id && before.message === message;
    this.hold = { plan: plan.id, reason, message };
    // Those who have failed in their turn wait too, as soon as they have been looked at again.
    const work = reason === 'ApplyBusy' ? [] : [...plan.actors, ...actors];
    this.work = new Map(work.map((actor) => [actor.actor, workOf(actor)]));
    if (!isSame || this.shownAt !== this.term.statuses.version) this.show(plan, actors, this.hold);
    if (!isNews) return;
    this.toldUnder = inForce;
    const { id, source, actors: planned } = plan;
    const some = planned.filter(({ actions }) => actions.length > 0).map(({ actor }) => actor);
    this.term.emit({
      type: 'plan-held',
      plan: id,
      revision: source.revision,
      reason,
      message,
      ...(guards === undefined ? {} : { guards }),
      ...planSize(plan),
      some: some.slice(0, ACTORS_NAMED),
    });
  }

  /**
   * What waited is about to be done: nobody says any more that it waits, which in a rollout may be long before it is their turn.
   *
   * @param actors who waited with it.
   */
  lift({ source }: Plan, actors: readonly ActorPlan[]): void {
    if (this.hold === undefined) return;
    const { statuses, workspace } = this.term;
    const at = new Date(workspace().clock.now()).toISOString();
    for (const plan of actors) {
      const context = { at, revision: source.revision };
      statuses.set(summarize(statuses.get(plan.actor), { kind: 'proposed', plan }, context));
    }
    this.release();
  }

  /** Nothing waits any more. */
  release(): void {
    this.hold = undefined;
    this.work.clear();
  }

  private show({ source }: Plan, actors: readonly ActorPlan[], { reason, message }: Hold): void {
    const { statuses, workspace } = this.term;
    const at = new Date(workspace().clock.now()).toISOString();
    for (const plan of actors) {
      const outcome = { kind: 'held', plan, reason, message } as const;
      statuses.set(summarize(statuses.get(plan.actor), outcome, { at, revision: source.revision }));
    }
    this.shownAt = statuses.version;
  }
}

/** What there is to do for an actor: the same as long as neither it nor its target changes. */
function workOf({ fingerprint, targetDigest }: ActorPlan): string {
  return `${fingerprint} ${targetDigest}`;
}
