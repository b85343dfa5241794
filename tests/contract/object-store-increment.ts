import { isCallsheetError } from '../../controller/diagnostics/errors.ts';
import type { ObjectStore } from '../../controller/object-store/object-store.ts';

/** Adds one to the number under `key`, `times` times, by compare-and-swap. */
export async function increment(store: ObjectStore, key: string, times: number): Promise<void> {
  for (let done = 0; done < times; ) {
    const { bytes, revision } = await store.get(key);
    const next = Number(new TextDecoder().decode(bytes)) + 1;
    try {
      await store.put(key, new TextEncoder().encode(String(next)), { onlyIf: { revision } });
      done += 1;
    } catch (error) {
      if (!isCallsheetError(error, 'precondition-failed')) throw error;
    }
  }
}
