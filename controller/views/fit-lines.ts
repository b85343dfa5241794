/**
 * The first of the lines that fit into `room` characters, each counted with its line feed. When some do not fit, the last line is what
 * `more` says of how many are left out; it is counted too.
 */
export function fitLines(lines: readonly string[], room: number, more: (left: number) => string): string[] {
  const size = (line: string) => line.length + 1;
  if (lines.reduce((sum, line) => sum + size(line), 0) <= room) return [...lines];
  const reserve = size(more(lines.length));
  const kept: string[] = [];
  let used = reserve;
  for (const line of lines) {
    if (used + size(line) > room) break;
    kept.push(line);
    used += size(line);
  }
  return reserve > room ? [] : [...kept, more(lines.length - kept.length)];
}
