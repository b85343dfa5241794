import { readyOf } from '../status/condition.ts';
import type { LibraryStatusDocument } from '../status/status-document.ts';
import { conditionLines } from './condition-lines.ts';
import { escapeText } from './escape.ts';
import type { ViewOptions } from './stats-view.ts';
import { pad, wrapText } from './text.ts';

/**
 * How the library as a whole stands, in front of its actors.
 *
 * @param standing told by nobody who runs now: as a controller last left it.
 */
export function renderLibraryStatus(
  library: LibraryStatusDocument,
  options: ViewOptions & { readonly standing: boolean },
): string {
  const { palette, width, standing } = options;
  const title = `Library ${escapeText(library.name)}`;
  const facts = factsOf(library).flatMap(([name, text]) => {
    const [first = '', ...rest] = wrapText(escapeText(text), Math.max(20, width - 15));
    return [`  ${pad(name, 11)}  ${first}`, ...rest.map((line) => `${' '.repeat(15)}${line}`)];
  });
  return `${[
    standing ? `${palette.bold(title)}, as a controller last left it` : palette.bold(title),
    ...library.conditions.flatMap((condition) => conditionLines(condition, options)),
    ...facts,
  ].join('\n')}\n`;
}

function factsOf(library: LibraryStatusDocument): [name: string, text: string][] {
  const { revision, lastAppliedRevision: applied, lastAttemptedRevision: attempted } = library;
  const { rollout, pending } = library;
  const isApplied = applied === revision;
  return [
    ['Revision', `${revision}${isApplied ? ', applied in full' : ''}`],
    ...(attempted === revision ? [] : [pair('Seen', `${attempted}, which cannot be used`)]),
    ...(isApplied ? [] : [pair('Applied', applied ?? 'none in full yet')]),
    ...(rollout === undefined || rollout.state === 'completed'
      ? []
      : [pair('Rollout', `${phaseOf(rollout, pending)}: ${rollout.message}`)]),
    // Often it is what the library is not ready for.
    ...(pending === undefined || pending.reason === readyOf(library.conditions)?.reason
      ? []
      : [pair('Plan', `${pending.plan} waits (${pending.reason}): ${pending.message}`)]),
  ];
}

/** A rollout is in progress from its plan on, also while that waits for a person or a window. */
function phaseOf(
  { state, done }: NonNullable<LibraryStatusDocument['rollout']>,
  pending: LibraryStatusDocument['pending'],
): string {
  if (state !== 'progressing' || pending === undefined) return state;
  return done === 0 ? 'not begun' : 'waiting';
}

function pair(name: string, text: string): [name: string, text: string] {
  return [name, text];
}
