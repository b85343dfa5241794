import pMap from 'p-map';
import { CallsheetError, isCallsheetError, toCallsheetError } from '../diagnostics/errors.ts';
import { problemOfBase } from '../observe/base-image.ts';
import type { GenerateAction } from '../plan/plan.ts';
import type { GenerateStep } from '../records/journal.ts';
import type { ActionOutcome } from '../records/run-record.ts';
import type { ActorSession } from './actor-session.ts';
import type { Applying } from './applying.ts';
import { generatePicture } from './generate-step.ts';
import type { Generation } from './generation-order.ts';
import { updateManifest } from './manifest-writer.ts';

export interface GenerationResult {
  readonly outcomes: readonly ActionOutcome[];
  /** Why the run should stop: no credit, no budget, no rights. What was made is entered all the same. */
  readonly stop: CallsheetError | undefined;
}

/** Generates an actor's missing pictures side by side, and enters what came of them into its manifest in one edit. */
export async function generateImages(
  generation: Generation,
  actions: readonly GenerateAction[],
  stopping: AbortSignal | undefined,
): Promise<GenerationResult> {
  const { applying, session, actor, signal } = generation;
  const baseless = actions.length === 0 ? undefined : await problemOfBase(applying.observing, actor, signal);
  if (baseless !== undefined) {
    // Nothing is ordered, and so nothing is left open that only the same base image could bring to an end.
    const problem = new CallsheetError('not-found', `${baseless.message}. ${baseless.remedy}`);
    return { outcomes: actions.map((action) => missing(session, action, problem)), stop: undefined };
  }
  let stop: CallsheetError | undefined;
  const errors = new Map<string, CallsheetError>();
  const steps = await pMap(
    actions,
    async (action) => {
      if (stop !== undefined || stopping?.aborted === true) return undefined;
      try {
        return await generatePicture(generation, action, stopping);
      } catch (error) {
        const problem = toCallsheetError(error);
        errors.set(action.id, problem);
        if (isFinal(problem)) stop ??= problem;
        return undefined;
      }
    },
    { concurrency: applying.generations },
  );
  const made = steps.filter((step) => step !== undefined);
  const entered = new Map((await enterPictures(generation, made)).map((outcome) => [outcome.id, outcome]));
  const outcomes = actions.map(
    (action) => entered.get(action.id) ?? missing(session, action, errors.get(action.id)),
  );
  return { outcomes, stop };
}

/** Errors that no other picture of this run would escape. */
export function isFinal(error: unknown): boolean {
  return isCallsheetError(
    error,
    'auth',
    'quota',
    'budget-exceeded',
    'unknown-price',
    'lease-lost',
    'storage-full',
    'read-only',
  );
}

/** Writes accepted pictures into the manifest and says what came of every step. */
export async function enterPictures(
  { applying, session, signal }: Generation,
  steps: readonly GenerateStep[],
): Promise<ActionOutcome[]> {
  const accepted = steps.filter((step) => step.stage === 'verified');
  if (accepted.length > 0) {
    await updateManifest(
      applying.observing,
      session.actor,
      (manifest) => {
        const named = new Set(manifest.entries.map((entry) => entry.image));
        return {
          append: accepted.flatMap(({ stored }) => (named.has(stored!.image) ? [] : [stored!.entry])),
        };
      },
      { signal, assertHeld: session.assertHeld },
    );
    for (const step of accepted) await session.saveStep({ ...step, stage: 'done' });
  }
  return steps.map((step) => outcomeOf(applying, step));
}

function outcomeOf({ generator }: Applying, step: GenerateStep): ActionOutcome {
  const accepted = step.stage === 'verified' || step.stage === 'done';
  return {
    id: step.action.id,
    kind: 'generate',
    outcome: accepted ? 'done' : 'failed',
    category: step.action.category,
    model: generator.id,
    attempts: step.rejected.length + (accepted ? 1 : 0),
    costUsd: step.costUsd,
    promptNumber: step.action.attempts[step.attempt]!.promptNumber,
    ...(accepted ? { image: step.stored!.image, digest: step.stored!.digest } : {}),
    ...(accepted || step.code === undefined ? {} : { code: step.code }),
    ...(accepted ? {} : { message: step.error ?? step.rejected.at(-1)?.reason ?? 'no picture was made' }),
  };
}

/** Of a picture that was not made: what its attempts cost all the same. */
function missing(
  { journal }: ActorSession,
  action: GenerateAction,
  error: CallsheetError | undefined,
): ActionOutcome {
  const step = journal?.steps.find((other) => other.action.id === action.id);
  const paid = step?.kind === 'generate' && step.costUsd > 0;
  return {
    id: action.id,
    kind: 'generate',
    outcome: error === undefined ? 'not-attempted' : 'failed',
    category: action.category,
    ...(paid ? { attempts: step.rejected.length, costUsd: step.costUsd } : {}),
    ...(error === undefined ? {} : { code: error.code, message: error.message }),
  };
}
