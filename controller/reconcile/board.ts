import { type ActorPlan, pendingActions } from '../plan/plan.ts';

interface Known {
  readonly plan: ActorPlan;
  /** Of the specs under which it was planned. */
  readonly generation: string;
  /** Whether its actions may be done; false for what is stalled, or was just tried. */
  readonly proposed: boolean;
}

/** Who has been planned under one generation of the specs. */
interface Planned {
  readonly actors: Set<string>;
  /** Those with something to do that may be done. */
  readonly pending: Set<string>;
}

/**
 * What is known of every actor of the library: its newest plan. In memory; built anew by the first pass after a start. What is asked of it
 * after every look is counted as it changes: a library of a hundred thousand must not be gone through for each of them.
 */
export class Board {
  private readonly known = new Map<string, Known>();
  private readonly planned = new Map<string, Planned>();
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

  note(plan: ActorPlan, generation: string, proposed: boolean): void {
    if (this.actors.has(plan.actor)) this.keep(plan.actor, { plan, generation, proposed });
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
    return this.actors.size - (this.planned.get(generation)?.actors.size ?? 0);
  }

  /** Whether anybody has something to do that may be done. */
  hasPending(generation: string): boolean {
    return (this.planned.get(generation)?.pending.size ?? 0) > 0;
  }

  /** Plans with something to do that may be done, by id. */
  pending(generation: string): ActorPlan[] {
    const actors = [...(this.planned.get(generation)?.pending ?? [])];
    return actors.sort().map((actor) => this.known.get(actor)!.plan);
  }

  /** The newest plan of every actor: what shares of the whole library are counted on. */
  plans(): ActorPlan[] {
    return [...this.known.values()].map(({ plan }) => plan);
  }

  private keep(actor: string, now: Known | undefined): void {
    const before = this.known.get(actor);
    if (before !== undefined) this.forget(actor, before.generation);
    if (now === undefined) {
      this.known.delete(actor);
      return;
    }
    this.known.set(actor, now);
    const planned = this.planned.get(now.generation) ?? { actors: new Set(), pending: new Set() };
    this.planned.set(now.generation, planned);
    planned.actors.add(actor);
    if (now.proposed && pendingActions(now.plan).length > 0) planned.pending.add(actor);
  }

  private forget(actor: string, generation: string): void {
    const planned = this.planned.get(generation)!;
    planned.actors.delete(actor);
    planned.pending.delete(actor);
    if (planned.actors.size === 0) this.planned.delete(generation);
  }
}
