import type { LeaseHolder } from '../state-backend/lease.ts';
import type { Workspace } from '../workspace.ts';

/** Who leads; undefined where no controller does. */
export async function leaderOf(
  { leases, clock }: Pick<Workspace, 'leases' | 'clock'>,
  signal?: AbortSignal,
): Promise<LeaseHolder | undefined> {
  const lease = await leases.inspect('controller', signal);
  return lease === undefined || Date.parse(lease.expiresAt) < clock.now() ? undefined : lease.holder;
}
