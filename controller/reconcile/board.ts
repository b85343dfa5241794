import { type ActorPlan, pendingActions } from '../plan/plan.ts';

interface Known {
  readonly plan: ActorPlan;
  /** Of the specs under which it was planned. */
  readonly generation: string;
  /** Whether its actions may be done; false for what is stalled, or was just tried. */
  readonly proposed: boolean;
}

/** What is known of every actor of the library: its newest plan. In memory; built anew by the first pass after a start. */
export class Board {
  private readonly known = new Map<string, Known>();
  private actors = new Set<string>();

  /** Who there is; those who are gone are forgotten. Returns who is new. */
  setActors(actors: readonly string[]): string[] {
    const fresh = actors.filter((actor) => !this.actors.has(actor));
    this.actors = new Set(actors);
    for (const actor of this.known.keys()) if (!this.actors.has(actor)) this.known.delete(actor);
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

  note(plan: ActorPlan, generation: string, proposed: boolean): void {
    if (this.actors.has(plan.actor)) this.known.set(plan.actor, { plan, generation, proposed });
  }

  /** These have just been tried: what is known of them is out of date until they have been looked at again. */
  setTried(actors: readonly string[]): void {
    for (const actor of actors) {
      const known = this.known.get(actor);
      if (known !== undefined) this.known.set(actor, { ...known, proposed: false });
    }
  }

  /** Actors that nobody has planned under this generation yet. */
  missing(generation: string): number {
    let missing = 0;
    for (const actor of this.actors) if (this.known.get(actor)?.generation !== generation) missing += 1;
    return missing;
  }

  /** Plans with something to do that may be done, by id. */
  pending(generation: string): ActorPlan[] {
    return [...this.known.values()]
      .filter(
        (known) => known.proposed && known.generation === generation && pendingActions(known.plan).length > 0,
      )
      .map(({ plan }) => plan)
      .sort((a, b) => (a.actor < b.actor ? -1 : 1));
  }

  /** The newest plan of every actor: what shares of the whole library are counted on. */
  plans(): ActorPlan[] {
    return [...this.known.values()].map(({ plan }) => plan);
  }
}
