import { useLingui } from '@lingui/react/macro';
import { useQuery } from 'urql';
import { ColumnChart } from '~/components/ColumnChart.tsx';
import { useViewer } from '~/graphql/viewer.data.ts';
import { useFormats } from '~/lib/format.ts';
import { TakeBacksQuery } from './alerts.data.ts';

/** How many tickets came back in each of the last weeks (UI-3); nothing where none did. */
export function TakeBacksChart() {
  const { t } = useLingui();
  const format = useFormats();
  const { organisation } = useViewer();
  const [{ data }] = useQuery({ query: TakeBacksQuery, requestPolicy: 'cache-and-network' });
  const weeks = data?.takeBacksByWeek ?? [];
  if (weeks.every(({ takenBack }) => takenBack === 0)) return null;
  const zone = organisation?.timeZone;
  return (
    <ColumnChart
      title={t`Tickets taken back by week`}
      of={t`Week from`}
      columns={weeks.map(({ from, takenBack, byOrganiser }) => ({
        key: from,
        label: format.dayMonth(from, zone),
        name: format.date(from, zone),
        values: { sponsors: takenBack - byOrganiser, organiser: byOrganiser },
      }))}
      parts={[
        { key: 'sponsors', name: t`By sponsors`, fill: 'var(--bar-downloaded)' },
        {
          key: 'organiser',
          name: t`By the organiser`,
          fill: 'var(--bar-distributed)',
          pattern: 'lines',
        },
      ]}
    />
  );
}
