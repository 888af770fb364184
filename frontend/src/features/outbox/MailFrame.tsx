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

function show(html: string, page: Document) {
  const mail = new DOMParser().parseFromString(html, 'text/html');
  const sheets = [...mail.querySelectorAll('style')].map((style) => style.textContent);
  for (const element of mail.querySelectorAll(`style, ${active}`)) element.remove();
  const styled = new Map<string, string>();
  let next = 0;
  for (const element of mail.querySelectorAll('[style]')) {
    const name = String(next++);
    styled.set(name, element.getAttribute('style') ?? '');
    element.removeAttribute('style');
    element.setAttribute('data-styled', name);
  }
  const body = page.importNode(mail.body, true);
  for (const link of body.querySelectorAll('a')) link.removeAttribute('href');
  page.body.replaceWith(body);
  const elements = [body, ...body.querySelectorAll<HTMLElement>('[data-styled]')];
  for (const element of elements) {
    const style = styled.get(element.dataset.styled ?? '');
    if (style) element.style.cssText = style;
  }
  const Sheet = page.defaultView?.CSSStyleSheet;
  if (!Sheet) return;
  page.adoptedStyleSheets = sheets.map((text) => {
    const sheet = new Sheet();
    sheet.replaceSync(text ?? '');
    return sheet;
  });
}
