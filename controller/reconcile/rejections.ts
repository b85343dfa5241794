import type { ActorPlan, Plan } from '../plan/plan.ts';
import type { StateBackend } from '../state-backend/state-backend.ts';

/** What exactly was rejected: the same actions for the same reasons. Once the actor or its target is another, it is another question. */
interface Rejected {
  readonly fingerprint?: string;
  readonly targetDigest?: string;
  /** The plan in which a person said no. */
  readonly plan: string;
}

/** `rejections.json`, by actor. */
interface RejectionsDocument {
  readonly formatVersion: '1.0';
  readonly actors: Readonly<Record<string, Rejected>>;
}

const PATH = 'rejections.json';

/** A person's no outlives the plan that it was said of: the controller does not ask again in the next plan. */
export class Rejections {
  private actors = new Map<string, Rejected>();

  async load(state: StateBackend, signal?: AbortSignal): Promise<void> {
    const stored = await state.read<RejectionsDocument>(PATH, signal);
    this.actors = new Map(Object.entries(stored?.value.actors ?? {}));
  }

  covers({ actor, fingerprint, targetDigest }: ActorPlan): boolean {
    const rejected = this.actors.get(actor);
    return (
      rejected !== undefined && rejected.fingerprint === fingerprint && rejected.targetDigest === targetDigest
    );
  }

  /** Keeps that these actors of a plan were rejected. Writes only what is new. */
  async remember(state: StateBackend, plan: Plan, rejected: ReadonlySet<string>): Promise<void> {
    const fresh = plan.actors.filter((actor) => rejected.has(actor.actor) && !this.covers(actor));
    if (fresh.length === 0) return;
    for (const { actor, fingerprint, targetDigest } of fresh) {
      const facts = {
        ...(fingerprint === undefined ? {} : { fingerprint }),
        ...(targetDigest === undefined ? {} : { targetDigest }),
      };
      this.actors.set(actor, { ...facts, plan: plan.id });
    }
    await this.save(state);
  }

  async forget(state: StateBackend, actor: string): Promise<void> {
    if (this.actors.delete(actor)) await this.save(state);
  }

  private async save(state: StateBackend): Promise<void> {
    const document: RejectionsDocument = { formatVersion: '1.0', actors: Object.fromEntries(this.actors) };
    await state.write(PATH, document);
  }
}
