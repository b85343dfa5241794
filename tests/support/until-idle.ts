/** Turns of the event loop after which it is better to sleep: what is waited for is the disk. */
const SPINS = 20;

/** Resolves when `isIdle` has held twice in a row, with a turn of the event loop in between. */
export async function untilIdle(isIdle: () => Promise<boolean>): Promise<void> {
  for (let quiet = 0, turns = 0; quiet < 2; turns += 1) {
    await new Promise((resolve) => (turns < SPINS ? setImmediate(resolve) : setTimeout(resolve, 1)));
    quiet = (await isIdle()) ? quiet + 1 : 0;
  }
}
