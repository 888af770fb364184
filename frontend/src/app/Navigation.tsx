import { useLingui } from '@lingui/react/macro';
import { Tooltip } from '@mantine/core';
import { IconHistory, IconMail, IconTicket } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useViewer } from '~/graphql/viewer.data.ts';
import classes from './Shell.module.css';

interface Item {
  to: LinkProps['to'];
  label: string;
  icon: typeof IconTicket;
  keys: string;
}

/** The pages a viewer may open; which those are, the server says. */
export function useMenu(): { title: string; items: Item[] }[] {
  const { t } = useLingui();
  const { can } = useViewer();
  const portal: Item[] = [];
  const office: Item[] = [];
  if (can.usePortal || can.distribute) {
    portal.push({
      to: '/p/distribute',
      label: t`Distribute tickets`,
      icon: IconTicket,
      keys: 'G D',
    });
  }
  if (can.readAllExecutions) {
    office.push({ to: '/o/executions', label: t`Executions`, icon: IconHistory, keys: 'G E' });
  } else if (can.usePortal) {
    portal.push({ to: '/p/executions', label: t`Executions`, icon: IconHistory, keys: 'G E' });
  }
  if (can.readOutbox) {
    office.push({ to: '/o/outbox', label: t`Outbox`, icon: IconMail, keys: 'G O' });
  }
  return [
    { title: t`Portal`, items: portal },
    { title: t`Back office`, items: office },
  ].filter(({ items }) => items.length > 0);
}

export function Navigation() {
  const { t } = useLingui();
  const menu = useMenu();
  return (
    <nav className={classes.nav} aria-label={t`Main`}>
      {menu.map(({ title, items }) => (
        <section key={title} className={classes.group}>
          <h2>{title}</h2>
          {items.map((item) => (
            <NavigationLink key={item.label} {...item} />
          ))}
        </section>
      ))}
    </nav>
  );
}

function NavigationLink({ to, label, icon: Icon, keys }: Item): ReactNode {
  return (
    <Tooltip label={`${label} (${keys})`} position="right">
      <Link to={to} className={classes.item}>
        <Icon size={18} stroke={1.6} />
        <span>{label}</span>
      </Link>
    </Tooltip>
  );
}
