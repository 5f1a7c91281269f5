import { createText, type Locale } from '../../../core/text/messages';
import { wizardText } from '../../../core/text/wizardText';
import type { PageKind, PageSubject } from '../../../protocol/page/page';

/** Addresses and permissions of one load of a page. */
export interface PageHtmlParts {
  readonly kind: PageKind;
  readonly subject: PageSubject;
  readonly locale: Locale;
  readonly title: string;
  /** Where the page's own files may come from; the only source the policy names. */
  readonly source: string;
  readonly script: string;
  readonly styles: string;
  readonly icons: string;
  /** New for each load: only a script that carries it runs. */
  readonly nonce: string;
}

/**
 * The document of a page. It says that the page loads before any of the script has run; the icon there has the font of all
 * icons fetched meanwhile. Its policy lets it run our one script and load our styles and icons; it can reach no other
 * address, post no form, hold no frame.
 */
export function pageHtml(parts: PageHtmlParts): string {
  const policy = [
    "default-src 'none'", `script-src 'nonce-${parts.nonce}'`, `style-src ${parts.source}`, `font-src ${parts.source}`, `img-src ${parts.source}`,
    "base-uri 'none'", "form-action 'none'",
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${parts.locale}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${escapeHtml(parts.icons)}">
<link rel="stylesheet" href="${escapeHtml(parts.styles)}">
<title>${escapeHtml(parts.title)}</title>
</head>
<body data-page="${parts.kind}" data-subject="${escapeHtml(JSON.stringify(parts.subject))}">
<p class="page-message" id="loading" role="status"><span class="codicon codicon-sync codicon-modifier-spin" aria-hidden="true"></span> ${escapeHtml(createText(parts.locale, wizardText)('loading'))}</p>
<script nonce="${parts.nonce}" type="module" src="${escapeHtml(parts.script)}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
