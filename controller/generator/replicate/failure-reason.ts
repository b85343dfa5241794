/** Why a prediction failed, as far as it makes a difference to what is done next. */
export type FailureReason =
  /** The model will not draw this: the same prompt and picture would be refused again. */
  | 'refused'
  /** No prediction will succeed until somebody adds credit. */
  | 'out-of-credit'
  /** Anything else: another attempt may succeed. */
  | 'other';

/*
 * The provider has no code for either, so they are told by words, here and nowhere else. What is taken for a refusal wrongly costs an attempt
 * with another prompt; a refusal that is not known for one costs another paid attempt with the same.
 */
const REFUSED: readonly RegExp[] = [
  /\bE005\b/,
  /\bnsfw\b/i,
  /\bflagged\b/i,
  /\bsensitive\b/i,
  /\binappropriate\b/i,
  /\bmoderat(?:ion|ed)\b/i,
  /\b(?:content|usage|safety) (?:policy|policies|filter|checker|system|guidelines)\b/i,
  /\bviolat(?:es?|ed|ing|ion) .*\b(?:policy|policies|terms|guidelines)\b/i,
  /\bunsafe (?:content|image|prompt)\b/i,
];

const OUT_OF_CREDIT: readonly RegExp[] = [
  /\binsufficient (?:credit|funds|balance)/i,
  /\bpayment required\b/i,
  /\bspend(?:ing)? limit\b/i,
];

/** @param error what a prediction gives as its `error`: a sentence, as a rule. */
export function failureReason(error: unknown): FailureReason {
  const text = typeof error === 'string' ? error : JSON.stringify(error ?? '');
  if (OUT_OF_CREDIT.some((words) => words.test(text))) return 'out-of-credit';
  return REFUSED.some((words) => words.test(text)) ? 'refused' : 'other';
}
