import { Trans, useLingui } from '@lingui/react/macro';
import { IconBuildingStore } from '@tabler/icons-react';
import { useQuery } from 'urql';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { Empty, Failure } from '~/components/States.tsx';
import { useViewer } from '~/graphql/viewer.data.ts';
import { PosForm } from './PosForm.tsx';
import classes from './PosPage.module.css';
import { PointsOfSaleQuery } from './pos.data.ts';
import { WatchForm } from './WatchForm.tsx';

/** The parameters of the organisation's points of sale: for operators to read, for admins to set. */
export function PosPage() {
  const { t } = useLingui();
  const { can } = useViewer();
  const [{ data, error }, refresh] = useQuery({
    query: PointsOfSaleQuery,
    requestPolicy: 'cache-and-network',
  });
  return (
    <Page narrow>
      <PageHeader title={t`Points of sale`} />
      {error && !data && <Failure error={error} onRetry={() => refresh()} />}
      {!can.changePointsOfSale && (
        <p className="dimmed">
          <Trans>Admins of the organisation change these parameters.</Trans>
        </p>
      )}
      {data?.pointsOfSale.length === 0 && (
        <Empty
          icon={<IconBuildingStore size={26} stroke={1.5} />}
          title={t`There is no point of sale`}
        />
      )}
      <div className={classes.list}>
        {can.readAlerts && <WatchForm />}
        {data?.pointsOfSale.map((at) => (
          <PosForm key={at.id} at={at} readOnly={!can.changePointsOfSale} />
        ))}
      </div>
    </Page>
  );
}
