import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { suggest, suggestionSentence } from '../diagnostics/suggest.ts';
import { quotedText } from '../diagnostics/visible-text.ts';
import type { Distribution } from './distribution.generated.ts';
import type { Library } from './library.generated.ts';
import type { ParsedDocument } from './parse.ts';
import { problemAt } from './problems.ts';
import type { PromptLibrary } from './prompt-library.generated.ts';
import { schemaProblems } from './schema-problems.ts';
import { API_VERSION, SPEC_KINDS, type SpecKind, schemaOf, validatorOf } from './schemas.ts';
import type { Taxonomy } from './taxonomy.generated.ts';

interface ContentOf {
  readonly Library: Library;
  readonly Taxonomy: Taxonomy;
  readonly Distribution: Distribution;
  readonly PromptLibrary: PromptLibrary;
}

/** A document that fits its schema, with the places of everything in it. */
export interface SpecDocumentOf<Kind extends SpecKind> {
  readonly kind: Kind;
  readonly content: ContentOf[Kind];
  readonly at: ParsedDocument;
}

export type SpecDocument = { [Kind in SpecKind]: SpecDocumentOf<Kind> }[SpecKind];

/** Checks a parsed document against the schema of its kind. Without a document in the answer there is at least one error. */
export function readDocument(at: ParsedDocument): { document?: SpecDocument; diagnostics: Diagnostic[] } {
  const { value } = at;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    const detail = 'A spec document is a mapping with apiVersion, kind, metadata and spec.';
    return { diagnostics: [problemAt(at, 'not-a-document', [], detail)] };
  }
  const fields = value as Readonly<Record<string, unknown>>;
  if (!Object.hasOwn(fields, 'apiVersion') && !Object.hasOwn(fields, 'kind')) {
    const detail = `This has neither an apiVersion nor a kind. Write "apiVersion: ${API_VERSION}" and a kind, or move the file out of the specs.`;
    return { diagnostics: [problemAt(at, 'not-a-document', [], detail)] };
  }
  const diagnostics = [...apiVersionProblems(at, fields), ...kindProblems(at, fields)];
  if (diagnostics.length > 0) return { diagnostics };
  const kind = fields.kind as SpecKind;
  const validate = validatorOf(kind);
  if (!validate(value)) return { diagnostics: schemaProblems(at, schemaOf(kind), validate.errors ?? []) };
  return { document: { kind, content: value, at } as unknown as SpecDocument, diagnostics: [] };
}

function apiVersionProblems(at: ParsedDocument, fields: Readonly<Record<string, unknown>>): Diagnostic[] {
  const { apiVersion } = fields;
  if (apiVersion === API_VERSION) return [];
  if (!Object.hasOwn(fields, 'apiVersion')) {
    const misspelt = Object.keys(fields).find((key) => suggest(key, ['apiVersion']) !== undefined);
    const hint = misspelt === undefined ? '' : ` Did you mean it by ${quotedText(misspelt)}?`;
    return [
      problemAt(
        at,
        'missing-field',
        misspelt === undefined ? [] : [misspelt],
        `apiVersion is missing. Write "apiVersion: ${API_VERSION}".${hint}`,
        'key',
      ),
    ];
  }
  const found = typeof apiVersion === 'string' ? quotedText(apiVersion) : 'not a text';
  const detail = `apiVersion is ${found}. This program reads "${API_VERSION}".`;
  return [problemAt(at, 'unknown-api-version', ['apiVersion'], detail)];
}

function kindProblems(at: ParsedDocument, fields: Readonly<Record<string, unknown>>): Diagnostic[] {
  const { kind } = fields;
  if (typeof kind === 'string' && (SPEC_KINDS as readonly string[]).includes(kind)) return [];
  const kinds = SPEC_KINDS.map((name) => `"${name}"`).join(', ');
  if (!Object.hasOwn(fields, 'kind'))
    return [problemAt(at, 'missing-field', [], `kind is missing. It is one of ${kinds}.`, 'key')];
  const found = typeof kind === 'string' ? quotedText(kind) : 'not a text';
  const advice = suggestionSentence(typeof kind === 'string' ? kind : '', SPEC_KINDS, 'Kinds');
  return [problemAt(at, 'unknown-kind', ['kind'], `kind is ${found}, which does not exist. ${advice}`)];
}
