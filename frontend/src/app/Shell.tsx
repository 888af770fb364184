import { Trans } from '@lingui/react/macro';
import { Notifications } from '@mantine/notifications';
import { Outlet, useMatches, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { Forbidden } from '~/components/Dead.tsx';
import { copyNext } from '~/graphql/copying.ts';
import { useViewer } from '~/graphql/viewer.data.ts';
import { useKeys } from '~/lib/keys.ts';
import { CopyNext } from './CopyNext.tsx';
import { Navigation } from './Navigation.tsx';
import classes from './Shell.module.css';
import { TopBar } from './TopBar.tsx';

// Fetched when first asked for; the first page is there sooner without them.
const loadPalette = () => import('./Palette.tsx');
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));
const KeySheet = lazy(async () => ({ default: (await import('./KeySheet.tsx')).KeySheet }));

/** The frame around every page of somebody who is signed in. */
export function Shell() {
  const viewer = useViewer();
  const navigate = useNavigate();
  const [sheet, setSheet] = useState<boolean | null>(null);
  const [searched, setSearched] = useState(false);
  const openKeys = () => setSheet(true);
  const openPalette = async () => {
    const { palette } = await loadPalette();
    setSearched(true);
    palette.open();
  };
  const permitted = useMatches().every(({ staticData }) => staticData.permit?.(viewer) ?? true);
  const office = viewer.can.readAllExecutions;
  useKeys({
    'mod+k': openPalette,
    '?': openKeys,
    c: copyNext,
    'g d': () => navigate({ to: '/p/distribute' }),
    'g e': () => navigate({ to: office ? '/o/executions' : '/p/executions' }),
    ...(viewer.can.readOutbox && { 'g o': () => navigate({ to: '/o/outbox' }) }),
    ...(viewer.can.readAudit && { 'g a': () => navigate({ to: '/a/audit' }) }),
    'g m': () => navigate({ to: '/me' }),
  });
  return (
    <div className={classes.shell}>
      <Notifications position="bottom-right" limit={4} />
      <a className="skip" href="#main">
        <Trans>Skip to the content</Trans>
      </a>
      <TopBar onKeys={openKeys} onSearch={openPalette} />
      <Navigation />
      <main id="main" className={classes.main} tabIndex={-1}>
        {permitted ? <Outlet /> : <Forbidden />}
      </main>
      <CopyNext />
      <Suspense>
        {searched && <Palette onKeys={openKeys} />}
        {sheet !== null && <KeySheet opened={sheet} onClose={() => setSheet(false)} />}
      </Suspense>
    </div>
  );
}
