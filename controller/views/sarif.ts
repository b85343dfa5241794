import type { Diagnostic, SourceRange } from '../diagnostics/diagnostic.ts';

/**
 * Problems of specs as SARIF 2.1.0, for GitHub code scanning and other readers that show problems at their lines.
 *
 * @param folder what file names are relative to, as seen from the repository; empty or ending in `/`.
 */
export function renderSarif(diagnostics: readonly Diagnostic[], folder: string, version: string): string {
  const rules = [...new Map(diagnostics.map(({ code, summary }) => [code, summary]))];
  const results = diagnostics.map(({ severity, code, detail, range }) => ({
    ruleId: code,
    ruleIndex: rules.findIndex(([id]) => id === code),
    level: severity,
    message: { text: detail },
    ...(range === undefined ? {} : { locations: [location(range, folder)] }),
  }));
  const driver = {
    name: 'Callsheet',
    semanticVersion: version,
    rules: rules.map(([id, summary]) => ({ id, shortDescription: { text: summary } })),
  };
  const report = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function location({ file, line, column, endLine, endColumn }: SourceRange, folder: string) {
  const uri = `${folder}${file}`.split('/').map(encodeURIComponent).join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri },
      region: {
        startLine: line,
        startColumn: column,
        ...(endLine === undefined ? {} : { endLine }),
        ...(endColumn === undefined ? {} : { endColumn }),
      },
    },
  };
}
