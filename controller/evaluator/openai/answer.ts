import { Ajv } from 'ajv';

/** What the model said of one image, checked. */
export interface ImageAnswer {
  readonly number: number;
  readonly seen: string;
  readonly category: string;
  /** 1 to 10. */
  readonly quality: number;
  /** 0 to 1. */
  readonly confidence: number;
}

export type CheckedAnswer =
  | { readonly ok: true; readonly images: readonly ImageAnswer[]; readonly analysis: string }
  /** `problem` completes "the answer could not be used: ...". */
  | { readonly ok: false; readonly problem: string };

interface RawAnswer {
  readonly images: readonly ImageAnswer[];
  readonly analysis: string;
}

export type AnswerReader = (text: string, numbers: readonly number[]) => CheckedAnswer;

/** How much of a model's prose is kept. */
const MAX_SEEN = 200;
const MAX_ANALYSIS = 2_000;

/**
 * Reads answers against the schema that was sent. A server that ignores the schema, a number twice, one too many or too few, a
 * quality of 11: the whole answer is refused, for numbers that slipped by one look right one by one.
 */
export function createAnswerReader(schema: Record<string, unknown>): AnswerReader {
  const ajv = new Ajv({ allErrors: false, strict: true });
  const isAnswer = ajv.compile<RawAnswer>(schema);
  return (text, numbers) => {
    const value = parseJson(text);
    if (value === undefined) return { ok: false, problem: 'it is not JSON' };
    if (!isAnswer(value))
      return { ok: false, problem: `it is not of the form asked for (${ajv.errorsText(isAnswer.errors)})` };
    const problem = rangeProblem(value.images) ?? numberProblem(value.images, numbers);
    if (problem !== undefined) return { ok: false, problem };
    const images = value.images.map((image) => ({ ...image, seen: tidy(image.seen, MAX_SEEN) }));
    return { ok: true, images, analysis: tidy(value.analysis, MAX_ANALYSIS) };
  };
}

/** JSON, also inside a Markdown fence or with words around it, as servers without strict output give it. */
function parseJson(text: string): unknown {
  const inside = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1);
  for (const candidate of [text, inside]) {
    try {
      return JSON.parse(candidate);
    } catch {
      // The next candidate may do.
    }
  }
  return undefined;
}

function rangeProblem(images: readonly ImageAnswer[]): string | undefined {
  for (const { number, quality, confidence } of images) {
    if (quality < 1 || quality > 10) return `the quality of number ${number} is ${quality}, not 1 to 10`;
    if (confidence < 0 || confidence > 1)
      return `the confidence of number ${number} is ${confidence}, not 0 to 1`;
  }
  return undefined;
}

function numberProblem(images: readonly ImageAnswer[], numbers: readonly number[]): string | undefined {
  const asked = new Set(numbers);
  const seen = new Set<number>();
  for (const { number } of images) {
    if (!asked.has(number)) return `number ${number} was not asked for`;
    if (seen.has(number)) return `number ${number} is there twice`;
    seen.add(number);
  }
  const missing = numbers.filter((number) => !seen.has(number));
  return missing.length === 0 ? undefined : `number ${missing.join(', ')} is missing`;
}

/** One line without control characters, cut to length. */
function tidy(text: string, length: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
