/**
 * An id that sorts by time and says so: `run-20261122T184510Z-4f2a9c`.
 *
 * @param random 0 to 1; 24 bits of it keep ids of one second apart.
 */
export function timeId(prefix: string, nowMs: number, random: () => number): string {
  const time = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const tail = Math.floor(random() * 0x1000000)
    .toString(16)
    .padStart(6, '0');
  return `${prefix}-${time}-${tail}`;
}
