import { type Diagnostic, hasErrors, sortDiagnostics } from '../diagnostics/diagnostic.ts';
import type { SpecSnapshot, SpecSource } from '../spec-source/spec-source.ts';
import { readDocument, type SpecDocument } from './documents.ts';
import { limitProblems } from './limit-problems.ts';
import { parseSpecFile } from './parse.ts';
import { type ResolveOptions, resolveSpecs } from './resolve.ts';
import type { ResolvedSpecs } from './resolved-specs.ts';

export interface LoadedSpecs {
  readonly snapshot: SpecSnapshot;
  /** Undefined when there is an error. */
  readonly specs: ResolvedSpecs | undefined;
  /** Every problem, in reading order; of one file the first fifty. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads, checks and links all specs of a source. Rejects only as `SpecSource.load` does. */
export async function loadSpecs(
  source: SpecSource,
  options: ResolveOptions,
  signal?: AbortSignal,
): Promise<LoadedSpecs> {
  const snapshot = await source.load(signal);
  return { snapshot, ...checkSpecs(snapshot, options) };
}

/** The pure part of `loadSpecs`: checks a snapshot, for instance again once the actors are known. */
export function checkSpecs(snapshot: SpecSnapshot, options: ResolveOptions): Omit<LoadedSpecs, 'snapshot'> {
  const diagnostics: Diagnostic[] = [...snapshot.diagnostics];
  const documents: SpecDocument[] = [];
  for (const file of snapshot.files) {
    const parsed = parseSpecFile(file);
    diagnostics.push(...parsed.diagnostics);
    for (const parsedDocument of parsed.documents) {
      const read = readDocument(parsedDocument);
      diagnostics.push(...read.diagnostics);
      if (read.document !== undefined) documents.push(read.document);
    }
  }
  const broken = hasErrors(diagnostics);
  const resolved = resolveSpecs(documents, options);
  // A name that is not found may stand in a document that could not be read: that document is the problem to mend.
  const consequences = new Set(
    broken ? ['unknown-reference', 'unknown-category', 'no-distribution', 'unknown-prompt'] : [],
  );
  diagnostics.push(...resolved.diagnostics.filter(({ code }) => !consequences.has(code)));
  return {
    specs: broken ? undefined : resolved.specs,
    diagnostics: limitProblems(sortDiagnostics(diagnostics)),
  };
}
