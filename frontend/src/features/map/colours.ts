import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import type { Colours } from './scene.ts';

/** The colours of the map in the scheme shown now. */
export function useColours(): Colours {
  const scheme = useComputedColorScheme('light');
  return useMemo(() => (scheme === 'dark' ? dark : light), [scheme]);
}

/** Told apart by form first; the hues stay apart for the colour-blind too: blue, amber, green-blue. */
export const light: Colours = {
  background: '#ffffff',
  zone: '#f4f6f9',
  zoneOwn: '#eef2ff',
  edge: '#d3dae5',
  other: '#cfd6e0',
  faint: '#a9b4c6',
  remaining: '#384bcb',
  inCart: '#b45309',
  distributed: '#566fec',
  downloaded: '#27337f',
  controlled: '#0b7a5b',
  paper: '#ffffff',
  ink: '#14181f',
  selected: '#fbbf24',
  night: false,
};

export const dark: Colours = {
  background: '#191d25',
  zone: '#1f242e',
  zoneOwn: '#242b45',
  edge: '#333b4a',
  other: '#3a4252',
  faint: '#59647a',
  remaining: '#a5b5fb',
  inCart: '#f5c468',
  distributed: '#7d93f5',
  downloaded: '#c9d4ff',
  controlled: '#35c49a',
  paper: '#12151b',
  ink: '#e4e7ee',
  selected: '#d97706',
  night: true,
};
