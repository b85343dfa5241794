import { isCallsheetError } from '../diagnostics/errors.ts';
import { escapeBlock } from '../views/escape.ts';
import type { Palette } from '../views/palette.ts';

/** `error: …` and, where it is known what to do, `hint: …`; for a bug of ours, how to see more of it. */
export function errorText(error: unknown, palette: Palette, debug: boolean): string {
  const lines = [`${palette.red(palette.bold('error:'))} ${escapeBlock(messageOf(error))}`];
  const hint = hintFor(error, debug);
  if (hint !== undefined) lines.push(`${palette.bold('hint:')} ${escapeBlock(hint)}`);
  if (debug) lines.push(palette.dim(escapeBlock(stackOf(error))));
  return lines.join('\n');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function hintFor(error: unknown, debug: boolean): string | undefined {
  if (isCallsheetError(error) && error.code !== 'internal') return error.hint;
  return debug
    ? undefined
    : 'This is not an error that Callsheet expects. Run it again with --debug to see where it came from.';
}

/** The stack of the error and of what caused it. */
function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? error.message;
  return error.cause === undefined ? stack : `${stack}\ncaused by: ${stackOf(error.cause)}`;
}
