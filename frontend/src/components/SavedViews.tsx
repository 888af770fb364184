import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Menu } from '@mantine/core';
import { IconBookmark, IconCheck, IconPlus, IconSettings } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { searchOf } from '~/lib/views.ts';
import { useViews } from './useViews.ts';

const ViewsDialog = lazy(async () => ({
  default: (await import('./ViewsDialog.tsx')).ViewsDialog,
}));

const icon = { size: 15, stroke: 1.7 };

/** The viewer's own names for the filters of a page: choose one, save these, put them in order. */
export function SavedViews() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { sponsor } = useSearch({ strict: false });
  const { views, active } = useViews();
  const [dialog, setDialog] = useState<'new' | 'all' | null>(null);
  return (
    <>
      <Menu position="bottom-end" width={240} withinPortal>
        <Menu.Target>
          <Button variant="default" px={11} leftSection={<IconBookmark {...icon} />}>
            <span className="truncate" style={{ maxWidth: 140 }}>
              {active?.name ?? <Trans>Views</Trans>}
            </span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.map((view) => (
            <Menu.Item
              key={view.id}
              fw={view === active ? 650 : undefined}
              leftSection={view === active ? <IconCheck {...icon} /> : <IconBookmark {...icon} />}
              rightSection={view.isDefault && <span className="dimmed">{t`default`}</span>}
              onClick={() => navigate({ to: '.', search: searchOf(view, sponsor) as never })}
            >
              {view.name}
            </Menu.Item>
          ))}
          {views.length > 0 && <Menu.Divider />}
          <Menu.Item leftSection={<IconPlus {...icon} />} onClick={() => setDialog('new')}>
            <Trans>Save these filters…</Trans>
          </Menu.Item>
          {views.length > 0 && (
            <Menu.Item leftSection={<IconSettings {...icon} />} onClick={() => setDialog('all')}>
              <Trans>Change views…</Trans>
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Suspense>
        {dialog && <ViewsDialog fresh={dialog === 'new'} onClose={() => setDialog(null)} />}
      </Suspense>
    </>
  );
}
