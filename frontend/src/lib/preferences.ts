import { useSyncExternalStore } from 'react';

export type Density = 'dense' | 'comfortable';

/** What a person chose on this device; the language is kept by the server as well. */
export interface Preferences {
  density: Density;
  /** Shortcuts of a single key can be turned off (WCAG 2.1.4). */
  singleKeys: boolean;
  language: string | null;
}

const key = 'gradin.preferences';
const standard: Preferences = { density: 'dense', singleKeys: true, language: null };
const listeners = new Set<() => void>();
let current: Preferences = read();

function read(): Preferences {
  try {
    return { ...standard, ...JSON.parse(localStorage.getItem(key) ?? '{}') };
  } catch {
    return standard;
  }
}

export function preferences(): Preferences {
  return current;
}

export function setPreferences(change: Partial<Preferences>) {
  current = { ...current, ...change };
  try {
    localStorage.setItem(key, JSON.stringify(current));
  } catch {
    // A browser without storage forgets the choice at the next visit, no more.
  }
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}
