import type { WrittenEntry } from '../library/entry-list.ts';

/**
 * The plan: an inert value that says everything an apply will do, and why.
 *
 * Invariants: apply does nothing that is not in `actions`; reasons and other texts never influence an apply; the order of actions is
 * part of the value; the same inputs give the same plan byte for byte, but for `id` and `createdAt`.
 */
export interface Plan {
  /** Readers refuse another major version and ignore fields that they do not know. */
  readonly formatVersion: '1.0';
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** See `planDigest`: over everything but `id`, `createdAt` and `digest`. */
  readonly digest: string;
  readonly source: PlanSource;
  /** Version of the program that made the plan. */
  readonly tool: string;
  readonly evaluator: string;
  readonly generator: string;
  readonly selection: PlanSelection;
  readonly summary: PlanSummary;
  readonly guards: readonly GuardResult[];
  /** Before and after per actor type, in order of the type's name. */
  readonly types: readonly TypeSummary[];
  /** In order of the actor's id. */
  readonly actors: readonly ActorPlan[];
  /** What is the doing of this change of the specs, when it was compared with an earlier revision of them. */
  readonly base?: PlanBase;
}

export interface PlanBase {
  /** The earlier revision, as in `source`. */
  readonly revision: string;
  readonly specDigest: string;
  /** Actors that have something to do with either of the specs, in order of their ids. */
  readonly actors: readonly BaseEffect[];
}

/**
 * - `changed-by-this`: without the change, something else would be done about it, or nothing.
 * - `drift`: the same would be done without the change: it was out of balance before.
 * - `settled`: without the change something would be done; with it, nothing.
 */
export interface BaseEffect {
  readonly actor: string;
  readonly effect: 'changed-by-this' | 'drift' | 'settled';
  /** What would be done without the change; absent when that cannot be said (the taxonomy changes, or the actor cannot be observed). */
  readonly without?: ActionCounts;
}

export interface PlanSource {
  readonly kind: 'directory' | 'git';
  /** A content digest of the specs, or `main@sha1:<commit>`. */
  readonly revision: string;
  /** Of a directory in a git working tree: the commit that is checked out. */
  readonly commit?: string;
  /** The working tree held changes that are not committed. */
  readonly dirty?: boolean;
  readonly specDigest: string;
}

/** Which actors were asked for. Absent fields: all. A plan of a part says so, so that nobody takes it for the whole. */
export interface PlanSelection {
  readonly actors?: readonly string[];
  readonly types?: readonly string[];
  /** False when no paid call was allowed: images that nobody has evaluated yet stay unknown. */
  readonly refresh: boolean;
}

export interface ActionCounts {
  readonly adopt: number;
  readonly forget: number;
  readonly restore: number;
  readonly generate: number;
  readonly delete: number;
}

export interface PlanSummary extends ActionCounts {
  readonly actors: number;
  readonly images: number;
  readonly byStatus: Readonly<Record<ActorPlanStatus, number>>;
  readonly cost: CostEstimate;
}

/** How much a plan would do, and what for. */
export interface PlanSize extends ActionCounts {
  readonly actors: number;
  readonly estimateUsd: number;
}

/** US dollars. */
export interface CostEstimate {
  /** If every picture is accepted at once. */
  readonly estimateUsd: number;
  /** If every picture needs all its attempts. */
  readonly maximumUsd: number;
  /** False when a price is unknown: such a plan cannot be applied. */
  readonly known: boolean;
}

export interface GuardResult {
  /** `max-deletes`, `max-delete-share`, `min-usable`, `budget`, ... */
  readonly name: string;
  readonly result: 'pass' | 'warn' | 'deny';
  readonly message: string;
  /** The actors that trip it, when it is about single actors. */
  readonly actors?: readonly string[];
}

export interface TypeSummary extends ActionCounts {
  readonly type: string;
  readonly actors: number;
  readonly changed: number;
  readonly categories: readonly CategoryCounts[];
  readonly cost: CostEstimate;
}

/**
 * - `balanced`: nothing to do.
 * - `changes`: has actions.
 * - `unreachable`: pins, unknown or uncertain images, or missing prompts keep the target out of reach; may have actions.
 * - `incomplete`: something could not be read or evaluated; may have actions that are right all the same.
 * - `suspended`: planned, but will not be applied.
 * - `unmanaged`: no distribution matches it.
 * - `error`: could not be planned.
 */
export type ActorPlanStatus =
  | 'balanced'
  | 'changes'
  | 'unreachable'
  | 'incomplete'
  | 'suspended'
  | 'unmanaged'
  | 'error';

