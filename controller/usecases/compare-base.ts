import type { ActorView } from '../observe/observe-actor.ts';
import { compareWithBase, type PlanWithoutChange } from '../plan/base-effect.ts';
import type { ActorPlan, PlanBase } from '../plan/plan.ts';
import { planActor } from '../plan/planner.ts';
import { unplannedActor } from '../plan/unplanned.ts';
import { digestOf } from '../spec/canonical.ts';
import type { GuardSettings } from '../spec/library-settings.ts';
import { targetOf } from '../spec/matching.ts';
import type { ResolvedSpecs } from '../spec/resolved-specs.ts';
import type { Workspace } from '../workspace.ts';
import { planPolicy } from './plan-actor-live.ts';

/** The specs that a change is compared with. */
export interface BaseSpecs {
  readonly specs: ResolvedSpecs;
  /** `origin/main@sha1:<commit>` */
  readonly revision: string;
}

/** Collects, while actors are planned, what would be done about each with the specs of the base. Reads nothing: the observation is there. */
export class BaseComparison {
  private readonly workspace: Workspace;
  private readonly base: BaseSpecs;
  private readonly without = new Map<string, PlanWithoutChange>();

  constructor(workspace: Workspace, base: BaseSpecs) {
    this.workspace = workspace;
    this.base = base;
  }

  add(id: string, view: ActorView | undefined): void {
    this.without.set(id, view === undefined ? undefined : this.planWithout(view));
  }

  result(actors: readonly ActorPlan[]): PlanBase {
    const { revision, specs } = this.base;
    return compareWithBase({ revision, specDigest: specs.digest }, actors, this.without);
  }

  /** Actors that a distribution of the base selected. */
  formerlyManaged(): Set<string> {
    const managed = [...this.without].filter(([, plan]) => plan?.distribution !== undefined);
    return new Set(managed.map(([actor]) => actor));
  }

  /**
   * Guards that are as strict as either revision asks: a change of the specs cannot lift the guards that it is judged by.
   */
  stricterGuards(head: GuardSettings): GuardSettings {
    const { guards } = this.base.specs.library;
    const deletes = [head.maxDeletes, guards.maxDeletes].filter((limit) => limit !== undefined);
    return {
      maxDeletes: deletes.length === 0 ? undefined : Math.min(...deletes),
      maxDeleteShare: Math.min(head.maxDeleteShare, guards.maxDeleteShare),
      minUsable: Math.max(head.minUsable, guards.minUsable),
    };
  }

  private planWithout(view: ActorView): PlanWithoutChange {
    const { workspace, base } = this;
    const found = targetOf(base.specs, view.actor, workspace.clock.now());
    const { id, name, type } = view.actor;
    const identity = { actor: id, ...(name === undefined ? {} : { name }), type };
    if (found.kind !== 'target')
      return unplannedActor(identity, 'unmanaged', { code: found.kind, message: '' });
    // Other categories make other evaluations: what was seen through one taxonomy says nothing about the other.
    if (!this.sameTaxonomy(view, found.target.taxonomy)) return undefined;
    return planActor(found.target, view.observation, planPolicy(workspace, view.actor));
  }

  private sameTaxonomy({ actor }: ActorView, name: string): boolean {
    const { workspace, base } = this;
    const now = targetOf(workspace.specs, actor, workspace.clock.now());
    const seenBy = workspace.specs.taxonomies.get(now.kind === 'target' ? now.target.taxonomy : 'default');
    const then = base.specs.taxonomies.get(name);
    return seenBy !== undefined && then !== undefined && digestOf(seenBy) === digestOf(then);
  }
}
