import { useLingui } from '@lingui/react/macro';
import { Skeleton } from '@mantine/core';
import { CountsBar } from '~/components/CountsBar.tsx';
import type { Counts } from '~/components/counts.data.ts';
import { useFormats } from '~/lib/format.ts';
import type { Show, TicketSearch } from '~/lib/ticket-search.ts';
import { NumberLink } from './NumberLink.tsx';
import classes from './Totals.module.css';

interface Props {
  counts: Counts | undefined;
  productId: string;
  search: TicketSearch;
}

/** The whole at a glance: five numbers over one bar. */
export function Totals({ counts, productId, search }: Props) {
  const { t } = useLingui();
  const format = useFormats();
  const figures: { key: keyof Counts; label: string; show?: Show }[] = [
    { key: 'allocated', label: t`Allocated`, show: undefined },
    { key: 'distributed', label: t`Distributed`, show: 'distributed' },
    { key: 'downloaded', label: t`Downloaded`, show: 'downloaded' },
    { key: 'controlled', label: t`Controlled`, show: 'controlled' },
    { key: 'remaining', label: t`Remaining`, show: 'remaining' },
  ];
  return (
    <section className={classes.totals} aria-label={t`Totals`}>
      <dl>
        {figures.map(({ key, label, show }) => (
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
                    search={{ ...search, show: show ?? search.show }}
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
