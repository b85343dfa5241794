import { type ParseError, parse as parseTolerant, printParseErrorCode } from 'jsonc-parser';
import { CallsheetError } from '../diagnostics/errors.ts';

/**
 * Parses JSON that people edit by hand; a leading byte-order mark is accepted.
 *
 * @throws CallsheetError `invalid-input` with the line and column of the first mistake.
 */
export function parseJson(text: string, file: string): unknown {
  const body = text.startsWith('\uFEFF') ? text.slice(1) : text;
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
