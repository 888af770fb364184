import { useEffect, useRef } from 'react';
import { preferences } from './preferences.ts';

type Handler = (event: KeyboardEvent) => void;

const sequenceWithin = 1200;

function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
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

/**
 * Listens for shortcuts while the component is shown: `mod+k`, `?`, or a sequence such as `g d`.
 * Single keys are silent in fields, in dialogs that did not ask for them, and when turned off.
 */
export function useKeys(keys: Record<string, Handler>, { inDialog = false } = {}) {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    let before = '';
    let at = 0;
    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.altKey) return;
      const press = pressName(event);
      const combined = press.startsWith('mod+');
      if (!combined && (typing(event.target) || !preferences().singleKeys)) return;
      if (!inDialog && !combined && document.querySelector('[role="dialog"]')) return;
      if (event.timeStamp - at > sequenceWithin) before = '';
      const found = match(Object.keys(latest.current), before, press);
      at = event.timeStamp;
      const handler = found ? latest.current[found] : undefined;
      before = found && !handler ? found : '';
      if (!handler) return;
      event.preventDefault();
      handler(event);
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [inDialog]);
}
