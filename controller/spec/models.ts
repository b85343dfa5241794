/** When a provider's model stops answering, and what to use then. */
export interface ModelLifecycle {
  readonly provider: 'openai' | 'replicate';
  readonly model: string;
  /** First day without it, as YYYY-MM-DD (UTC). */
  readonly shutdown: string;
  readonly successor: string;
}

/** As announced by the providers (OpenAI: developers.openai.com/api/docs/deprecations), as of November 2026. */
export const MODEL_LIFECYCLES: readonly ModelLifecycle[] = [
  { provider: 'openai', model: 'gpt-4.1-nano', shutdown: '2026-10-23', successor: 'gpt-6-luna' },
  { provider: 'openai', model: 'gpt-5-mini', shutdown: '2026-12-11', successor: 'gpt-6-luna' },
  { provider: 'openai', model: 'gpt-5-nano', shutdown: '2026-12-11', successor: 'gpt-6-luna' },
  { provider: 'openai', model: 'gpt-4.1-mini', shutdown: '2027-01-14', successor: 'gpt-6-luna' },
  { provider: 'openai', model: 'gpt-5.4-nano', shutdown: '2027-04-01', successor: 'gpt-6-luna' },
];

/** How long before its end a model is warned of. */
export const SHUTDOWN_NOTICE_DAYS = 90;

const DAY_MS = 86_400_000;

export interface ModelEnd extends ModelLifecycle {
  /** Whole days from now; 0 or less: it is gone. */
  readonly daysLeft: number;
}

/** A model's announced end when it is past or near (within the notice), else undefined. Dated snapshots end with their model. */
export function modelEnd(provider: string, model: string, nowMs: number): ModelEnd | undefined {
  const name = model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  const known = MODEL_LIFECYCLES.find((entry) => entry.provider === provider && entry.model === name);
  if (known === undefined) return undefined;
  const daysLeft = Math.ceil((Date.parse(`${known.shutdown}T00:00:00Z`) - nowMs) / DAY_MS);
  return daysLeft <= SHUTDOWN_NOTICE_DAYS ? { ...known, daysLeft } : undefined;
}
