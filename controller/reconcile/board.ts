import { type ActorPlan, pendingActions } from '../plan/plan.ts';

/** What was planned for an actor. */
export interface Planned {
  readonly plan: ActorPlan;
  /** Of the specs under which it was planned. */
  readonly generation: string;
  /** Whether its actions may be done; false for what is stalled, or was just tried. */
  readonly proposed: boolean;
  /** See `groundOf`; absent where it is not known. */
  readonly ground?: string;
  /** Of the actor; absent where they are not known. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Who has been planned under one generation of the specs. */
interface Counted {
  readonly actors: Set<string>;
  /** Those with something to do that may be done. */
  readonly pending: Set<string>;
}

/**
 * What is known of every actor of the library: its newest plan. In memory; built anew by the first pass after a start. What is asked of it
 * after every look is counted as it changes: a library of a hundred thousand must not be gone through for each of them.
 */
export class Board {
  private readonly known = new Map<string, Planned>();
  private readonly counted = new Map<string, Counted>();
  private actors = new Set<string>();

  /** Who there is; those who are gone are forgotten. Returns who is new. */
  setActors(actors: readonly string[]): string[] {
    const fresh = actors.filter((actor) => !this.actors.has(actor));
    this.actors = new Set(actors);
    for (const actor of [...this.known.keys()]) if (!this.actors.has(actor)) this.keep(actor, undefined);
    return fresh;
  }

  has(actor: string): boolean {
    return this.actors.has(actor);
  }

  all(): readonly string[] {
    return [...this.actors];
  }

  typeOf(actor: string): string {
    return this.known.get(actor)?.plan.type ?? '';
  }

  note(planned: Planned): void {
    const { actor } = planned.plan;
    if (this.actors.has(actor)) this.keep(actor, planned);
  }

  /**
   * A plan counts under another generation too, if it holds.
   *
   * @param holds whether it does, of one on the same ground.
   */
  carry(
    actor: string,
    to: { readonly generation: string; readonly ground: string },
    holds: (planned: Planned) => boolean,
  ): boolean {
    const known = this.known.get(actor);
    if (known?.ground !== to.ground || !holds(known)) return false;
    this.keep(actor, { ...known, generation: to.generation });
    return true;
  }

  /** These have just been tried: what is known of them is out of date until they have been looked at again. */
  setTried(actors: readonly string[]): void {
    for (const actor of actors) {
      const known = this.known.get(actor);
      if (known !== undefined) this.keep(actor, { ...known, proposed: false });
    }
  }

  /** Actors that nobody has planned under this generation yet. */
  missing(generation: string): number {
    return this.actors.size - (this.counted.get(generation)?.actors.size ?? 0);
  }

  /** Whether anybody has something to do that may be done. */
  hasPending(generation: string): boolean {
    return (this.counted.get(generation)?.pending.size ?? 0) > 0;
  }

  /** Plans with something to do that may be done, by id. */
  pending(generation: string): ActorPlan[] {
    const actors = [...(this.counted.get(generation)?.pending ?? [])];
    return actors.sort().map((actor) => this.known.get(actor)!.plan);
  }

  /** The newest plan of every actor: what shares of the whole library are counted on. */
  plans(): ActorPlan[] {
    return [...this.known.values()].map(({ plan }) => plan);
  }

  private keep(actor: string, now: Planned | undefined): void {
    const before = this.known.get(actor);
    if (before !== undefined) this.forget(actor, before.generation);
    if (now === undefined) {
      this.known.delete(actor);
      return;
    }
    this.known.set(actor, now);
    const counted = this.counted.get(now.generation) ?? { actors: new Set(), pending: new Set() };
    this.counted.set(now.generation, counted);
    counted.actors.add(actor);
    if (now.proposed && pendingActions(now.plan).length > 0) counted.pending.add(actor);
  }

  private forget(actor: string, generation: string): void {
    const counted = this.counted.get(generation)!;
    counted.actors.delete(actor);
    counted.pending.delete(actor);
    if (counted.actors.size === 0) this.counted.delete(generation);
  }
}
