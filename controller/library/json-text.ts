import { type ParseError, parse as parseTolerant, printParseErrorCode } from 'jsonc-parser';
import { CallsheetError } from '../diagnostics/errors.ts';

/** Levels of lists and objects within each other. No manifest of a sane library comes near; what edits and compares them recurses. */
const MAX_DEPTH = 100;

/**
 * Parses JSON that people edit by hand; a leading byte-order mark is accepted.
 *
 * @throws CallsheetError `invalid-input` with the line and column of the first mistake, or when it is nested too deeply.
 */
export function parseJson(text: string, file: string): unknown {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const deep = tooDeepAt(body);
  if (deep !== undefined) {
    throw new CallsheetError(
      'invalid-input',
      `${file}:${lineAndColumn(body, deep)} is nested more than ${MAX_DEPTH} levels deep`,
      { hint: 'Correct the file; other actors are not affected.' },
    );
  }
  try {
    return JSON.parse(body);
  } catch (cause) {
    const errors: ParseError[] = [];
    parseTolerant(body, errors, { allowTrailingComma: false, disallowComments: true });
    const first = errors[0];
    const place = first === undefined ? '' : `:${lineAndColumn(body, first.offset)}`;
    const what = first === undefined ? '' : ` (${printParseErrorCode(first.error)})`;
    throw new CallsheetError('invalid-input', `${file}${place} is not valid JSON${what}`, {
      hint: 'Correct the file; other actors are not affected.',
      cause,
    });
  }
}

function lineAndColumn(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${before.at(-1)!.length + 1}`;
}

/** Offset of the first bracket that is nested too deeply. */
function tooDeepAt(text: string): number | undefined {
  let depth = 0;
  // A level needs two brackets. Most files are too short, or have too few, to be looked through.
  if (text.length < 2 * MAX_DEPTH || !hasManyBrackets(text)) return undefined;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > MAX_DEPTH) return index;
  }
  return undefined;
}

function hasManyBrackets(text: string): boolean {
  let found = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      found += 1;
      if (found > MAX_DEPTH) return true;
    }
  }
  return false;
}
