import { t } from '@lingui/core/macro';
import { useSyncExternalStore } from 'react';

/** How long what follows a copied call at once, such as the next of several, is copied with it. */
const together = 300;

interface Call {
  query: string;
  variables?: unknown;
}

/** Why a call is not sent: not asked for, by a button for what it does at once, or for whatever is next. */
type Waiting = 'no' | 'button' | 'next';

let waiting: Waiting = 'no';
let copied: string[] = [];
let over: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function wait(next: Waiting) {
  waiting = next;
  for (const listener of listeners) listener();
}

function endSoon() {
  clearTimeout(over);
  over = setTimeout(() => {
    copied = [];
    wait('no');
  }, together);
}

/** The next change is copied as GraphQL and not carried out, however long it takes to come (UI-4). */
export function copyNext() {
  clearTimeout(over);
  wait('next');
}

/** What the button just pressed would call is copied; a form that is not filled in calls nothing. */
export function copyNow() {
  wait('button');
  endSoon();
}

export function copyNothing() {
  clearTimeout(over);
  wait('no');
}

/** Whether the next action will be copied, for the line that says so. */
export function useCopyNext(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting === 'next',
  );
}

/** What a screen is told instead of an answer. */
export const copiedWords = () => t`Copied as GraphQL; nothing was sent.`;

/** Copies a call instead of sending it, if that was asked for; says whether it did. */
export function copies(call: Call): boolean {
  if (waiting === 'no' || !/^\s*mutation\b/.test(call.query)) return false;
  copied.push(callText(call));
  void toClipboard(copied.join('\n\n'));
  waiting = 'button';
  endSoon();
  return true;
}

/** The document, and the variables as a comment: what a playground takes, in one piece. */
export function callText({ query, variables = {} }: Call): string {
  const json = JSON.stringify(variables, (name, value) => (secret(name) ? '…' : value), 2);
  const comment = json.split('\n').map((line) => `# ${line}`);
  return [query.trim(), '', '# Variables:', ...comment, ''].join('\n');
}

/** No password leaves by the clipboard. */
const secret = (name: string) => ['password', 'current', 'new', 'secret'].includes(name);

async function toClipboard(text: string) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Without TLS a browser offers nothing but this, save on the machine itself.
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

/** Sends requests, but for what is to be copied: that is answered here and does not leave. */
export function copying(send: typeof fetch): typeof fetch {
  return async (url, init) => {
    const body = typeof init?.body === 'string' ? init.body : '';
    if (waiting === 'no' || !copies(JSON.parse(body || '{"query":""}'))) return send(url, init);
    const errors = [{ message: copiedWords(), extensions: { code: 'COPIED' } }];
    return new Response(JSON.stringify({ errors }), {
      headers: { 'content-type': 'application/graphql-response+json' },
    });
  };
}
