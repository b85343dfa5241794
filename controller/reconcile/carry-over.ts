import { targetDigest } from '../plan/target-digest.ts';
import { digestOf } from '../spec/canonical.ts';
import { targetFor } from '../usecases/plan-actor-live.ts';
import type { Workspace } from '../workspace.ts';
import type { Planned } from './board.ts';

/** Plans that say all there is to say of an actor; the others are tried again anyway. */
const WHOLE: ReadonlySet<string> = new Set(['balanced', 'changes', 'unreachable', 'suspended', 'unmanaged']);

/** Of specs that are in force: asked for after every look at an actor. */
const grounds = new WeakMap<Workspace['specs'], string>();

/** A digest of what an actor's plan rests on besides its target and the actor: where things are, what is too large, who judges, who makes, at what price. */
export function groundOf({ specs, evaluatorId, generator }: Workspace): string {
  const known = grounds.get(specs);
  if (known !== undefined) return known;
  const { library, taxonomies } = specs;
  const { actors, manifests, images, evaluator, generator: making } = library;
  const { maxImageBytes, maxImagePixels } = library.limits;
  const judging = { evaluator, evaluatorId, taxonomies: [...taxonomies.values()] };
  const price = generator.priceUsd ?? null;
  const ground = digestOf({
    places: [actors, manifests, images],
    largest: [maxImageBytes, maxImagePixels],
    judging,
    making,
    generator: generator.id,
    price,
  });
  grounds.set(specs, ground);
  return ground;
}

/** Whether an actor's plan, made under other specs on the same ground, is what it would be under these. */
export function stillHolds(workspace: Workspace, { plan, labels }: Planned): boolean {
  if (labels === undefined || !WHOLE.has(plan.status)) return false;
  const target = targetFor(workspace, { id: plan.actor, type: plan.type, labels });
  if (!('total' in target)) return plan.status === 'unmanaged' && target.code === 'unmanaged';
  return plan.targetDigest === targetDigest(target);
}
