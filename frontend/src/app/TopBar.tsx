import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Kbd, Menu, Tooltip, useMantineColorScheme } from '@mantine/core';
import {
  IconDeviceDesktop,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSettings,
  IconSun,
} from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useClient } from 'urql';
import { Mark } from '~/components/Mark.tsx';
import { useSpeak } from '~/graphql/preferences.data.ts';
import { useViewer } from '~/graphql/viewer.data.ts';
import { languageNames, languages } from '~/lib/i18n.ts';
import classes from './Shell.module.css';
import { SignOutMutation } from './SignOut.data.ts';

const SponsorPicker = lazy(async () => ({
  default: (await import('./SponsorPicker.tsx')).SponsorPicker,
}));

interface Props {
  onKeys: () => void;
  onSearch: () => void;
}

export function TopBar({ onKeys, onSearch }: Props) {
  const viewer = useViewer();
  const { t } = useLingui();
  const where = viewer.sponsor?.name ?? viewer.organisation?.name;
  return (
    <header className={classes.bar}>
      <div className={classes.brand}>
        <Link to="/">
          <Mark />
          Gradin
        </Link>
        {where && <span className={`${classes.where} truncate`}>{where}</span>}
        {!viewer.sponsor && viewer.can.distribute && (
          <Suspense>
            <SponsorPicker />
          </Suspense>
        )}
      </div>
      <button type="button" className={classes.search} onClick={onSearch}>
        <IconSearch size={15} stroke={1.8} />
        <span className="truncate">
          <Trans>Search or run a command</Trans>
        </span>
        <Kbd size="xs">Ctrl K</Kbd>
      </button>
      <div className={classes.tools}>
        <Tooltip label={`${t`Keyboard`} (?)`}>
          <ActionIcon onClick={onKeys} aria-label={t`Keyboard`}>
            <IconKeyboard size={18} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <LanguageMenu />
        <SchemeMenu />
        <UserMenu />
      </div>
    </header>
  );
}

function LanguageMenu() {
  const { t, i18n } = useLingui();
  const speak = useSpeak();
  return (
    <Menu position="bottom-end" width={150}>
      <Menu.Target>
        <ActionIcon aria-label={t`Language`} title={t`Language`}>
          <IconLanguage size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.map((code) => (
          <Menu.Item
            key={code}
            lang={code}
            fw={code === i18n.locale ? 650 : undefined}
            onClick={() => speak(code)}
          >
            {languageNames[code]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function SchemeMenu() {
  const { t } = useLingui();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const options = [
    { value: 'light', label: t`Light`, icon: IconSun },
    { value: 'dark', label: t`Dark`, icon: IconMoon },
    { value: 'auto', label: t`As the system`, icon: IconDeviceDesktop },
  ] as const;
  const Current = options.find(({ value }) => value === colorScheme)?.icon ?? IconDeviceDesktop;
  return (
    <Menu position="bottom-end" width={170}>
      <Menu.Target>
        <ActionIcon aria-label={t`Colours`} title={t`Colours`}>
          <Current size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {options.map(({ value, label, icon: Icon }) => (
          <Menu.Item
            key={value}
            leftSection={<Icon size={16} stroke={1.6} />}
            fw={value === colorScheme ? 650 : undefined}
            onClick={() => setColorScheme(value)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function UserMenu() {
  const { user } = useViewer();
  const { t } = useLingui();
  const signOut = useSignOut();
  const initials = user.name
    .split(/\s+/)
    .map((word) => word[0])
    .join('')
    .slice(0, 2);
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <button type="button" className={classes.user} aria-label={t`Account of ${user.name}`}>
          <span className={classes.initials}>{initials}</span>
          <span className={`${classes.userName} nowrap`}>{user.name}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        <Menu.Item component={Link} to="/me" leftSection={<IconSettings size={16} stroke={1.6} />}>
          <Trans>Account and settings</Trans>
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={16} stroke={1.6} />} onClick={signOut}>
          <Trans>Sign out</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Ends the session and forgets everything that was shown in it. */
export function useSignOut() {
  const client = useClient();
  return async () => {
    await client.mutation(SignOutMutation, {}).toPromise();
    window.location.assign('/login');
  };
}
