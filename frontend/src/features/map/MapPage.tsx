import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, SegmentedControl } from '@mantine/core';
import { IconMapOff, IconSend } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { AddToCartButton } from '~/components/AddToCartButton.tsx';
import { BulkBar } from '~/components/BulkBar.tsx';
import { DistributeDialog } from '~/components/DistributeDialog.tsx';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { Empty, Failure } from '~/components/States.tsx';
import { useViewer } from '~/graphql/viewer.data.ts';
import { useFormats } from '~/lib/format.ts';
import { useKeys } from '~/lib/keys.ts';
import { MapBody } from './MapBody.tsx';
import classes from './MapPage.module.css';
import { StateChips } from './StateChips.tsx';
import type { Mark } from './states.ts';
import { TakeBackButton } from './TakeBackButton.tsx';
import { useSeatMap } from './useSeatMap.ts';

const route = getRouteApi('/app/p/performances/$performanceId/map');

/** The map of a performance: where the tickets are, and what can be done with them there (SM-1). */
export function MapPage() {
  const { t } = useLingui();
  const format = useFormats();
  const navigate = useNavigate();
  const { performanceId } = route.useParams();
  const { zoneId } = useParams({ strict: false });
  const search = route.useSearch();
  const { can } = useViewer();
  const found = useSeatMap(performanceId, search.sponsor);
  const { map, error, fetching, refresh } = found;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [giving, setGiving] = useState(false);
  useKeys({ ...(can.distribute && chosen.size > 0 && { d: () => setGiving(true) }) });

  function change(part: { show?: Mark; view?: 'list' }) {
    const search = (now: object) => ({ ...now, ...part });
    const to = { search, replace: true };
    if (zoneId) {
      const params = { performanceId, zoneId };
      navigate({ to: '/p/performances/$performanceId/map/$zoneId', params, ...to });
    } else navigate({ to: '/p/performances/$performanceId/map', params: { performanceId }, ...to });
  }
  function choose(ids: string[], on: boolean) {
    setChosen((before) => {
      const next = new Set(before);
      for (const id of ids) {
        if (on) next.add(id);
        else next.delete(id);
      }
      return next;
    });
  }

  if (error && !map) {
    return (
      <Page>
        <PageHeader title={t`Seat map`} />
        <Failure error={error} onRetry={refresh} />
      </Page>
    );
  }
  if (!map && !fetching) return <NoMap />;
  const zone = map?.zones.find(({ id }) => id === zoneId);
  return (
    <Page fixed>
      <PageHeader
        title={map?.performance.name ?? t`Seat map`}
        crumbs={[
          <Link key="all" to="/p/distribute">
            <Trans>Distribute your tickets</Trans>
          </Link>,
          map ? (
            <Link
              key="product"
              to="/p/distribute/$productId"
              params={{ productId: map.product.id }}
            >
              {map.product.name}
            </Link>
          ) : (
            '…'
          ),
          map
            ? `${format.dateTime(map.performance.startsAt, map.performance.timeZone)} · ${map.venueName}`
            : '…',
        ]}
        actions={
          <SegmentedControl
            aria-label={t`View`}
            value={search.view ?? 'map'}
            onChange={(view) => change({ view: view === 'list' ? 'list' : undefined })}
            data={[
              { value: 'map', label: t`Map` },
              { value: 'list', label: t`List view` },
            ]}
          />
        }
      />
      <div className={classes.page}>
        {map && (
          <StateChips
            counts={zone?.counts ?? map.counts}
            show={search.show}
            onShow={(show) => change({ show })}
          />
        )}
        <MapBody
          found={found}
          zone={zone}
          show={search.show}
          list={search.view === 'list'}
          chosen={chosen}
          onChoose={choose}
          performanceId={performanceId}
          sponsorId={search.sponsor}
        />
      </div>
      {chosen.size > 0 && (
        <BulkBar
          onClear={() => setChosen(new Set())}
          summary={
            <strong>
              <Plural value={chosen.size} one="# ticket" other="# tickets" />
            </strong>
          }
        >
          {can.distribute && (
            <Button
              variant="subtle"
              leftSection={<IconSend size={15} />}
              title="D"
              onClick={() => setGiving(true)}
            >
              <Trans>Distribute…</Trans>
            </Button>
          )}
          {can.useCart && (
            <AddToCartButton tickets={[...chosen]} onDone={() => setChosen(new Set())} />
          )}
          {can.distribute && <TakeBackButton tickets={[...chosen]} sponsorId={search.sponsor} />}
        </BulkBar>
      )}
      <DistributeDialog
        tickets={[...chosen]}
        sponsorId={search.sponsor}
        opened={giving}
        onClose={() => setGiving(false)}
      />
    </Page>
  );
}

function NoMap() {
  const { t } = useLingui();
  return (
    <Page>
      <PageHeader title={t`Seat map`} />
      <Empty
        icon={<IconMapOff size={26} stroke={1.5} />}
        title={t`There is no map of this performance`}
        action={
          <Button component={Link} to="/p/distribute">
            <Trans>To your products</Trans>
          </Button>
        }
      >
        <Trans>It has no seats, or you hold no tickets of it.</Trans>
      </Empty>
    </Page>
  );
}
