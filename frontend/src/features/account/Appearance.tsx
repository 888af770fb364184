import { useLingui } from '@lingui/react/macro';
import { SegmentedControl, Switch, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSpeak } from '~/graphql/preferences.data.ts';
import { languageNames, languages } from '~/lib/i18n.ts';
import { type Density, setPreferences, usePreferences } from '~/lib/preferences.ts';
import classes from './AccountPage.module.css';
import { Section } from './Section.tsx';

/** How the application looks and speaks on this device. */
export function Appearance() {
  const { t, i18n } = useLingui();
  const speak = useSpeak();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { density, singleKeys } = usePreferences();
  return (
    <Section title={t`Appearance`}>
      <Setting label={t`Language`}>
        <SegmentedControl
          aria-label={t`Language`}
          value={i18n.locale}
          onChange={(code) => void speak(code)}
          data={languages.map((code) => ({ value: code, label: languageNames[code] }))}
        />
      </Setting>
      <Setting label={t`Colours`}>
        <SegmentedControl
          aria-label={t`Colours`}
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as typeof colorScheme)}
          data={[
            { value: 'light', label: t`Light` },
            { value: 'dark', label: t`Dark` },
            { value: 'auto', label: t`As the system` },
          ]}
        />
      </Setting>
      <Setting label={t`Rows`}>
        <SegmentedControl
          aria-label={t`Rows`}
          value={density}
          onChange={(value) => setPreferences({ density: value as Density })}
          data={[
            { value: 'dense', label: t`Dense` },
            { value: 'comfortable', label: t`Comfortable` },
          ]}
        />
      </Setting>
      <Setting label={t`Shortcuts of a single key`}>
        <Switch
          aria-label={t`Shortcuts of a single key`}
          checked={singleKeys}
          onChange={({ currentTarget }) => setPreferences({ singleKeys: currentTarget.checked })}
        />
      </Setting>
    </Section>
  );
}

function Setting({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.setting}>
      <span>{label}</span>
      <div>{children}</div>
    </div>
  );
}
