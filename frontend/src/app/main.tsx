import './styles.ts';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider as GraphQLProvider } from 'urql';
import { createClient } from '~/graphql/client.ts';
import { firstLanguage, speak } from '~/lib/i18n.ts';
import { Density } from './Density.tsx';
import { createAppRouter, signInAgain } from './router.tsx';
import { theme } from './theme.ts';

const schemes = localStorageColorSchemeManager({ key: 'gradin.scheme' });
const client = createClient({ onSignedOut: () => signInAgain(router) });
const router = createAppRouter(client);

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');

speak(firstLanguage()).then(() =>
  createRoot(root).render(
    <StrictMode>
      <I18nProvider i18n={i18n}>
        <MantineProvider
          theme={theme}
          defaultColorScheme="auto"
          colorSchemeManager={schemes}
          withCssVariables={false}
          withGlobalClasses={false}
        >
          <Density />
          <GraphQLProvider value={client}>
            <RouterProvider router={router} />
          </GraphQLProvider>
        </MantineProvider>
      </I18nProvider>
    </StrictMode>,
  ),
);
