import { useLingui } from '@lingui/react/macro';
import { ColumnChart } from '~/components/ColumnChart.tsx';
import { progressParts } from '~/lib/chart.ts';
import { useFormats } from '~/lib/format.ts';
import type { Group } from './DashboardPage.data.ts';

/** How far the tickets of each performance have come (UI-3). */
export function ProgressChart({ groups }: { groups: Group[] }) {
  const { t } = useLingui();
  const format = useFormats();
  const columns = groups.flatMap(({ performance, counts }) =>
    performance
      ? [
          {
            key: performance.id,
            label: format.dayMonth(performance.startsAt, performance.timeZone),
            name: `${performance.name}, ${format.date(performance.startsAt, performance.timeZone)}`,
            values: progressParts(counts),
          },
        ]
      : [],
  );
  return (
    <ColumnChart
      title={t`Progress by performance`}
      of={t`Performance`}
      columns={columns}
      parts={[
        { key: 'controlled', name: t`Controlled`, fill: 'var(--bar-controlled)', pattern: 'dots' },
        { key: 'downloaded', name: t`Downloaded`, fill: 'var(--bar-downloaded)' },
        {
          key: 'distributed',
          name: t`Not fetched yet`,
          fill: 'var(--bar-distributed)',
          pattern: 'lines',
        },
        { key: 'remaining', name: t`Remaining`, fill: 'var(--bar-track)' },
      ]}
    />
  );
}
