import type { Actor } from '../library/actor-manifest.ts';
import { basisOfView } from '../observe/lasting.ts';
import type { Revisions } from '../observe/revisions.ts';
import { actorDigest, noteDigest } from '../plan/assemble.ts';
import type { ActorPlan } from '../plan/plan.ts';
import { isAtRest, planOf, shapeOf } from '../plan/plan-shape.ts';
import { targetDigest } from '../plan/target-digest.ts';
import { digestOf } from '../spec/canonical.ts';
import type { Target } from '../spec/target.ts';
import type { Workspace } from '../workspace.ts';
import { type LivePlan, targetFor } from './plan-actor-live.ts';
import { MemoryShards, type ShardEntry } from './plan-memory-shards.ts';

/** Raise it when an observation or a plan is made in another way: what was remembered before is then forgotten. */
const RULES = 4;

export interface MemoryOptions {
  readonly ids: readonly string[];
  /** False: what is remembered is used, and stays as it is. */
  readonly isKept: boolean;
}

/** What is known of an actor without reading any of its files. */
export interface RememberedPlan {
  readonly plan: ActorPlan;
  /** Images of the set. */
  readonly images: number;
  /** Codes of what is odd about them. */
  readonly problems: readonly string[];
}

/**
 * Plans of actors that are at rest, remembered from pass to pass with the basis they rest on. An actor of which neither a file nor the
 * record nor the target has changed is neither read nor parsed nor planned again.
 *
 * A cache and nothing more: it is made again from nothing, one that is damaged or out of date is not there, and no plan in it has actions,
 * so that an apply never rests on it.
 */
export class PlanMemory {
  private readonly workspace: Workspace;
  private readonly revisions: Revisions;
  private readonly shards: MemoryShards;
  private readonly aims = new Map<string, Aim>();

  /** @param ids of all actors of the library, in order. */
  constructor(workspace: Workspace, revisions: Revisions, { ids, isKept }: MemoryOptions) {
    this.workspace = workspace;
    this.revisions = revisions;
    const { actors, manifests, images, root } = workspace.layout;
    const environment = digestOf([
      RULES,
      workspace.version,
      root,
      actors.text,
      manifests.text,
      images.text,
      workspace.state.url,
    ]);
    this.shards = new MemoryShards({ state: workspace.state, environment, ids, isKept });
  }

  /** The plan of an actor that is as it was; undefined when it has to be looked at. */
  async find(id: string, signal?: AbortSignal): Promise<RememberedPlan | undefined> {
    const entry = await this.shards.read(id, signal);
    if (entry === undefined || !this.isAimedAt(entry, id)) return undefined;
    if ((await this.basisNow(id, entry.elsewhere, signal)) !== entry.basis) return undefined;
    this.shards.keep(id, entry);
    const { shape, name, fingerprint, digest, images, problems = [] } = entry;
    const plan = planOf(shape, { actor: id, ...(name === undefined ? {} : { name }), fingerprint });
    noteDigest(plan, digest);
    return { plan, images, problems };
  }

  /** Takes a plan in when it is at rest and what it rests on will show every change. */
  async remember(id: string, { plan, view }: LivePlan, signal?: AbortSignal): Promise<void> {
    const isKept = view !== undefined && view.record.record.journal === undefined && isAtRest(plan);
    const basis = isKept ? await basisOfView(this.workspace.observing, view, signal) : undefined;
    if (!isKept || basis === undefined) return;
    const { actor, observation, record } = view;
    const expiries = record.record.trash.map(({ expiresAt }) => expiresAt).sort();
    const until = expiries.find((expiry) => Date.parse(expiry) > view.lasting!.startedMs);
    this.shards.keep(id, {
      basis,
      ...(view.lasting!.elsewhere.length === 0 ? {} : { elsewhere: view.lasting!.elsewhere }),
      evaluator: this.workspace.observing.evaluatorFor(actor).id,
      type: actor.type,
      ...(Object.keys(actor.labels).length === 0 ? {} : { labels: actor.labels }),
      ...(plan.name === undefined ? {} : { name: plan.name }),
      fingerprint: plan.fingerprint,
      digest: actorDigest(plan),
      shape: this.shards.intern(shapeOf(plan)),
      images: observation.images.length,
      ...(observation.problems.length === 0
        ? {}
        : { problems: observation.problems.map(({ code }) => code) }),
      ...(until === undefined ? {} : { until }),
    });
  }

  /** To be called once for every actor, when its plan is made. Writes down what has changed. */
  async done(id: string, signal?: AbortSignal): Promise<void> {
    await this.shards.done(id, signal);
  }

  /** What cannot be listed has to be looked at; that look then says why it cannot be. */
  private async basisNow(
    id: string,
    elsewhere: readonly string[] = [],
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    try {
      return await this.revisions.basisOf(id, elsewhere, signal);
    } catch {
      signal?.throwIfAborted();
      return undefined;
    }
  }

  /** Whether the actor should still be what it was planned for, and by the same evaluator. */
  private isAimedAt({ type, labels = {}, until, shape, evaluator }: ShardEntry, id: string): boolean {
    if (until !== undefined && Date.parse(until) <= this.workspace.clock.now()) return false;
    const actor: Actor = { id, type, labels };
    const target = targetFor(this.workspace, actor);
    if (!('total' in target)) return false;
    const aim = this.aimOf(target, actor);
    return aim.digest === shape.targetDigest && aim.evaluator === evaluator;
  }

  /** Most actors of a library have one of a few targets. */
  private aimOf(target: Target, actor: Actor): Aim {
    const key = JSON.stringify([target.distribution, target.suspended]);
    const known = this.aims.get(key);
    if (known !== undefined) return known;
    const evaluator = this.workspace.observing.evaluatorFor(actor).id;
    const aim = { digest: targetDigest(target), evaluator };
    this.aims.set(key, aim);
    return aim;
  }
}

/** What a target asks for, and who judges it. */
interface Aim {
  readonly digest: string;
  readonly evaluator: string;
}
