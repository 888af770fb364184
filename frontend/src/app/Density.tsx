import { useLayoutEffect } from 'react';
import { usePreferences } from '~/lib/preferences.ts';

/** Tells the style sheets how close rows stand. */
export function Density() {
  const { density } = usePreferences();
  useLayoutEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
  return null;
}
