import { type Diagnostic, hasErrors, sortDiagnostics } from '../diagnostics/diagnostic.ts';
import { digestOf } from './canonical.ts';
import { nameProblems, promptProblems, suspendProblems } from './document-checks.ts';
import { readDocument, type SpecDocument, type SpecDocumentOf } from './documents.ts';
import { EMBEDDED_SPECS } from './embedded-specs.generated.ts';
import { libraryProblems } from './library-checks.ts';
import { librarySettings } from './library-settings.ts';
import { linkDistribution, type Vocabulary } from './link-distribution.ts';
import type { SelectableActor } from './matching.ts';
import { parseSpecFile } from './parse.ts';
import { problem } from './problems.ts';
import type {
  ResolvedDistribution,
  ResolvedPrompt,
  ResolvedSpecs,
  ResolvedTaxonomy,
} from './resolved-specs.ts';
import type { SpecKind } from './schemas.ts';
import { actorProblems, overlapProblems } from './selector-checks.ts';

export interface ResolveOptions {
  /** Milliseconds since the epoch: models have an end. */
  readonly nowMs: number;
  /** The actors there are, where they are known: selectors are then checked against them. */
  readonly actors?: readonly SelectableActor[];
}

export interface ResolveResult {
  /** Undefined when there is an error: half of a desired state is no desired state. */
  readonly specs: ResolvedSpecs | undefined;
  /** In reading order. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Links all documents together and checks what they mean. The embedded Library serves when there is none, and the embedded `default`
 * Taxonomy and PromptLibrary when none has that name; a Distribution is never assumed: without one, no actor is managed.
 */
export function resolveSpecs(written: readonly SpecDocument[], options: ResolveOptions): ResolveResult {
  const diagnostics = [...nameProblems(written), ...written.flatMap(suspendProblems)];
  const documents = withDefaults(written);
  const library = ofKind(documents, 'Library')[0]!;
  diagnostics.push(
    ...ofKind(written, 'Library').flatMap((document) => libraryProblems(document, options.nowMs)),
  );

  const vocabulary: Vocabulary = {
    taxonomies: new Map(
      ofKind(documents, 'Taxonomy').map((document) => [
        document.content.metadata.name,
        resolveTaxonomy(document),
      ]),
    ),
    promptLibraries: new Map(
      ofKind(documents, 'PromptLibrary').map((document) => [
        document.content.metadata.name,
        resolvePrompts(document),
      ]),
    ),
  };
  const taxonomies = [...vocabulary.taxonomies.values()];
  diagnostics.push(
    ...ofKind(written, 'PromptLibrary').flatMap((document) => promptProblems(document, taxonomies)),
  );

  const linked = ofKind(written, 'Distribution').map((document) => linkDistribution(document, vocabulary));
  diagnostics.push(
    ...linked.flatMap((link) => link.diagnostics),
    ...overlapProblems(ofKind(written, 'Distribution')),
  );
  if (linked.length === 0) diagnostics.push(noDistribution());
  const distributions = linked
    .map((link) => link.distribution)
    .filter((distribution) => distribution !== undefined)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  if (!hasErrors(diagnostics) && options.actors !== undefined) {
    diagnostics.push(...actorProblems(ofKind(written, 'Distribution'), distributions, options.actors));
  }
  const specs = hasErrors(diagnostics) ? undefined : assemble(library, vocabulary, distributions);
  return { specs, diagnostics: sortDiagnostics(diagnostics) };
}

function assemble(
  library: SpecDocumentOf<'Library'>,
  vocabulary: Vocabulary,
  distributions: readonly ResolvedDistribution[],
): ResolvedSpecs {
  const settings = librarySettings(library.content.metadata.name, library.content.spec);
  return {
    library: settings,
    ...vocabulary,
    distributions,
    digest: specDigest(vocabulary, settings, distributions),
  };
}

/**
 * Over what decides plans: targets, places, evaluator, generator, guards. How fast and when work is done, and who is told of it,
 * changes no plan and is left out.
 */
function specDigest(
  vocabulary: Vocabulary,
  library: ResolvedSpecs['library'],
  distributions: readonly ResolvedDistribution[],
): string {
  const { actors, manifests, images, evaluator, generator, guards, suspended } = library;
  const used = new Set(distributions.map(({ target }) => target.taxonomy));
  const taxonomies = [...vocabulary.taxonomies.values()]
    .filter(({ name }) => used.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return digestOf({
    actors,
    manifests,
    images,
    evaluator,
    generator,
    guards,
    suspended,
    taxonomies,
    distributions,
  });
}

function noDistribution(): Diagnostic {
  return problem(
    'no-distribution',
    'The specs hold no Distribution, so no actor has a target and nothing will be done. Write one, or run callsheet init.',
  );
}

function resolveTaxonomy({ content }: SpecDocumentOf<'Taxonomy'>): ResolvedTaxonomy {
  const categories = Object.entries(content.spec.categories).map(([name, category]) => {
    return { ...category, name, examples: category.examples ?? [] };
  });
  return { name: content.metadata.name, categories };
}

function resolvePrompts({ content }: SpecDocumentOf<'PromptLibrary'>): ResolvedPrompt[] {
  return [...content.spec.prompts].sort((a, b) => a.number - b.number);
}

function ofKind<Kind extends SpecKind>(
  documents: readonly SpecDocument[],
  kind: Kind,
): SpecDocumentOf<Kind>[] {
  return documents.filter((document) => document.kind === kind) as unknown as SpecDocumentOf<Kind>[];
}

function withDefaults(written: readonly SpecDocument[]): SpecDocument[] {
  const isMissing = (kind: SpecKind) =>
    !written.some(
      (document) =>
        document.kind === kind && (kind === 'Library' || document.content.metadata.name === 'default'),
    );
  const missing = (['Library', 'Taxonomy', 'PromptLibrary'] as const).filter(isMissing);
  return [...written, ...missing.map(embeddedDocument)];
}

const EMBEDDED_FILES = {
  Library: 'library.yaml',
  Taxonomy: 'taxonomy.yaml',
  PromptLibrary: 'prompts.yaml',
} as const;
const embedded = new Map<SpecKind, SpecDocument>();

/** One of the default specs, which the program carries. A test holds them free of problems. */
function embeddedDocument(kind: keyof typeof EMBEDDED_FILES): SpecDocument {
  let document = embedded.get(kind);
  if (document === undefined) {
    const file = EMBEDDED_SPECS.find(({ name }) => name === EMBEDDED_FILES[kind])!;
    document = readDocument(parseSpecFile(file).documents[0]!).document!;
    embedded.set(kind, document);
  }
  return document;
}
