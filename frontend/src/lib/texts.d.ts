declare module 'virtual:texts' {
  import type { Messages } from '@lingui/core';

  type Loader = () => Promise<{ messages: Messages }>;
  /** By area (a feature, or "shared") and language; written by vite/texts.ts. */
  export const texts: Partial<Record<string, Record<'en' | 'fr' | 'de', Loader>>>;
}
