/** The text with a full stop, unless it ends like a sentence already. */
export function sentence(text: string): string {
  return /[.!?…]["')\]]?$/.test(text) ? text : `${text}.`;
}

/** What went wrong and what to do about it, where both have to go into one text. */
export function messageWithHint({
  message,
  hint,
}: {
  readonly message: string;
  readonly hint: string | undefined;
}): string {
  return hint === undefined ? message : `${sentence(message)} ${hint}`;
}
