import type { OpenAiModelCheck } from '../evaluator/openai/check-model.ts';
import type { ReplicateModelCheck } from '../generator/replicate/check-model.ts';
import type { ServiceAnswer } from '../runtime/service-check.ts';
import { bad, type Check, doubtful, type Examination, good, judgeClock, judgeModelEnd } from './doctor.ts';

type Finding = Omit<Check, 'name'>;

export interface VisionModel {
  readonly model: string;
  readonly priceKnown: boolean;
  ask(signal?: AbortSignal): Promise<OpenAiModelCheck>;
  now(): number;
}

/** Key, reach, model, price and end of the vision model. */
export function examineVisionModel({ model, priceKnown, ask, now }: VisionModel): Examination {
  return {
    name: 'openai',
    async run(signal) {
      const check = await ask(signal);
      const { hasKey, needsKey, address, shutdown } = check;
      const key = keyOf({ name: 'OPENAI_API_KEY', set: hasKey, needed: needsKey, check, address });
      const end = judgeModelEnd('openai', model, now(), shutdown);
      const price = priceKnown
        ? good(`the price of ${model} is known`)
        : bad(
            `the price of ${model} is not known, so nothing will be evaluated`,
            'Write spec.evaluator.pricePerMillionTokens in the Library (0 for a model of your own).',
          );
      return [
        ...key,
        ...modelAt(model, address, check, 'spec.evaluator.model'),
        price,
        ...(end === undefined ? [] : [end]),
      ];
    },
  };
}

export interface ImageModel {
  readonly model: string;
  readonly priceUsd: number | undefined;
  ask(signal?: AbortSignal): Promise<ReplicateModelCheck>;
}

/** Token, reach, model, inputs and price of the image model. */
export function examineImageModel({ model, priceUsd, ask }: ImageModel): Examination {
  return {
    name: 'replicate',
    async run(signal) {
      const check = await ask(signal);
      const { hasToken, address, unknownInputs = [] } = check;
      const key = keyOf({ name: 'REPLICATE_API_TOKEN', set: hasToken, needed: true, check, address });
      const price =
        priceUsd === undefined
          ? bad(
              `the price of a picture from ${model} is not known, so none will be made`,
              'Write spec.generator.priceUsd in the Library.',
            )
          : good(`a picture from ${model} costs $${priceUsd}`);
      const inputs = unknownInputs.map((input) =>
        bad(
          `${model} has no input "${input}"`,
          'Correct spec.generator.inputMapping and spec.generator.input of the Library.',
        ),
      );
      return [...key, ...modelAt(model, address, check, 'spec.generator.model'), ...inputs, price];
    },
  };
}

interface Key {
  readonly name: string;
  readonly set: boolean;
  readonly needed: boolean;
  readonly check: ServiceAnswer;
  readonly address: string;
}

function keyOf({ name, set, needed, check: { status }, address }: Key): Finding[] {
  if (!set && needed) return [bad(`${name} is not set`, `Set it in the environment of this command.`)];
  if (status === undefined)
    return [
      bad(
        `${address} does not answer`,
        'Check the network, proxies and firewalls, and the base URL where one is set.',
      ),
    ];
  if (status === 401 || status === 403)
    return [
      bad(
        `${address} does not accept the key (HTTP ${status})`,
        `Set ${name} to a valid key that may use the model.`,
      ),
    ];
  if (status >= 500 || status === 429)
    return [
      doubtful(`${address} answers HTTP ${status}`, 'Try again later; see the status page of the provider.'),
    ];
  return [good(`${address} answers${set ? ' and accepts the key' : ''}`)];
}

function modelAt(model: string, address: string, { status, body }: ServiceAnswer, field: string): Finding[] {
  if (status === 404)
    return [bad(`there is no model ${model} at ${address}`, `Correct ${field} of the Library.`)];
  return body === undefined ? [] : [good(`${model} exists`)];
}

/** Our clock against the providers', by the median of what they say. */
export function examineClock(
  asks: readonly ((signal?: AbortSignal) => Promise<ServiceAnswer>)[],
  now: () => number,
): Examination {
  return {
    name: 'clock',
    async run(signal) {
      const skews: number[] = [];
      for (const ask of asks) {
        const { serverMs } = await ask(signal);
        if (serverMs !== undefined) skews.push(now() - serverMs);
      }
      if (skews.length === 0) return [];
      return [judgeClock(skews.sort((a, b) => a - b)[skews.length >> 1]!)];
    },
  };
}

export interface MoneySettings {
  readonly isPaid: boolean;
  readonly perRunUsd: number | undefined;
  readonly perDayUsd: number | undefined;
}

export function examineBudget({ isPaid, perRunUsd, perDayUsd }: MoneySettings): Examination {
  return {
    name: 'budget',
    async run() {
      if (!isPaid) return [];
      if (perRunUsd === undefined && perDayUsd === undefined)
        return [
          doubtful(
            'no budget is set: nothing bounds what a run may spend',
            'Write spec.limits.budget.perRun and perDay in the Library.',
          ),
        ];
      const bounds = [
        ...(perRunUsd === undefined ? [] : [`$${perRunUsd} a run`]),
        ...(perDayUsd === undefined ? [] : [`$${perDayUsd} a day`]),
      ];
      return [good(`the budget is ${bounds.join(', ')}`)];
    },
  };
}
