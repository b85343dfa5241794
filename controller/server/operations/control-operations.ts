import type { SuspendTarget } from '../../reconcile/controller-ports.ts';
import type { ApiCall, Reply } from './operation.ts';

export async function reconcile({ context, body }: ApiCall): Promise<Reply> {
  const { actors } = body as { actors?: readonly string[] };
  return { status: 202, json: await context.api.reconcileNow(actors) };
}

/** For commands that have written into state what they want. */
export async function wake({ context }: ApiCall): Promise<Reply> {
  await context.api.pokeState();
  return {};
}

export async function suspend({ context, identity, body }: ApiCall): Promise<Reply> {
  const { reason, until, ...target } = body as SuspendTarget & { reason: string; until?: string };
  await context.api.suspend(target, { reason, by: identity.who, ...(until === undefined ? {} : { until }) });
  return {};
}

export async function resume({ context, identity, body }: ApiCall): Promise<Reply> {
  await context.api.resume(body as SuspendTarget, identity.who);
  return {};
}
