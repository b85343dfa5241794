import { setInterval } from 'node:timers';
import { isCallsheetError } from '../../controller/diagnostics/errors.ts';
import { createFileObjectStore } from '../../controller/object-store/file-object-store.ts';
import { createLeases } from '../../controller/state-backend/leases.ts';
import { createObjectStoreState } from '../../controller/state-backend/object-store-state.ts';
import { openPostgresState } from '../../controller/state-backend/postgres/postgres-state.ts';
import { createLedger } from '../../controller/state-backend/stored-ledger.ts';

/*
 * A process of its own for the tests of leases and the ledger:
 *   hold ROOT LEASE        acquires LEASE, prints its token, and keeps it
 *   spend ROOT WHO TIMES   reserves TIMES calls of 10 cents, settles every other, and prints how many were allowed
 * ROOT is a folder or a postgres: URL.
 */

const [mode, root = '', name = '', times = ''] = process.argv.slice(2);
const state = root.startsWith('postgres:')
  ? await openPostgresState({ url: root })
  : createObjectStoreState(createFileObjectStore({ root }));

if (mode === 'hold') {
  const lease = await createLeases({ state, command: 'hold' }).acquire(name);
  process.stdout.write(`${lease.token}\n`);
  setInterval(() => lease.assertHeld(), 1_000);
} else {
  const ledger = createLedger({ state });
  let allowed = 0;
  for (let i = 0; i < Number(times); i += 1) {
    const call = { id: `${name}/${i}`, run: name, runStartedMs: Date.now() };
    const purpose = { actor: '0042', actorType: 'hero', action: 'a', model: 'flux' };
    try {
      await ledger.reserve({ call, purpose, amountUsd: 0.1, budget: { perDayUsd: 2.5 } });
      allowed += 1;
      if (i % 2 === 0) await ledger.settle(call, 0.1);
    } catch (error) {
      if (!isCallsheetError(error, 'budget-exceeded')) throw error;
    }
  }
  process.stdout.write(`${allowed}\n`);
}
