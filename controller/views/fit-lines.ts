/**
 * As many lines, one for each item, as fit into `room` characters, each counted with its line feed. When some do not fit, the last line is
 * what `more` says of how many are left out; it is counted too. Items that have no place are not rendered.
 */
export function fitLines<T>(
  items: readonly T[],
  render: (item: T) => string,
  room: number,
  more: (left: number) => string,
): string[] {
  const kept: string[] = [];
  let used = 0;
  for (const item of items) {
    const line = render(item);
    if (used + sizeOf(line) > room) break;
    kept.push(line);
    used += sizeOf(line);
  }
  if (kept.length === items.length) return kept;
  while (kept.length > 0 && used + sizeOf(more(items.length - kept.length)) > room)
    used -= sizeOf(kept.pop()!);
  const rest = more(items.length - kept.length);
  return used + sizeOf(rest) > room ? kept : [...kept, rest];
}

function sizeOf(line: string): number {
  return line.length + 1;
}
