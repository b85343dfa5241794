/** What a model's tokens cost, in US dollars per million. */
export interface TokenPrice {
  readonly input: number;
  /** Reasoning included. */
  readonly output: number;
}

/** List prices as published by OpenAI, as of November 2026. When models end is in `controller/spec/models.ts`. */
const PRICES: Readonly<Record<string, TokenPrice>> = {
  'gpt-4.1-mini': { input: 0.4, output: 1.6 },
  'gpt-5.4-nano': { input: 0.2, output: 1.25 },
  'gpt-5.4-mini': { input: 0.75, output: 4.5 },
  'gpt-5.6-luna': { input: 0.2, output: 1.2 },
  'gpt-6-luna': { input: 0.1, output: 0.5 },
};

/** A model's list price; undefined for one that nobody has written down. Dated snapshots cost what their model costs. */
export function listPrice(model: string): TokenPrice | undefined {
  const name = model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  return Object.hasOwn(PRICES, name) ? PRICES[name] : undefined;
}

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export function costUsd({ inputTokens, outputTokens }: Usage, price: TokenPrice): number {
  return (inputTokens * price.input + outputTokens * price.output) / 1_000_000;
}
