import type { Readiness } from '../../reconcile/controller-ports.ts';
import { type Html, html, joinHtml, NO_HTML } from '../../views/escape-html.ts';
import type { Identity } from '../identity.ts';
import { assetUrl } from './assets.ts';

/** What every page is drawn with. */
export interface PageFrame {
  readonly library: string;
  readonly identity: Identity;
  /** Who decides here, for people. */
  readonly who: string;
  readonly canLogOut: boolean;
  readonly version: string;
  /** In what respect the server is limping. */
  readonly reasons: Readiness['reasons'];
  /** Shown above everything: what has just been done. */
  readonly notice?: Notice;
}

export interface Notice {
  readonly text: string;
  /** A form that takes it back. */
  readonly undo?: Html;
}

export interface PageContent {
  readonly title: string;
  /** Which entry of the navigation is where we are. */
  readonly place: 'fleet' | 'plans' | 'runs' | 'none';
  readonly main: Html;
  /** Scripts beside the one that every page has. */
  readonly scripts?: readonly string[];
}

const PLACES = [
  ['fleet', '/', 'Fleet'],
  ['plans', '/plans', 'Plans'],
  ['runs', '/runs', 'Runs'],
] as const;

/** A whole page. Works without its scripts; they only make it quicker. */
export function renderPage(frame: PageFrame, { title, place, main, scripts = [] }: PageContent): string {
  const head = pageHead(title, ['live.js', ...scripts]);
  const page = html`${head}<body data-role="${frame.identity.role}"><a class="skip" href="#main">Skip to the content</a>${header(frame, place)}<main id="main" tabindex="-1">${notice(frame.notice)}<div data-live="top">${limping(frame.reasons)}</div>${main}</main><footer class="foot"><span>Callsheet ${frame.version}</span><span>${frame.library}</span><button type="button" class="plain needs-script" data-open="help">Keys <kbd>?</kbd></button></footer>${help()}<div id="toast" class="toast" role="status" aria-live="polite"></div></body></html>`;
  return page.safe;
}

/** A page for somebody whom we do not know yet, or who was not let in. */
export function renderBarePage(title: string, main: Html): string {
  return html`${pageHead(title, [])}<body class="bare"><main id="main"><p class="wordmark">Callsheet</p>${main}</main></body></html>`
    .safe;
}

function pageHead(title: string, scripts: readonly string[]): Html {
  const tags = scripts.map((name) => html`<script src="${assetUrl(name)}" type="module"></script>`);
  return html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="same-origin"><meta name="color-scheme" content="light dark"><title>${title} · Callsheet</title><link rel="icon" href="${assetUrl('icon.svg')}" type="image/svg+xml"><link rel="stylesheet" href="${assetUrl('dashboard.css')}">${joinHtml(tags)}</head>`;
}

function header({ library, who, identity, canLogOut }: PageFrame, place: PageContent['place']): Html {
  const links = PLACES.map(([name, address, label]) => {
    const current = name === place ? html` aria-current="page"` : NO_HTML;
    return html`<li><a href="${address}"${current}>${label}</a></li>`;
  });
  const leave = canLogOut
    ? html`<form method="post" action="/logout"><button class="plain">Log out</button></form>`
    : NO_HTML;
  const role = identity.role === 'viewer' ? html` <small>viewer</small>` : NO_HTML;
  return html`<header class="masthead"><a class="wordmark" href="/">Callsheet</a><nav aria-label="Main"><ul>${joinHtml(links)}</ul></nav><span class="lib">${library}</span><span id="link" class="link needs-script" role="status" data-state="wait">connecting</span><span class="me">${who}${role}</span>${leave}</header>`;
}

function notice(shown: Notice | undefined): Html {
  if (shown === undefined) return NO_HTML;
  return html`<div class="notice" role="status"><span>${shown.text}</span>${shown.undo ?? NO_HTML}</div>`;
}

/** What is said of a server that does not do all of its work, where its own word does not say enough. */
const STANDING_BY =
  'What is shown comes from the state. What you decide here is kept there, and the controller that leads takes it up.';

function limping(reasons: PageFrame['reasons']): Html {
  const told = reasons.filter(({ code }) => code !== 'no-controller');
  return joinHtml(
    told.map(({ code, message }) => {
      if (code === 'StandingBy')
        return html`<div class="banner warn"><p><b>${message}</b> ${STANDING_BY}</p></div>`;
      if (code === 'StateUnavailable')
        return html`<div class="banner out"><p><b>Nothing is done.</b> ${message}</p></div>`;
      return html`<div class="banner out"><p><b>The newest specs are not in force.</b> ${message}</p></div>`;
    }),
  );
}

const KEYS = [
  ['← ↑ → ↓', 'from picture to picture'],
  ['Enter', 'look at it large'],
  ['p', 'pin or unpin'],
  ['1 … 9', 'it is of this category'],
  ['x', 'this one is bad; on a plan: why not'],
  ['u', 'undo the last decision'],
  ['/', 'find an actor'],
  ['j, k', 'next and previous actor'],
  ['r', 'look at it again now'],
  ['s', 'suspend or resume'],
  ['a', 'to the approval of a plan'],
  ['b', 'to the rollback of a run'],
  ['?', 'these keys'],
] as const;

function help(): Html {
  const rows = KEYS.map(([keys, what]) => html`<dt><kbd>${keys}</kbd></dt><dd>${what}</dd>`);
  return html`<dialog id="help" aria-labelledby="help-title"><h2 id="help-title">Keys</h2><dl class="keys">${joinHtml(rows)}</dl><form method="dialog"><button>Close</button></form></dialog>`;
}
