export type Severity = 'error' | 'warning';

/** Where a problem is, in a text file. Lines and columns count from 1; `end` is exclusive. */
export interface SourceRange {
  /** The file as the user would name it: relative to the specs directory. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** A problem that the user can mend, as a value: collected, sorted and shown all at once. */
export interface Diagnostic {
  readonly severity: Severity;
  /** Stable kebab-case identifier, for machines and for the documentation. */
  readonly code: string;
  /** Short and constant for one code. */
  readonly summary: string;
  /** What is wrong, why, and what to write instead. Full sentences. */
  readonly detail: string;
  /** JSON pointer into the document, where there is one. */
  readonly path?: string;
  readonly range?: SourceRange;
  /** The lines around the place, with markers, ready to print. */
  readonly frame?: string;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

/** Errors of one file together, in reading order; problems without a place come last. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort(
    (a, b) =>
      compareText(a.range?.file ?? '\uffff', b.range?.file ?? '\uffff') ||
      (a.range?.line ?? 0) - (b.range?.line ?? 0) ||
      (a.range?.column ?? 0) - (b.range?.column ?? 0) ||
      compareText(a.code, b.code) ||
      compareText(a.detail, b.detail),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
