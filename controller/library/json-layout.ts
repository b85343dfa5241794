/** How a JSON file is laid out, so that what is added to it looks like what is there. */
export interface JsonLayout {
  /** One step of indentation; undefined: everything stands in one line. */
  readonly indent: string | undefined;
  readonly eol: string;
  /** A space behind colons and commas within a line. */
  readonly spaced: boolean;
}

/** Reads the layout off a file's first lines. */
export function layoutOf(text: string): JsonLayout {
  return {
    indent: /\n([ \t]+)\S/.exec(text)?.[1],
    eol: text.includes('\r\n') ? '\r\n' : '\n',
    spaced: /":\s/.test(text) || !/":/.test(text),
  };
}

/** Writes a value in a layout, as it stands behind `lead` spaces or tabs: its first line is not indented, the others are. */
export function writeJson(value: unknown, layout: JsonLayout, lead = ''): string {
  const { indent, eol, spaced } = layout;
  if (indent !== undefined) return JSON.stringify(value, null, indent).replaceAll('\n', eol + lead);
  return spaced ? inOneLine(JSON.parse(JSON.stringify(value))) : JSON.stringify(value);
}

function inOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(inOneLine).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, field]) => `${JSON.stringify(key)}: ${inOneLine(field)}`);
  return `{${fields.join(', ')}}`;
}
