import { sentence } from '../diagnostics/sentence.ts';
import type { GuardResult, Plan } from '../plan/plan.ts';
import type { LibrarySettings } from '../spec/library-settings.ts';
import type { HoldReason } from '../status/condition.ts';
import type { Approval } from './approvals.ts';
import { outageMessage } from './provider-outage.ts';
import { nextWave, type Rollout } from './rollout.ts';
import { windowState } from './windows.ts';

/** What has to let a plan through, and what they look at. */
export interface GateInput {
  readonly plan: Plan;
  /** Actors of the plan with something to do, by id, with what each is estimated to cost in US dollars. */
  readonly actors: readonly { readonly actor: string; readonly estimateUsd: number }[];
  /** Why an actor is suspended since the plan was made. */
  readonly suspended: ReadonlyMap<string, string>;
  readonly settings: LibrarySettings;
  readonly approval: Approval | undefined;
  readonly rollout: Rollout;
  /** US dollars; undefined without a daily budget. */
  readonly leftTodayUsd: number | undefined;
  /** Why a provider or the store refuses everybody at the moment. */
  readonly block: { readonly message: string; readonly leftMs: number } | undefined;
  /** When the guards that hold over a day will see less; milliseconds since the epoch. */
  readonly guardsEaseMs: number | undefined;
  readonly nowMs: number;
}

export type Decision =
  | { readonly go: true; readonly actors: readonly string[]; readonly lifted: readonly string[] }
  | {
      readonly go: false;
      readonly reason: HoldReason;
      readonly message: string;
      /** Milliseconds after which it may look different; absent when only a person or a change can change it. */
      readonly afterMs?: number;
      readonly guards?: readonly string[];
    };

type Gate = (input: GateInput) => Extract<Decision, { go: false }> | undefined;

/** In this order: the first that closes says why. */
const GATES: readonly Gate[] = [suspension, window, approval, guards, rollout, provider];

/** Whether anything of a plan may be applied now, and for which actors. Pure. */
export function decide(input: GateInput): Decision {
  for (const gate of GATES) {
    const held = gate(input);
    if (held !== undefined) return held;
  }
  const wave = nextWave(input.rollout, allowedActors(input), input.settings.rollout);
  const affordable = affordableOf(input, wave);
  if (affordable.length === 0 && wave.length > 0) return budgetHold(input);
  return { go: true, actors: affordable, lifted: input.approval?.lifted ?? [] };
}

/** One that is suspended already when it is planned has nothing to do, and is in no plan. */
function suspension({ actors, suspended, rollout }: GateInput) {
  const attempted = new Set(rollout.attempted);
  const left = actors.filter(({ actor }) => !attempted.has(actor));
  const [first] = left;
  if (first === undefined || !left.every(({ actor }) => suspended.has(actor))) return undefined;
  return held('Suspended', `Suspended: ${suspended.get(first.actor)}.`);
}

function window({ settings, nowMs }: GateInput) {
  const state = windowState(settings.windows, nowMs);
  if (state.open) return undefined;
  const when =
    state.opensMs === undefined
      ? 'no window of the specs ever opens again'
      : `the next window opens at ${new Date(state.opensMs).toISOString()}`;
  return held(
    'WindowClosed',
    `Planned; ${when}.`,
    state.opensMs === undefined ? undefined : state.opensMs - nowMs,
  );
}

function approval(input: GateInput) {
  const { plan, approval } = input;
  if (allowedActors(input).length > 0 || input.actors.length === 0) return undefined;
  const isRejected = approval !== undefined && approval.rejected.size > 0;
  const message = isRejected
    ? `Plan ${plan.id} was rejected. It stays so until the specs or the actors change, or somebody approves it after all.`
    : `Plan ${plan.id} waits for a person: callsheet approve ${plan.id}.`;
  return held('AwaitingApproval', message);
}

/** Actors that people let through: those approved where `spec.apply` is manual, else all but those rejected or suspended. */
function allowedActors({ settings, approval, actors, suspended }: GateInput): string[] {
  const ids = actors.map(({ actor }) => actor).filter((actor) => !suspended.has(actor));
  if (settings.apply === 'manual') return ids.filter((actor) => approval?.approved.has(actor) === true);
  return ids.filter((actor) => approval?.rejected.has(actor) !== true);
}

function guards({ plan, approval, guardsEaseMs, nowMs }: GateInput) {
  const lifted = approval?.lifted ?? [];
  const denied = plan.guards.filter(({ name, result }) => result === 'deny' && !lifted.includes(name));
  if (denied.length === 0) return undefined;
  const reason = denied.every(({ name }) => name === 'budget') ? 'BudgetExhausted' : 'GuardDenied';
  const message = `Plan ${plan.id} is denied: ${denied.map(describe).join('; ')}. If it is what you want: callsheet approve ${plan.id} --guard ${denied[0]!.name} --reason "...".`;
  const afterMs = guardsEaseMs === undefined ? undefined : Math.max(1_000, guardsEaseMs - nowMs);
  return { ...held(reason, message, afterMs), guards: denied.map(({ name }) => name) };
}

function rollout({ rollout }: GateInput) {
  if (rollout.state !== 'halted' && rollout.state !== 'abandoned') return undefined;
  const how = '"callsheet resume --rollout" goes on; a change of the specs takes its place.';
  return held(
    'RolloutHalted',
    `The rollout of ${rollout.revision} is ${rollout.state}: ${sentence(rollout.message)} ${how}`,
  );
}

function provider({ block }: GateInput) {
  if (block === undefined) return undefined;
  return held('ProviderUnavailable', outageMessage(block), block.leftMs);
}

/** As many actors of the wave, in its order, as today's budget has money for. */
function affordableOf({ actors, leftTodayUsd }: GateInput, wave: readonly string[]): string[] {
  if (leftTodayUsd === undefined) return [...wave];
  const estimates = new Map(actors.map(({ actor, estimateUsd }) => [actor, estimateUsd]));
  let leftUsd = leftTodayUsd;
  return wave.filter((actor) => {
    const estimate = estimates.get(actor) ?? 0;
    if (estimate > 0 && estimate > leftUsd) return false;
    leftUsd -= estimate;
    return true;
  });
}

function budgetHold({ plan, nowMs, leftTodayUsd }: GateInput) {
  const message = `Plan ${plan.id} needs more than the $${(leftTodayUsd ?? 0).toFixed(2)} that are left of today's budget; it goes on tomorrow (UTC).`;
  return held('BudgetExhausted', message, untilTomorrowMs(nowMs));
}

/** Days of the ledger are days in UTC. */
export function untilTomorrowMs(nowMs: number): number {
  const dayMs = 86_400_000;
  return dayMs - (nowMs % dayMs) + 1_000;
}

function held(reason: HoldReason, message: string, afterMs?: number) {
  return { go: false as const, reason, message, ...(afterMs === undefined ? {} : { afterMs }) };
}

function describe({ name, message }: GuardResult): string {
  return `${name} (${message})`;
}
