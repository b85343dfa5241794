/**
 * An id that sorts by time and says so: `run-20261122T184510Z-4f2a9c1`. The last part begins with the milliseconds.
 *
 * @param random 0 to 1; 16 bits of it keep ids of one millisecond apart.
 */
export function timeId(prefix: string, nowMs: number, random: () => number): string {
  const time = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const tail = hex(nowMs % 1000, 3) + hex(Math.floor(random() * 0x10000), 4);
  return `${prefix}-${time}-${tail}`;
}

function hex(value: number, digits: number): string {
  return Math.floor(value).toString(16).padStart(digits, '0');
}
