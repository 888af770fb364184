import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Button, SegmentedControl } from '@mantine/core';
import { IconSend, IconShoppingCart, IconUser } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { CopyAsGraphQL } from '~/components/CopyAsGraphQL.tsx';
import { Notice } from '~/components/Notice.tsx';
import { Page } from '~/components/Page.tsx';
import { PageHeader } from '~/components/PageHeader.tsx';
import { Empty, Failure, Freshness } from '~/components/States.tsx';
import { usePages } from '~/lib/pages.ts';
import classes from './Cart.module.css';
import { CartGuests } from './CartGuests.tsx';
import { CartLines } from './CartLines.tsx';
import { CartSelection } from './CartSelection.tsx';
import { Colleagues } from './Colleagues.tsx';
import { CartQuery } from './cart.data.ts';
import { GuestsDialog } from './GuestsDialog.tsx';
import { type Assigned, useCart } from './useCart.ts';

const route = getRouteApi('/app/p/cart');

/** A distribution prepared over days: whom each ticket is for, and then all or some at once (CA-1). */
export function CartPage() {
  const { t } = useLingui();
  const { owner, view } = route.useSearch();
  const userId = owner ?? null;
  const pages = usePages(CartQuery, { userId, first: 80 }, (data) => data.cart.lines.pageInfo);
  const cart = pages.data?.cart;
  const lines = cart?.lines.edges.map(({ node }) => node) ?? [];
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [giving, setGiving] = useState(false);
  const change = useCart(userId, () => {
    setChosen(new Set());
    setGiving(false);
    pages.refresh();
  });
  const selected = lines.filter(({ id }) => chosen.has(id));
  const open = lines.filter(({ guest, toMe }) => !guest && !toMe);

  function choose(keys: string[], on: boolean) {
    const next = new Set(chosen);
    for (const key of keys) on ? next.add(key) : next.delete(key);
    setChosen(next);
  }
  async function give(guests: Assigned[], each: number, keep: boolean) {
    const [only] = guests;
    const named = only?.firstName && only.lastName;
    const entryId = keep && only && named && (await change.keep({ ...only, fields: [] }));
    const all = entryId && only ? [{ ...only, entryId }] : guests;
    await change.give([...chosen], all, each);
  }
  return (
    <Page fixed>
      <PageHeader
        title={t`Distribution cart`}
        actions={
          <>
            <Freshness
              of={pages.data}
              busy={pages.busy}
              failed={Boolean(pages.data && pages.error)}
              onRefresh={pages.refresh}
            />
            {cart && cart.readyCount > 0 && <CopyAsGraphQL action={() => change.check({})} />}
            {cart && cart.readyCount > 0 && (
              <Button
                leftSection={<IconSend size={16} />}
                loading={change.busy}
                onClick={() => change.check({})}
              >
                <Plural value={cart.readyCount} one="Check # ticket" other="Check all # tickets" />
              </Button>
            )}
          </>
        }
      />
      {cart && !cart.mine && (
        <Notice tone="warn" icon={<IconUser size={17} stroke={1.7} />}>
          <Trans>
            This is the cart of {cart.ownerName}. What you do here is recorded as yours.
          </Trans>
        </Notice>
      )}
      <div className={classes.bar}>
        <Colleagues owner={userId} />
        {cart && cart.lineCount > 0 && <Stand {...cart} />}
        {open.length > 0 && view !== 'guests' && (
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => setChosen(new Set(open.map(({ id }) => id)))}
          >
            <Plural
              value={open.length}
              one="Select the one without a guest"
              other="Select the # without a guest"
            />
          </Button>
        )}
        {cart && cart.lineCount > 0 && <View view={view} />}
      </div>
      {pages.error && !pages.data ? (
        <Failure error={pages.error} onRetry={pages.refresh} />
      ) : view === 'guests' && cart?.lineCount !== 0 ? (
        <CartGuests userId={userId} busy={change.busy} onCheck={change.check} />
      ) : (
        <CartLines
          lines={lines}
          total={cart?.lineCount}
          loading={pages.loading}
          more={pages.more}
          selection={{ keys: chosen, onChange: choose }}
          empty={<Nothing />}
        />
      )}
      {selected.length > 0 && view !== 'guests' && (
        <CartSelection
          lines={selected}
          change={change}
          onClear={() => setChosen(new Set())}
          onGive={() => setGiving(true)}
        />
      )}
      {giving && (
        <GuestsDialog
          lines={selected}
          busy={change.busy}
          onClose={() => setGiving(false)}
          onGive={give}
        />
      )}
    </Page>
  );
}

function Nothing() {
  const { t } = useLingui();
  return (
    <Empty
      icon={<IconShoppingCart size={26} stroke={1.5} />}
      title={t`The cart is empty`}
      action={
        <Button component={Link} to="/p/distribute">
          <Trans>Choose tickets</Trans>
        </Button>
      }
    >
      <Trans>
        Put tickets into it from the dashboard, the list or the map. They stay yours until you send
        them.
      </Trans>
    </Empty>
  );
}

/** How far the cart is prepared. */
function Stand(cart: { lineCount: number; readyCount: number; guestCount: number }) {
  const { lineCount, readyCount, guestCount } = cart;
  return (
    <p role="status">
      <Plural value={lineCount} one="# ticket" other="# tickets" />
      <span className="dimmed">
        {' · '}
        <Plural value={readyCount} _0="none ready yet" one="# ready" other="# ready" />
        {guestCount > 0 && (
          <>
            {' · '}
            <Plural value={guestCount} one="for # guest" other="for # guests" />
          </>
        )}
      </span>
    </p>
  );
}

function View({ view }: { view: 'guests' | undefined }) {
  const { t } = useLingui();
  const navigate = useNavigate({ from: '/p/cart' });
  return (
    <SegmentedControl
      className={classes.end}
      aria-label={t`Order`}
      value={view ?? 'tickets'}
      onChange={(to) =>
        navigate({
          search: (now) => ({ ...now, view: to === 'guests' ? 'guests' : undefined }),
          replace: true,
        })
      }
      data={[
        { value: 'tickets', label: t`By ticket` },
        { value: 'guests', label: t`By guest` },
      ]}
    />
  );
}
