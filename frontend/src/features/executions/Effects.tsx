import { Plural, Trans, useLingui } from '@lingui/react/macro';
import {
  IconArrowBackUp,
  IconBan,
  IconMail,
  IconQrcodeOff,
  IconSettings,
  type IconTicket,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useFormats } from '~/lib/format.ts';
import classes from './ExecutionView.module.css';
import type { Execution } from './execution.data.ts';
import { takesBack, useReasons } from './words.ts';

/** What a plan would do to those who have tickets now, in exact numbers, before it does (TB-8, DI-9). */
export function Effects({ execution }: { execution: Execution }) {
  const { totals, replaced, sponsor, pointOfSale } = execution;
  const back = takesBack(execution);
  if (!back && totals.takeBack + totals.redistribute === 0) return null;
  const to = sponsor?.name;
  return (
    <ul className={classes.effects}>
      {totals.takeBack > 0 && (
        <Effect icon={IconArrowBackUp}>
          {to ? (
            <Plural
              value={totals.takeBack}
              one={`# ticket comes back to ${to}.`}
              other={`# tickets come back to ${to}.`}
            />
          ) : (
            <Plural
              value={totals.takeBack}
              one="# ticket comes back to its owner."
              other="# tickets come back to their owners."
            />
          )}
        </Effect>
      )}
      {(replaced ?? 0) > 0 && (
        <Effect icon={IconQrcodeOff}>
          <Plural
            value={replaced ?? 0}
            one="# of them was sent or downloaded: its code dies at once, and a new ticket takes its place."
            other="# of them were sent or downloaded: their codes die at once, and new tickets take their place."
          />
        </Effect>
      )}
      <Effect icon={IconMail}>
        {totals.notices > 0 ? (
          <Plural
            value={totals.notices}
            one="# person loses tickets and is told by mail."
            other="# people lose tickets and are told by mail."
          />
        ) : (
          <Trans>Nobody who loses a ticket is told by mail.</Trans>
        )}
      </Effect>
      {back && <Staying execution={execution} />}
      {back && pointOfSale && <Setting at={pointOfSale} />}
    </ul>
  );
}

function Effect({ icon: Icon, children }: { icon: typeof IconTicket; children: ReactNode }) {
  return (
    <li>
      <Icon size={17} stroke={1.7} />
      <span>{children}</span>
    </li>
  );
}

/** What does not come back, and why; the rows below say it one by one. */
function Staying({ execution }: { execution: Execution }) {
  const format = useFormats();
  const words = useReasons(execution);
  const { totals, reasons } = execution;
  if (totals.refused === 0) return null;
  return (
    <Effect icon={IconBan}>
      <Plural
        value={totals.refused}
        one="# ticket does not come back:"
        other="# tickets do not come back:"
      />{' '}
      {reasons.map(({ reason, count }) => `${words[reason]} ${format.number(count)}`).join(' · ')}
    </Effect>
  );
}

function Setting({ at }: { at: NonNullable<Execution['pointOfSale']> }) {
  const { t } = useLingui();
  const fetched = {
    OFF: t`sent tickets may be taken back, downloaded ones may not`,
    RELAY: t`sent tickets may be taken back, downloaded ones by relays`,
    RELAY_AND_PUBLIC: t`sent and downloaded tickets may be taken back`,
  };
  const words = at.allowTakeBackInjected
    ? fetched[at.takeBackDownloaded]
    : t`only tickets that were never sent may be taken back`;
  return (
    <Effect icon={IconSettings}>
      <span className="dimmed">
        <Trans>
          Setting of {at.name}: {words}.
        </Trans>
      </span>
    </Effect>
  );
}
