import { escapeText } from './escape.ts';

/**
 * Makes text of unknown origin show as it is in GitHub's and GitLab's Markdown, in a paragraph or a table cell, on one line: it opens no
 * HTML, link, picture, code or list, mentions nobody and refers to no issue.
 */
export function escapeMarkdown(text: string): string {
  return escapeText(text)
    .replace(/[^A-Za-z0-9 ,=%/.\-\u0080-\u{10FFFF}]/gu, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/&#(?:64|35);/g, `$&${WORD_JOINER}`)
    .replace(/\bwww\./gi, (match) => `${match.slice(0, -1)}&#46;`)
    .replace(/\bGH-(?=\d)/gi, `$&${WORD_JOINER}`);
}

/** Names of users (`@`) and numbers of issues (`#`) are looked for in the finished page, where an entity no longer hides them. */
const WORD_JOINER = '&#8288;';

/** A name of unknown origin, set in code. */
export function codeOf(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}
