import { useLingui } from '@lingui/react/macro';
import { Tooltip } from '@mantine/core';
import {
  IconAddressBook,
  IconApi,
  IconBellRinging,
  IconBuilding,
  IconBuildingStore,
  IconCategory,
  IconHistory,
  IconListSearch,
  IconMail,
  IconShoppingCart,
  IconTemplate,
  IconTicket,
  IconUserSearch,
} from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useViewer } from '~/graphql/viewer.data.ts';
import { OpenAlerts } from './OpenAlerts.tsx';
import classes from './Shell.module.css';

interface Item {
  to: LinkProps['to'];
  label: string;
  icon: typeof IconTicket;
  keys?: string;
  /** The page has a policy of its own, so it is loaded as a page of its own. */
  alone?: boolean;
  /** What stands behind the label, such as how much is to be done there. */
  badge?: () => ReactNode;
}

/** The pages a viewer may open; which those are, the server says. */
export function useMenu(): { title: string; items: Item[] }[] {
  const { t } = useLingui();
  const { can } = useViewer();
  const portal: Item[] = [];
  const office: Item[] = [];
  const tools: Item[] = [];
  if (can.usePortal || can.distribute) {
    portal.push({
      to: '/p/distribute',
      label: t`Distribute tickets`,
      icon: IconTicket,
      keys: 'G D',
    });
  }
  if (can.useCart) {
    portal.push({ to: '/p/cart', label: t`Cart`, icon: IconShoppingCart });
    portal.push({ to: '/p/guests', label: t`Address book`, icon: IconAddressBook });
  }
  if (can.readAllExecutions) {
    office.push({ to: '/o/executions', label: t`Executions`, icon: IconHistory, keys: 'G E' });
  } else if (can.usePortal) {
    portal.push({ to: '/p/executions', label: t`Executions`, icon: IconHistory, keys: 'G E' });
  }
  if (can.readOutbox) {
    office.push({ to: '/o/outbox', label: t`Outbox`, icon: IconMail, keys: 'G O' });
  }
  if (can.readAlerts) {
    office.push({ to: '/o/alerts', label: t`Alerts`, icon: IconBellRinging, badge: OpenAlerts });
  }
  if (can.managePersonalData) {
    office.push({ to: '/o/contacts', label: t`Contacts`, icon: IconUserSearch });
  }
  if (can.readPointsOfSale) {
    office.push({ to: '/o/pos', label: t`Points of sale`, icon: IconBuildingStore });
    office.push({ to: '/o/products', label: t`Products`, icon: IconCategory });
    office.push({ to: '/o/models', label: t`Mail models`, icon: IconTemplate });
  }
  if (can.readOrganisation) {
    office.push({ to: '/o/organisation', label: t`Organisation`, icon: IconBuilding });
  }
  if (can.readAudit) {
    tools.push({ to: '/a/audit', label: t`Audit log`, icon: IconListSearch, keys: 'G A' });
  }
  if (can.usePlayground) {
    tools.push({ to: '/a/graphql', label: t`GraphQL`, icon: IconApi, alone: true });
  }
  return [
    { title: t`Portal`, items: portal },
    { title: t`Back office`, items: office },
    { title: t`Tools`, items: tools },
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

function NavigationLink({ to, label, icon: Icon, keys, alone, badge: Badge }: Item): ReactNode {
  return (
    <Tooltip label={keys ? `${label} (${keys})` : label} position="right">
      <Link to={to} className={classes.item} reloadDocument={alone}>
        <Icon size={18} stroke={1.6} />
        <span>{label}</span>
        {Badge && <Badge />}
      </Link>
    </Tooltip>
  );
}
