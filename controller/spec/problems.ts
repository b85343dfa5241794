import { codeFrame } from '../diagnostics/code-frame.ts';
import type { Diagnostic, Severity, SourceRange } from '../diagnostics/diagnostic.ts';

/** Every problem that specs can have: its summary, and `warning` where it is not an error. `docs/specs.md` explains each. */
export const PROBLEMS = {
  // Files
  'no-folder': ['Specs folder out of reach'],
  'no-specs': ['No specs found'],
  'unreadable-file': ['File cannot be read'],
  'too-many-files': ['Too many spec files'],
  'file-too-large': ['File too large'],
  'binary-file': ['Not a text file'],
  'not-utf8': ['Not UTF-8'],
  // YAML
  'yaml-syntax': ['YAML cannot be read'],
  'duplicate-key': ['Key given twice'],
  'forbidden-key': ['Key not allowed'],
  'too-many-aliases': ['Too many YAML aliases'],
  'too-deep': ['Nested too deep'],
  'too-many-documents': ['Too many documents'],
  'invisible-character': ['Invisible character', 'warning'],
  'more-problems': ['More problems', 'warning'],
  // Documents
  'not-a-document': ['Not a spec document'],
  'unknown-api-version': ['Unknown apiVersion'],
  'unknown-kind': ['Unknown kind'],
  'unknown-field': ['Unknown field'],
  'missing-field': ['Missing field'],
  'wrong-type': ['Wrong type'],
  'invalid-value': ['Value not allowed'],
  'invalid-name': ['Name not allowed'],
  // Meaning
  'duplicate-name': ['Name given twice'],
  'several-libraries': ['More than one Library'],
  'no-distribution': ['No Distribution', 'warning'],
  'unknown-reference': ['Unknown name'],
  'unknown-category': ['Unknown category'],
  'unknown-prompt': ['Unknown prompt'],
  'duplicate-prompt': ['Prompt number given twice'],
  'shares-do-not-sum': ['Shares do not make 100 %'],
  'shares-as-fractions': ['Shares written as fractions'],
  'share-or-count': ['Share or count'],
  'missing-total': ['Missing total'],
  'counts-do-not-sum': ['Counts do not make the total'],
  'no-prompts': ['No prompts for a category', 'warning'],
  'no-slack': ['Tolerance leaves no slack', 'warning'],
  'distribution-conflict': ['Two distributions for one actor'],
  'selector-matches-nothing': ['Selector matches no actor', 'warning'],
  'unknown-placeholder': ['Unknown placeholder'],
  'file-url': ['Malformed file URL'],
  'same-place': ['Two things in one place'],
  'secret-in-spec': ['Secret in a spec'],
  'reserved-input': ['Reserved model input'],
  'safety-tolerance': ['Safety tolerance out of range'],
  'unknown-price': ['Price unknown', 'warning'],
  'busy-interval': ['Interval too short'],
  'no-budget': ['Paid provider without a budget', 'warning'],
  'model-shutdown': ['Model near its end', 'warning'],
  'model-gone': ['Model shut down', 'warning'],
  'invalid-time-zone': ['Unknown time zone'],
  'invalid-date': ['No such date'],
  'invalid-schedule': ['Not a cron expression'],
  'window-never-opens': ['Window that never opens', 'warning'],
  'notification-target': ['Notification without a receiver'],
} as const satisfies Record<string, readonly [summary: string, severity?: Severity]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** Steps from the root of a document to one of its nodes. */
export type NodePath = readonly (string | number)[];

/** A place that a problem can be reported at. */
export interface Located {
  /** The range of the node at `path`, or of its key; of the nearest parent there is when the node does not exist. */
  locate(path: NodePath, part?: 'key' | 'value'): SourceRange;
  /** Lines of the file, for the code frame. */
  readonly lines: readonly string[];
}

/** A problem at a node of a document. `detail` is full sentences and says what to write instead. */
export function problemAt(
  place: Located,
  code: ProblemCode,
  path: NodePath,
  detail: string,
  part?: 'key' | 'value',
): Diagnostic {
  return problemIn(place.lines, code, place.locate(path, part), detail, path);
}

/** A problem at a range of a file. */
export function problemIn(
  lines: readonly string[],
  code: ProblemCode,
  range: SourceRange,
  detail: string,
  path?: NodePath,
): Diagnostic {
  return {
    ...problem(code, detail),
    ...(path === undefined ? {} : { path: toPointer(path) }),
    range,
    frame: codeFrame(lines, range),
  };
}

/** A problem without a place. */
export function problem(code: ProblemCode, detail: string): Diagnostic {
  const [summary, severity = 'error']: readonly [string, Severity?] = PROBLEMS[code];
  return { severity, code, summary, detail };
}

/** JSON pointer (RFC 6901). */
export function toPointer(path: NodePath): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The path as people write it: `spec.selector.actors[0]`. */
export function toDotted(path: NodePath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[A-Za-z_][\w-]*$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}
