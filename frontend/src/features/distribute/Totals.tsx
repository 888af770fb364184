import { useLingui } from '@lingui/react/macro';
import { Skeleton } from '@mantine/core';
import { CountsBar } from '~/components/CountsBar.tsx';
import { useFormats } from '~/lib/format.ts';
import type { TicketSearch } from '~/lib/ticket-search.ts';
import type { Dashboard } from './DashboardPage.data.ts';
import { NumberLink } from './NumberLink.tsx';
import classes from './Totals.module.css';

type Counts = Dashboard['counts'];

interface Props {
  counts: Counts | undefined;
  productId: string;
  search: TicketSearch;
}

/** The whole at a glance: seven numbers over one bar. */
export function Totals({ counts, productId, search }: Props) {
  const { t } = useLingui();
  const format = useFormats();
  const figures: {
    key: keyof Counts;
    label: string;
    narrow?: Pick<TicketSearch, 'show' | 'takeBack'>;
  }[] = [
    { key: 'allocated', label: t`Allocated` },
    { key: 'distributed', label: t`Distributed`, narrow: { show: 'distributed' } },
    { key: 'notFetched', label: t`Not fetched yet`, narrow: { show: 'waiting' } },
    { key: 'downloaded', label: t`Downloaded`, narrow: { show: 'downloaded' } },
    { key: 'controlled', label: t`Controlled`, narrow: { show: 'controlled' } },
    { key: 'remaining', label: t`Remaining`, narrow: { show: 'remaining' } },
    { key: 'takeBackPossible', label: t`Take back possible`, narrow: { takeBack: true } },
  ];
  return (
    <section className={classes.totals} aria-label={t`Totals`}>
      <dl>
        {figures.map(({ key, label, narrow }) => (
          <div key={key}>
            <dt>
              <i data-swatch={key} />
              {label}
            </dt>
            <dd>
              {counts ? (
                <>
                  <NumberLink
                    value={counts[key]}
                    label={label}
                    productId={productId}
                    search={{ ...search, ...narrow }}
                  />
                  {key !== 'allocated' && (
                    <span className={classes.share}>
                      {format.percent(counts[key], counts.allocated)}
                    </span>
                  )}
                </>
              ) : (
                <Skeleton h={24} w={72} my={3} />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {counts ? <CountsBar counts={counts} height={6} /> : <Skeleton h={6} />}
    </section>
  );
}
