import { useLingui } from '@lingui/react/macro';
import { useCallback } from 'react';
import classes from './OutboxPage.module.css';

/** Elements of a mail that could do something; the sandbox forbids them too. */
const active = 'script, iframe, object, embed, link, meta, base, form, input, button';

/**
 * A mail's HTML in a frame that runs nothing and fetches nothing. The page's policy holds inside of
 * it and forbids styles in the markup, so these are set through the object model instead.
 */
export function MailFrame({ html }: { html: string }) {
  const { t } = useLingui();
  const fill = useCallback(
    (frame: HTMLIFrameElement | null) => {
      const page = frame?.contentDocument;
      if (page) show(html, page);
    },
    [html],
  );
  return (
    <iframe
      key={html}
      ref={fill}
      title={t`The mail as it looks`}
      sandbox="allow-same-origin"
      className={classes.frame}
    />
  );
}

/** Styles under other names: even a document that is only parsed is held to the page's policy. */
function disguise(html: string): string {
  return html
    .replace(/<style\b[^>]*>/gi, '<textarea data-sheet>')
    .replace(/<\/style\s*>/gi, '</textarea>')
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/(\s)style(\s*=)/gi, '$1data-style$2'));
}

function show(html: string, page: Document) {
  const mail = new DOMParser().parseFromString(disguise(html), 'text/html');
  const sheets = [...mail.querySelectorAll('textarea[data-sheet]')].map(
    (sheet) => sheet.textContent,
  );
  for (const element of mail.querySelectorAll(`textarea, ${active}`)) element.remove();
  const body = page.importNode(mail.body, true);
  for (const link of body.querySelectorAll('a')) link.removeAttribute('href');
  page.body.replaceWith(body);
  for (const element of [body, ...body.querySelectorAll<HTMLElement>('[data-style]')]) {
    element.style.cssText = element.dataset.style ?? '';
  }
  const Sheet = page.defaultView?.CSSStyleSheet;
  if (!Sheet) return;
  page.adoptedStyleSheets = sheets.map((text) => {
    const sheet = new Sheet();
    sheet.replaceSync(text ?? '');
    return sheet;
  });
}
