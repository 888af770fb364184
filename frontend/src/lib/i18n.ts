import { i18n, type Messages } from '@lingui/core';
import { preferences, setPreferences } from './preferences.ts';

export const languages = ['en', 'fr', 'de'] as const;
export type LanguageCode = (typeof languages)[number];
export const languageNames: Record<LanguageCode, string> = {
  en: 'English',
  fr: 'Français',
  de: 'Deutsch',
};

const catalogues: Record<LanguageCode, () => Promise<{ messages: Messages }>> = {
  en: () => import('~/locales/en.po'),
  fr: () => import('~/locales/fr.po'),
  de: () => import('~/locales/de.po'),
};

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

export async function speak(language: LanguageCode) {
  const { messages } = await catalogues[language]();
  i18n.loadAndActivate({ locale: language, messages });
  document.documentElement.lang = language;
  setPreferences({ language });
}
