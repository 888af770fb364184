import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Select, Skeleton } from '@mantine/core';
import { IconTicketOff, IconUsers } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { CountsBar } from '~/components/CountsBar.tsx';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { Empty, Failure, Freshness } from '~/components/States.tsx';
import { SponsorsQuery } from '~/graphql/sponsors.data.ts';
import { useViewer } from '~/graphql/viewer.data.ts';
import { useFormats } from '~/lib/format.ts';
import { useFamilies } from './families.ts';
import { type Held, HeldProductsQuery } from './ProductsPage.data.ts';
import classes from './ProductsPage.module.css';

const route = getRouteApi('/app/p/distribute');

/** *Distribute your tickets*: the products of which the structure holds tickets (DA-1). */
export function ProductsPage() {
  const { t } = useLingui();
  const viewer = useViewer();
  const { sponsor, season } = route.useSearch();
  const navigate = useNavigate();
  const mayList = Boolean(viewer.sponsor ?? sponsor);
  const [{ data, error, fetching, stale }, again] = useQuery({
    query: HeldProductsQuery,
    variables: { sponsorId: sponsor, seasonId: season },
    requestPolicy: 'cache-and-network',
    pause: !mayList,
  });
  if (!mayList) return <SponsorChoice />;
  const seasons = data?.seasons ?? [];
  const actions = (
    <>
      <Freshness
        of={data}
        busy={fetching || stale}
        failed={Boolean(data && error)}
        onRefresh={() => again({ requestPolicy: 'network-only' })}
      />
      {seasons.length > 1 && (
        <Select
          w={150}
          aria-label={t`Season`}
          placeholder={t`All seasons`}
          clearable
          clearButtonProps={{ 'aria-label': t`Clear` }}
          data={seasons.map(({ id, name }) => ({ value: id, label: name }))}
          value={season ?? null}
          onChange={(id) =>
            navigate({ from: '/p/distribute', search: (s) => ({ ...s, season: id ?? undefined }) })
          }
        />
      )}
    </>
  );
  return (
    <Page>
      <PageHeader title={t`Distribute your tickets`} actions={actions} />
      {error && !data && <Failure error={error} onRetry={() => again()} />}
      {!data && !error && <Waiting />}
      {data?.heldProducts.length === 0 && (
        <Empty icon={<IconTicketOff size={26} stroke={1.5} />} title={t`No tickets here yet`}>
          <Trans>As soon as the organiser allots tickets to you, they appear on this page.</Trans>
        </Empty>
      )}
      {data && data.heldProducts.length > 0 && (
        <ul className={classes.list}>
          {data.heldProducts.map((held) => (
            <ProductCard key={held.product.id} held={held} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function ProductCard({ held }: { held: Held }) {
  const { t } = useLingui();
  const format = useFormats();
  const families = useFamilies();
  const { organisation } = useViewer();
  const { product, counts, performanceCount, nextStartsAt } = held;
  return (
    <li className={classes.card}>
      <div className={classes.head}>
        <h2 className="truncate">
          <Link to="/p/distribute/$productId" params={{ productId: product.id }}>
            {product.name}
          </Link>
        </h2>
        <p className="dimmed truncate">
          {[families[product.family], product.season.name].join(' · ')}
        </p>
      </div>
      <div className={classes.share}>
        <strong>{format.percent(counts.distributed, counts.allocated)}</strong>
        <span className="dimmed">
          <Trans>distributed</Trans>
        </span>
      </div>
      <div className={classes.bar}>
        <CountsBar counts={counts} height={8} />
      </div>
      <dl className={classes.numbers}>
        <Count label={t`Allocated`} value={counts.allocated} />
        <Count label={t`Distributed`} value={counts.distributed} swatch="distributed" />
        <Count label={t`Downloaded`} value={counts.downloaded} swatch="downloaded" />
        <Count label={t`Remaining`} value={counts.remaining} swatch="track" />
      </dl>
      <p className={`${classes.foot} dimmed`}>
        {performanceCount === 0 ? (
          <Trans>Not tied to a performance</Trans>
        ) : (
          <span>
            <Plural value={performanceCount} one="# performance" other="# performances" />
          </span>
        )}
        {nextStartsAt && (
          <span>
            <Trans>Next on {format.dateTime(nextStartsAt, organisation?.timeZone)}</Trans>
          </span>
        )}
      </p>
    </li>
  );
}

function Count({ label, value, swatch }: { label: string; value: number; swatch?: string }) {
  const format = useFormats();
  return (
    <div>
      <dt>
        {swatch && <i data-swatch={swatch} />}
        {label}
      </dt>
      <dd>{format.number(value)}</dd>
    </div>
  );
}

function Waiting() {
  const { t } = useLingui();
  return (
    <div role="status" aria-label={t`Loading`} className={classes.list}>
      {[1, 2, 3].map((card) => (
        <div key={card} className={classes.card}>
          <Skeleton h={14} w="60%" />
          <Skeleton h={22} w={64} className={classes.share} />
          <Skeleton h={8} className={classes.bar} />
          <Skeleton h={34} className={classes.numbers} />
        </div>
      ))}
    </div>
  );
}

/** Somebody of the back office first says for whom. */
function SponsorChoice() {
  const { t } = useLingui();
  const [{ data, error }, again] = useQuery({ query: SponsorsQuery, variables: {} });
  return (
    <Page>
      <PageHeader title={t`Distribute tickets for a sponsor`} />
      {error && <Failure error={error} onRetry={() => again()} />}
      {data?.sponsors.edges.length === 0 && (
        <Empty
          icon={<IconUsers size={26} stroke={1.5} />}
          title={t`No sponsor holds tickets yet`}
        />
      )}
      <ul className={classes.sponsors}>
        {data?.sponsors.edges.map(({ node }) => (
          <li key={node.id}>
            <Link to="/p/distribute" search={{ sponsor: node.id }}>
              <strong>{node.name}</strong>
              <span className="dimmed">{node.number}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
