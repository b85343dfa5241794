import { CallsheetError } from '../diagnostics/errors.ts';
import type { GenerationOrder } from '../generator/generator.ts';
import type { Actor } from '../library/actor-manifest.ts';
import { locationIn } from '../library/layout.ts';
import type { LocationField } from '../library/training-manifest.ts';
import type { GenerateAction } from '../plan/plan.ts';
import type { PaidCall } from '../state-backend/ledger.ts';
import type { ActorSession } from './actor-session.ts';
import type { Applying } from './applying.ts';

/** One actor's pictures being made: what all of its orders share. */
export interface Generation {
  readonly applying: Applying;
  readonly session: ActorSession;
  readonly actor: Actor;
  readonly style: LocationField | undefined;
  readonly qualityMinimum: number | undefined;
  /** Contents that the set already has; grows with every accepted picture. */
  readonly present: Set<string>;
  /** Cuts everything short: the actor belongs to somebody else by now. */
  readonly signal: AbortSignal | undefined;
}

/** What a provider is asked for in one attempt of an action. */
export function orderOf(
  { applying, actor, session }: Generation,
  action: GenerateAction,
  attempt: number,
): GenerationOrder {
  const { stores, layout, limits } = applying.observing;
  const { promptNumber, prompt, seed } = action.attempts[attempt]!;
  const base = async () => {
    if (actor.baseImage === undefined) {
      throw new CallsheetError('invalid-input', `actor "${actor.id}" has no base_image to generate from`, {
        hint: 'Add base_image to its actor manifest.',
      });
    }
    return await stores.at(locationIn(layout, actor.baseImage));
  };
  return {
    actor: actor.id,
    category: action.category,
    categoryDescription: applying.categories.get(action.category) ?? action.category,
    promptNumber,
    prompt,
    seed,
    assertHeld: session.assertHeld,
    baseImage: async (signal) => {
      const { store: objects, key } = await base();
      const options = { maxBytes: limits.maxImageBytes, ...(signal === undefined ? {} : { signal }) };
      return (await objects.get(key, options)).bytes;
    },
    baseImageUrl: async () => {
      const { store: objects, key } = await base();
      return await objects.presign?.(key, BASE_IMAGE_URL_SECONDS);
    },
  };
}

/** Long enough for a provider with a queue; short enough to be worth little when it leaks. */
const BASE_IMAGE_URL_SECONDS = 30 * 60;

/** The same for the same attempt of the same action, so that a crash cannot reserve it twice. */
export function paidCall(session: ActorSession, action: GenerateAction, attempt: number): PaidCall {
  const { run, startedMs } = session.journal ?? session.context;
  return { id: `${run}/${action.id}/${attempt}`, run, runStartedMs: startedMs };
}
