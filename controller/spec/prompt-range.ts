/** Reads `7`, "7" or "1-15" as a range with both ends included; undefined when it is neither. */
export function parsePromptRange(entry: number | string): { first: number; last: number } | undefined {
  const match = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(String(entry));
  if (match === null) return undefined;
  const first = Number(match[1]);
  return { first, last: match[2] === undefined ? first : Number(match[2]) };
}
