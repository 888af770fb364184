import { useMutation } from 'urql';
import { isLanguage, type LanguageCode, speak } from '~/lib/i18n.ts';
import { graphql } from './graphql.ts';

export const UpdatePreferencesMutation = graphql(`
  mutation UpdatePreferences($input: UpdatePreferencesInput!) {
    updatePreferences(input: $input) {
      user { id name language }
      userErrors { code message path }
    }
  }
`);

const codes = { en: 'EN', fr: 'FR', de: 'DE' } as const;

/** Speaks another language here and now, and lets the server write to the user in it too. */
export function useSpeak() {
  const [, update] = useMutation(UpdatePreferencesMutation);
  return async (code: string) => {
    if (!isLanguage(code)) return;
    await speak(code satisfies LanguageCode);
    await update({ input: { language: codes[code] } });
  };
}
