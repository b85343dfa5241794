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

/** How long ago an id of `timeId` was made, in milliseconds; undefined for another text. */
export function ageOfId(id: string, nowMs: number): number | undefined {
  const [, year, month, day, hour, minute, second] =
    /-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/.exec(id) ?? [];
  if (second === undefined) return undefined;
  return nowMs - Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function hex(value: number, digits: number): string {
  return Math.floor(value).toString(16).padStart(digits, '0');
}
