import { digestOf } from '../spec/canonical.ts';
import type { Prompt } from '../spec/target.ts';
import type { GenerateAttempt } from './plan.ts';

export interface PromptRequest {
  readonly actor: string;
  readonly category: string;
  /** Never empty. */
  readonly prompts: readonly Prompt[];
  /** How often each prompt number already occurs in the actor's set. */
  readonly used: ReadonlyMap<number, number>;
  /** Pictures to make. */
  readonly count: number;
  /** Attempts for each before it is given up. */
  readonly attempts: number;
  /** Anything that differs from plan to plan: it makes the seeds differ. */
  readonly salt: string;
}

/**
 * Chooses prompts so that an actor gets different ones before any repeats: always one that was used least, ties in an order that is
 * shuffled per actor (else every actor of a studio would start with prompt 1).
 *
 * A second attempt keeps the prompt and changes the seed; later ones also try the prompts that nobody has asked for.
 */
export function choosePrompts(request: PromptRequest): GenerateAttempt[][] {
  const { actor, category, prompts, count, attempts, salt } = request;
  const uses = new Map(prompts.map((prompt) => [prompt.number, request.used.get(prompt.number) ?? 0]));
  const order = prompts
    .map((prompt) => ({ prompt, rank: digestOf([actor, category, prompt.number]) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ prompt }) => prompt);
  const leastUsed = () =>
    order.reduce((best, prompt) => (uses.get(prompt.number)! < uses.get(best.number)! ? prompt : best));
  const take = () => {
    const prompt = leastUsed();
    uses.set(prompt.number, uses.get(prompt.number)! + 1);
    return prompt;
  };
  const firsts = Array.from({ length: count }, take);
  return firsts.map((first, slot) =>
    Array.from({ length: Math.max(1, attempts) }, (_, attempt) => {
      const prompt = attempt < 2 ? first : take();
      return {
        promptNumber: prompt.number,
        prompt: prompt.text,
        seed: seedOf([salt, actor, category, slot, attempt]),
      };
    }),
  );
}

/** 31 bits, never 0: image models take it, and it tells one order from another at providers that know no idempotency key. */
function seedOf(parts: readonly unknown[]): number {
  return Number.parseInt(digestOf(parts).slice(0, 8), 16) & 0x7fffffff || 1;
}