export interface ActorPlan {
  readonly actor: string;
  readonly name?: string;
  readonly type: string;
  readonly status: ActorPlanStatus;
  /** Name of the distribution that holds for it. */
  readonly distribution?: string;
  /** Digest of the observation that the plan rests on. */
  readonly fingerprint?: string;
  /** Digest of the desired state that the plan rests on. */
  readonly targetDigest?: string;
  /** New images below this quality are not accepted. */
  readonly qualityMinimum?: number;
  readonly total: { readonly before: number; readonly target: number; readonly after: number };
  /** Per category, in the order of the taxonomy. */
  readonly categories: readonly CategoryCounts[];
  /** Images of the set whose category nobody knows. */
  readonly unknown: number;
  /** Images of the set that cannot be decoded. */
  readonly unreadable: number;
  /** In the order in which an apply does them. */
  readonly actions: readonly Action[];
  readonly notes: readonly PlanNote[];
  readonly cost: CostEstimate;
}

export interface CategoryCounts {
  readonly category: string;
  readonly title: string;
  readonly before: number;
  readonly target: number;
  readonly after: number;
  /** The counts inside the tolerance, both ends included. Of single actors; sums have none. */
  readonly band?: { readonly low: number; readonly high: number };
}

/** For people: what was odd, what stays out of reach and why. */
export interface PlanNote {
  readonly code: string;
  readonly message: string;
  readonly image?: string;
}

interface ActionBase {
  /** Stable: the same action of the same plan has the same id on every machine. */
  readonly id: string;
  readonly reason: ActionReason;
}

/** Machine codes. Display hints only: an apply never looks at them. */
export type ActionReason =
  | 'under-target'
  | 'over-target'
  | 'below-quality-minimum'
  | 'rejected'
  | 'object-missing'
  | 'entry-repeated'
  | 'rollback'
  | 'by-request';

/** Take an object that no manifest entry names into the training set. */
export interface AdoptAction extends ActionBase, ImageFacts {
  readonly kind: 'adopt';
  /** The entry to write, when an earlier one is put back; else one is made. */
  readonly entry?: unknown;
  /** How that entry was written, to the byte. */
  readonly written?: WrittenEntry;
  /** The manifest names the image before it, too. */
  readonly repeats?: true;
  /** Where it goes; at the end when absent. */
  readonly index?: number;
}

/** Drop a manifest entry that has no object of its own. Touches no object. */
export interface ForgetAction extends ActionBase {
  readonly kind: 'forget';
  readonly image: string;
  /** `all`: the object is gone. `repeats`: the first entry stays. */
  readonly entries: 'all' | 'repeats';
}

/** Bring an image back from the trash. */
export interface RestoreAction extends ActionBase, ImageFacts {
  readonly kind: 'restore';
  readonly trashId: string;
}

/** Have a new image made. The attempts are tried in order until one is accepted. */
export interface GenerateAction extends ActionBase {
  readonly kind: 'generate';
  readonly category: string;
  readonly attempts: readonly GenerateAttempt[];
  /** US dollars an attempt; absent when unknown. */
  readonly priceUsd?: number;
}

export interface GenerateAttempt {
  readonly promptNumber: number;
  readonly prompt: string;
  readonly seed: number;
}

/** Move an image to the trash and drop its entry. */
export interface DeleteAction extends ActionBase, ImageFacts {
  readonly kind: 'delete';
  /** By which people know it on the contact sheet. For display only. */
  readonly number: number;
}

/** What was known of the image when the plan was made. */
export interface ImageFacts {
  readonly image: string;
  readonly digest: string;
  readonly category: string;
  readonly quality: number;
}

export type Action = AdoptAction | ForgetAction | RestoreAction | GenerateAction | DeleteAction;
export type ActionKind = Action['kind'];

/** What an apply would do for this actor: nothing while it is suspended. */
export function pendingActions(actor: ActorPlan): readonly Action[] {
  return actor.status === 'suspended' ? [] : actor.actions;
}

export function planSize({ summary }: Pick<Plan, 'summary'>): PlanSize {
  const { actors, adopt, forget, restore, generate, delete: deletes, cost } = summary;
  return { actors, adopt, forget, restore, generate, delete: deletes, estimateUsd: cost.estimateUsd };
}

/** Whether applying the plan would do anything. */
export function hasChanges(plan: Plan): boolean {
  return plan.actors.some((actor) => pendingActions(actor).length > 0);
}
