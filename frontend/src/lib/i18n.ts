import { texts } from 'virtual:texts';
import { i18n } from '@lingui/core';
import { preferences, setPreferences } from './preferences.ts';

export const languages = ['en', 'fr', 'de'] as const;
export type LanguageCode = (typeof languages)[number];
export const languageNames: Record<LanguageCode, string> = {
  en: 'English',
  fr: 'Français',
  de: 'Deutsch',
};

/** What is said by more than one feature, then a feature's own once a page of it was opened. */
const areas = new Set(['shared']);
const fetched = new Map<string, Promise<void>>();
let wanted: LanguageCode | undefined;

export function isLanguage(code: string | null | undefined): code is LanguageCode {
  return languages.some((language) => language === code);
}

/** The language chosen here before, else the browser's, else English. */
export function firstLanguage(): LanguageCode {
  const chosen = preferences().language;
  if (isLanguage(chosen)) return chosen;
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find(isLanguage) ?? 'en';
}

function fetchTexts(language: LanguageCode, area: string): Promise<void> {
  const key = `${language}/${area}`;
  const known = fetched.get(key);
  if (known) return known;
  const coming = (async () => {
    const loaded = await texts[area]?.[language]();
    if (loaded) i18n.load(language, loaded.messages);
  })();
  fetched.set(key, coming);
  // A connection that broke is tried again with the next page.
  coming.catch(() => fetched.delete(key));
  return coming;
}

export async function speak(language: LanguageCode) {
  wanted = language;
  await Promise.all([...areas].map((area) => fetchTexts(language, area)));
  i18n.activate(language);
  document.documentElement.lang = language;
  setPreferences({ language });
}

/** Brings a page of a feature together with the feature's texts. */
export function withTexts<Page>(area: string, load: () => Promise<Page>): () => Promise<Page> {
  return async () => {
    areas.add(area);
    // Another language may be on its way: whichever is spoken when the page opens has its texts.
    const spoken = new Set([i18n.locale, wanted].filter(isLanguage));
    const [page] = await Promise.all([
      load(),
      ...[...spoken].map((language) => fetchTexts(language, area)),
    ]);
    return page;
  };
}
