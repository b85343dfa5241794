import { type Document, isScalar, type Node, parseAllDocuments, type YAMLParseError } from 'yaml';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SpecFile } from '../spec-source/spec-source.ts';
import { invisibleCharacters } from './invisible-characters.ts';
import { NodeFinder, offsetsOf } from './node-finder.ts';
import type { Located, NodePath } from './problems.ts';
import { SourceText } from './source-text.ts';
import { yamlErrorDetail } from './yaml-errors.ts';
import { readYamlValue } from './yaml-value.ts';

/** Documents in one file; more are refused. */
const MAX_DOCUMENTS = 1000;
/** Brackets that are open at one place, quotes and comments not told apart: far from any real text, and before the parser gets slow. */
const MAX_OPEN_BRACKETS = 1000;
/** Problems of one kind that are looked at in a document; whoever shows them shows fewer. */
const MAX_PROBLEMS = 50;

/** One YAML document: its plain value, and where everything in it is. */
export interface ParsedDocument extends Located {
  /** Name of the file. */
  readonly file: string;
  readonly value: unknown;
  /** The text of a scalar as it is written (`0042`, where the value is 42). */
  sourceOf(path: NodePath): string | undefined;
}

export interface ParsedFile {
  /** Documents without errors. */
  readonly documents: readonly ParsedDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a spec file. Never throws: whatever the text is, the answer is documents and problems. */
export function parseSpecFile(file: SpecFile): ParsedFile {
  const text = file.text.replace(/^\ufeff/, '');
  const source = new SourceText(file.name, text);
  if (openBrackets(text) > MAX_OPEN_BRACKETS) {
    const { detail } = yamlErrorDetail('RESOURCE_EXHAUSTION', '');
    return { documents: [], diagnostics: [source.problem('too-deep', 0, 0, detail)] };
  }
  const parsed = parseAllDocuments(text, {
    lineCounter: source.counter,
    prettyErrors: false,
    logLevel: 'silent',
    // Compares every key with every other; the reader below does the same in linear time.
    uniqueKeys: false,
  });
  const found = Array.isArray(parsed) ? (parsed as Document.Parsed[]) : [];
  const diagnostics: Diagnostic[] = invisibleCharacters(source);
  if (found.length > MAX_DOCUMENTS) {
    const detail = `A file may hold ${MAX_DOCUMENTS} documents; this one has ${found.length}. Split it.`;
    return { documents: [], diagnostics: [source.problem('too-many-documents', 0, 0, detail)] };
  }
  const documents: ParsedDocument[] = [];
  for (const document of found) {
    const result = readDocument(source, document);
    diagnostics.push(...result.diagnostics);
    if (result.document !== undefined) documents.push(result.document);
  }
  return { documents, diagnostics };
}

function readDocument(
  source: SourceText,
  document: Document.Parsed,
): { document?: ParsedDocument; diagnostics: Diagnostic[] } {
  const errors = document.errors.slice(0, MAX_PROBLEMS);
  if (errors.length > 0) {
    return {
      diagnostics: withoutFollowUps(source, errors).map((error) => {
        const { code, detail } = yamlErrorDetail(error.code, error.message);
        return source.problem(code, error.pos[0], error.pos[1], detail);
      }),
    };
  }
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
    return { diagnostics: [] };
  const { value, problems, aliases } = readYamlValue(document.contents as Node);
  const diagnostics = problems
    .slice(0, MAX_PROBLEMS)
    .map(({ code, node, path, detail }) => source.problem(code, ...offsetsOf(node), detail, path));
  if (problems.length > 0) return { diagnostics };
  const finder = new NodeFinder(document.contents as Node, aliases);
  return {
    diagnostics,
    document: {
      file: source.name,
      value,
      lines: source.lines,
      locate: (path, part = 'value') => source.range(...finder.offsets(path, part)),
      sourceOf: (path) => finder.source(path),
    },
  };
}

function openBrackets(text: string): number {
  let open = 0;
  let most = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '[' || character === '{') most = Math.max(most, ++open);
    else if (character === ']' || character === '}') open = Math.max(0, open - 1);
  }
  return most;
}

/** One error a line, and none after something that was never closed: the parser only stumbles on from there. */
function withoutFollowUps(source: SourceText, errors: readonly YAMLParseError[]): YAMLParseError[] {
  const lines = new Set<number>();
  const kept: YAMLParseError[] = [];
  for (const error of errors) {
    const { line } = source.counter.linePos(error.pos[0]);
    if (lines.has(line)) continue;
    lines.add(line);
    kept.push(error);
    if (error.code === 'MISSING_CHAR' || error.code === 'RESOURCE_EXHAUSTION') break;
  }
  return kept;
}
