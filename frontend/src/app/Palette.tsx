import { useLingui } from '@lingui/react/macro';
import { useMantineColorScheme } from '@mantine/core';
import { createSpotlight, Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import {
  IconArrowsVertical,
  IconBookmark,
  IconBraces,
  IconHistory,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSettings,
  IconSun,
  IconTicket,
  IconUpload,
} from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useQuery } from 'urql';
import { copyNext } from '~/graphql/copying.ts';
import { useSpeak } from '~/graphql/preferences.data.ts';
import { useViewer } from '~/graphql/viewer.data.ts';
import { languageNames, languages } from '~/lib/i18n.ts';
import { preferences, setPreferences } from '~/lib/preferences.ts';
import { searchOf } from '~/lib/views.ts';
import { useMenu } from './Navigation.tsx';
import { PaletteExecutionsQuery, PaletteProductsQuery } from './Palette.data.ts';
import { useSignOut } from './TopBar.tsx';

const [store, palette] = createSpotlight();

export { palette };

const icon = { size: 17, stroke: 1.6 };

/** Everything by name: pages, products, executions, commands (Ctrl+K). */
export function Palette({ onKeys }: { onKeys: () => void }) {
  const { t } = useLingui();
  // The first opening is what brought this component here.
  const [opened, setOpened] = useState(true);
  const groups = [usePages(), useSavedViews(), ...useRecords(opened), useCommands(onKeys)];
  return (
    <Spotlight
      store={store}
      shortcut={null}
      actions={groups.filter(({ actions }) => actions.length > 0)}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setOpened(false)}
      scrollable
      maxHeight={420}
      lockScroll={false}
      scrollAreaProps={{
        viewportProps: { tabIndex: 0, role: 'region', 'aria-label': t`Results` },
      }}
      highlightQuery
      nothingFound={t`Nothing by that name`}
      searchProps={{
        leftSection: <IconSearch {...icon} />,
        placeholder: t`Search pages, products, executions and commands`,
        'aria-label': t`Search`,
        size: 'md',
      }}
    />
  );
}

function usePages(): SpotlightActionGroupData {
  const { t } = useLingui();
  const navigate = useNavigate();
  const menu = useMenu();
  const pages = menu.flatMap(({ items }) =>
    items.map(({ to, label, icon: Icon, alone }) => ({
      id: `page:${to}`,
      label,
      leftSection: <Icon {...icon} />,
      onClick: () => void navigate({ to, reloadDocument: alone }),
    })),
  );
  const me = {
    id: 'page:/me',
    label: t`Account and settings`,
    leftSection: <IconSettings {...icon} />,
    onClick: () => void navigate({ to: '/me' }),
  };
  return { group: t`Pages`, actions: [...pages, me] };
}

function useSavedViews(): SpotlightActionGroupData {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { savedViews } = useViewer();
  const { sponsor } = useSearch({ strict: false });
  const menu = useMenu();
  const pages = new Map(menu.flatMap(({ items }) => items.map(({ to, label }) => [to, label])));
  const pageOf = (path: string) =>
    pages.get(path as '/') ?? (path.endsWith('/tickets') ? t`Tickets` : t`Ticketing dashboard`);
  return {
    group: t`Views`,
    actions: savedViews.map((view) => ({
      id: `view:${view.id}`,
      label: view.name,
      description: pageOf(view.path),
      leftSection: <IconBookmark {...icon} />,
      onClick: () =>
        void navigate({ to: view.path as '/', search: searchOf(view, sponsor) as never }),
    })),
  };
}

function useRecords(opened: boolean): SpotlightActionGroupData[] {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { can, sponsor: own } = useViewer();
  const { sponsor } = useSearch({ strict: false });
  const [{ data: held }] = useQuery({
    query: PaletteProductsQuery,
    variables: { sponsorId: sponsor },
    pause: !opened || !(own || sponsor),
  });
  const [{ data: recent }] = useQuery({ query: PaletteExecutionsQuery, pause: !opened });
  const products = (held?.heldProducts ?? []).flatMap(({ product: { id, name, season } }) => [
    {
      id: `product:${id}`,
      label: name,
      description: season.name,
      leftSection: <IconTicket {...icon} />,
      onClick: () => void navigate({ to: '/p/distribute/$productId', params: { productId: id } }),
    },
    ...(can.importTicketDetails
      ? [
          {
            id: `import:${id}`,
            label: t`Import ticket details: ${name}`,
            leftSection: <IconUpload {...icon} />,
            onClick: () =>
              void navigate({ to: '/p/distribute/$productId/import', params: { productId: id } }),
          },
        ]
      : []),
  ]);
  const runs = (recent?.executions.edges ?? []).map(({ node: { id, number, fileName } }) => ({
    id: `execution:${id}`,
    label: t`Execution ${number}`,
    description: fileName ?? undefined,
    leftSection: <IconHistory {...icon} />,
    onClick: () =>
      void navigate({
        to: can.readAllExecutions ? '/o/executions/$executionId' : '/p/executions/$executionId',
        params: { executionId: id },
      }),
  }));
  return [
    { group: t`Products`, actions: products },
    { group: t`Executions`, actions: runs },
  ];
}

function useCommands(onKeys: () => void): SpotlightActionGroupData {
  const { t } = useLingui();
  const speak = useSpeak();
  const signOut = useSignOut();
  const { setColorScheme } = useMantineColorScheme();
  const denser = () =>
    setPreferences({ density: preferences().density === 'dense' ? 'comfortable' : 'dense' });
  const command = (
    id: string,
    label: string,
    Icon: typeof IconMoon,
    onClick: () => void,
    keywords?: string,
  ) => ({ id, label, keywords, leftSection: <Icon {...icon} />, onClick });
  return {
    group: t`Commands`,
    actions: [
      command('dark', t`Dark colours`, IconMoon, () => setColorScheme('dark')),
      command('light', t`Light colours`, IconSun, () => setColorScheme('light')),
      command('density', t`Rows closer or further apart`, IconArrowsVertical, denser),
      ...languages.map((code) =>
        command(`speak:${code}`, languageNames[code], IconLanguage, () => void speak(code), code),
      ),
      command('copy', t`Copy the next action as GraphQL`, IconBraces, copyNext),
      command('keys', t`Keyboard shortcuts`, IconKeyboard, onKeys),
      command('out', t`Sign out`, IconLogout, () => void signOut()),
    ],
  };
}
