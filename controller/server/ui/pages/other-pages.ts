import { sentence } from '../../../diagnostics/sentence.ts';
import { type Html, html, NO_HTML } from '../../../views/escape-html.ts';
import type { Problem } from '../../problem.ts';

/** Where a browser exchanges a token for a session. */
export function logInPage(wrong: string | undefined): Html {
  const said = wrong === undefined ? NO_HTML : html`<p class="banner out" role="alert">${wrong}</p>`;
  return html`<h1>Log in</h1>${said}<form method="post" action="/login" class="stack"><label for="token">Token</label><input id="token" name="token" type="password" autocomplete="current-password" required maxlength="500" autofocus><button class="primary">Log in</button></form><p class="fine">Whoever runs Callsheet here has it: it is what CALLSHEET_API_TOKEN or CALLSHEET_VIEWER_TOKEN was set to.</p>`;
}

export function problemPage({ status, title, detail, hint }: Problem): Html {
  return html`<h1>${title}</h1><p class="lead">${sentence(detail.charAt(0).toUpperCase() + detail.slice(1))}</p>${hint === undefined ? NO_HTML : html`<p>${hint}</p>`}<p class="fine">${status}</p><p><a class="button" href="/">To the fleet</a></p>`;
}
