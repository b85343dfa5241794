import type { ErrorObject } from 'ajv';
import { CallsheetError } from '../diagnostics/errors.ts';
import { planDigest } from './assemble.ts';
import type { Plan } from './plan.ts';
import { isPlan } from './plan-validator.generated.js';

const MAJOR = '1';

/** The text of a plan file: the same bytes for the same plan, on every machine. */
export function formatPlan(plan: Plan): string {
  return [...planChunks(plan)].join('');
}

/** The same text in pieces of one actor each, for writing a large plan without holding all of it. */
export function* planChunks(plan: Plan): Iterable<string> {
  const { actors, ...head } = plan;
  const opening = JSON.stringify(head, null, 2).slice(0, -'\n}'.length);
  if (actors.length === 0) {
    yield `${opening},\n  "actors": []\n}\n`;
    return;
  }
  yield `${opening},\n  "actors": [\n`;
  for (const [index, actor] of actors.entries()) {
    const end = index === actors.length - 1 ? '\n' : ',\n';
    // Line feeds only: a string may well hold other line terminators, which must stay as they are.
    yield `    ${JSON.stringify(actor, null, 2).replaceAll('\n', '\n    ')}${end}`;
  }
  yield '  ]\n}\n';
}

/**
 * Reads a plan file; `file` names it in messages. Fields that a newer minor version added are kept and ignored.
 *
 * @throws CallsheetError `invalid-input` when it is no plan, was cut off or edited; `unsupported` for another major version.
 */
export function parsePlan(text: string, file: string): Plan {
  return checkPlan(parseJson(text, file), file);
}

/** As {@link parsePlan}, for a document that has been parsed already. */
export function checkPlan(document: unknown, file: string): Plan {
  refuseOtherVersions(document, file);
  if (!isValid(document)) throw invalid(`${file} is not a valid plan: ${describe(isPlan.errors?.[0])}.`);
  if (planDigest(document) !== document.digest) {
    throw invalid(`${file} was changed after it was written: its content does not match its digest.`);
  }
  return document;
}

function isValid(document: unknown): document is Plan {
  return isPlan(document);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw invalid(`${file} is not a plan file: it is not JSON, or it was cut off.`, cause);
  }
}

function refuseOtherVersions(document: unknown, file: string): void {
  const version =
    typeof document === 'object' && document !== null && 'formatVersion' in document
      ? document.formatVersion
      : undefined;
  if (typeof version !== 'string' || !/^\d+\.\d+$/.test(version)) {
    throw invalid(`${file} is not a plan file: it has no "formatVersion".`);
  }
  if (version.split('.')[0] !== MAJOR) {
    throw new CallsheetError(
      'unsupported',
      `${file} has plan format ${version}; this version of Callsheet reads ${MAJOR}.x.`,
      {
        hint: 'Use the version of Callsheet that wrote it, or run `callsheet plan` again with this one.',
      },
    );
  }
}

function describe(error: ErrorObject | undefined): string {
  if (error === undefined) return 'it does not match the schema';
  return `${error.instancePath === '' ? 'it' : error.instancePath} ${error.message ?? 'is wrong'}`;
}

function invalid(message: string, cause?: unknown): CallsheetError {
  return new CallsheetError('invalid-input', message, {
    hint: 'Run `callsheet plan` to make a new plan: a plan is reviewed and applied as it was written, never edited.',
    cause,
  });
}
