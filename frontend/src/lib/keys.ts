import { useEffect, useRef } from 'react';
import { preferences } from './preferences.ts';

type Handler = (event: KeyboardEvent) => void;

const sequenceWithin = 1200;

const silent = new Set(['checkbox', 'radio', 'button', 'submit', 'file']);

function typing(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !silent.has(target.type);
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}

/** The name under which a key press is listed: `mod+k`, `shift+x`, `?`, `g`. */
export function pressName(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (event.ctrlKey || event.metaKey) return `mod+${key}`;
  return event.shiftKey && /^[a-z]$/.test(key) ? `shift+${key}` : key;
}

/** What a press means after the ones before it: a handler's name, the start of one, or nothing. */
export function match(names: string[], before: string, press: string): string | null {
  const sequence = before ? `${before} ${press}` : press;
  if (names.some((name) => name === sequence || name.startsWith(`${sequence} `))) return sequence;
  return before ? match(names, '', press) : null;
}

/** Who listens now; the one that came last comes first. One listener, so that sequences are shared. */
const listeners: { current: Record<string, Handler> }[] = [];
let before = '';
let at = 0;

function onKeyDown(event: KeyboardEvent) {
  if (event.defaultPrevented || event.altKey) return;
  const press = pressName(event);
  const combined = press.startsWith('mod+');
  if (!combined) {
    if (typing(event.target) || !preferences().singleKeys) return;
    if (document.querySelector('[aria-modal="true"]')) return;
  }
  if (event.timeStamp - at > sequenceWithin) before = '';
  at = event.timeStamp;
  const names = listeners.flatMap(({ current }) => Object.keys(current));
  const found = match(names, before, press);
  const handler = found ? listeners.findLast(({ current }) => found in current) : undefined;
  before = found && !handler ? found : '';
  if (!found || !handler) return;
  event.preventDefault();
  handler.current[found]?.(event);
}

/**
 * Listens for shortcuts while the component is shown: `mod+k`, `?`, or a sequence such as `g d`.
 * Single keys are silent in fields, in dialogs, and when turned off.
 */
export function useKeys(keys: Record<string, Handler>) {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (listeners.length === 0) window.addEventListener('keydown', onKeyDown);
    listeners.push(latest);
    return () => {
      listeners.splice(listeners.indexOf(latest), 1);
      if (listeners.length === 0) window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
