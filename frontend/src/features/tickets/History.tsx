import { Trans, useLingui } from '@lingui/react/macro';
import { useFormats } from '~/lib/format.ts';
import type { HistoryEntry } from './TicketDrawer.data.ts';
import classes from './TicketDrawer.module.css';
import { useHistoryValue } from './ticket-words.ts';

/** All that happened to a ticket, the newest on top. */
export function History({ entries }: { entries: HistoryEntry[] }) {
  const format = useFormats();
  const words = useHistoryWords();
  const ways = useWays();
  const value = useHistoryValue();
  return (
    <ol className={classes.history}>
      {entries.toReversed().map((entry) => {
        const { at, event, via, actor, executionNumber } = entry;
        const from = entry.from && value(entry.from);
        const to = entry.to && value(entry.to);
        const by = [ways[via], actor].filter(Boolean).join(' · ');
        return (
          <li key={`${at}${event}${to}`}>
            <p>
              <strong>{words[event]}</strong>
              {from && to ? (
                <span className="dimmed">
                  {' '}
                  {from} → {to}
                </span>
              ) : (
                to && <span className="dimmed"> {to}</span>
              )}
            </p>
            <time dateTime={at}>
              {format.dateTime(at)} · {by}
              {executionNumber && (
                <>
                  {' · '}
                  <Trans>execution {executionNumber}</Trans>
                </>
              )}
            </time>
          </li>
        );
      })}
    </ol>
  );
}

function useHistoryWords(): Record<HistoryEntry['event'], string> {
  const { t } = useLingui();
  return {
    CREATED: t`Made`,
    DISTRIBUTED: t({ message: 'Distributed', context: 'one ticket' }),
    REDISTRIBUTED: t`Passed to another guest`,
    TAKEN_BACK: t`Taken back`,
    STATE_CHANGED: t`State`,
    LOCATION_CHANGED: t`Whereabouts`,
    BARCODE_CHANGED: t`New barcode`,
    PASS_ON_PENDING: t`Offered to somebody else`,
    PASSED_ON: t`Passed on`,
    PASS_ON_CANCELLED: t`Not passed on`,
  };
}

function useWays(): Record<HistoryEntry['via'], string> {
  const { t } = useLingui();
  return {
    PORTAL: t`by hand`,
    CART: t`through the cart`,
    MAP: t`on the seat map`,
    FILE: t`by file`,
    SCHEDULE: t`by schedule`,
    API: t`through the API`,
    RESELLER: t`by a reseller`,
    RECIPIENT: t`by the guest`,
    MAIL: t`by mail`,
    ACCESS_CONTROL: t`at the gate`,
    SYSTEM: t`by the system`,
  };
}
