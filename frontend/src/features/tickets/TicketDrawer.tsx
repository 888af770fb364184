import { Trans, useLingui } from '@lingui/react/macro';
import { Drawer, Skeleton } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { AddToCartButton } from '~/components/AddToCartButton.tsx';
import { CancelRemoval } from '~/components/CancelRemoval.tsx';
import { Failure } from '~/components/States.tsx';
import { Tag } from '~/components/Tag.tsx';
import { usePlaceWords } from '~/components/usePlaceWords.ts';
import { useViewer } from '~/graphql/viewer.data.ts';
import { useFormats } from '~/lib/format.ts';
import { DistributeForm } from './DistributeForm.tsx';
import { GuestActions } from './GuestActions.tsx';
import { History } from './History.tsx';
import { TakeBackForm } from './TakeBackForm.tsx';
import { type TicketDetails, TicketQuery } from './TicketDrawer.data.ts';
import classes from './TicketDrawer.module.css';
import { useTicketStand } from './ticket-words.ts';

const route = getRouteApi('/app/p/distribute/$productId/tickets');

interface Props {
  id: string | undefined;
  onClose: () => void;
}

/** One ticket beside the list: who has it, what happened to it, and giving it away. */
export function TicketDrawer({ id, onClose }: Props) {
  const { t } = useLingui();
  const [{ data, error }, again] = useQuery({
    query: TicketQuery,
    variables: { id: id ?? '' },
    pause: !id,
    requestPolicy: 'cache-and-network',
  });
  const node = data?.node;
  const ticket = node && node.id === id && 'history' in node ? (node as TicketDetails) : null;
  const gone = data && !node;
  return (
    <Drawer
      opened={Boolean(id)}
      onClose={onClose}
      position="right"
      size={440}
      title={ticket ? t`Ticket ${ticket.number}` : t`Ticket`}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      {error && !ticket && (
        <Failure error={error} onRetry={() => again({ requestPolicy: 'network-only' })} />
      )}
      {gone && (
        <p>
          <Trans>There is no such ticket among yours.</Trans>
        </p>
      )}
      {!ticket && !error && !gone && <Skeleton h={220} />}
      {ticket && (
        <Details ticket={ticket} onChanged={() => again({ requestPolicy: 'network-only' })} />
      )}
    </Drawer>
  );
}

interface DetailsProps {
  ticket: TicketDetails;
  onChanged: () => void;
}

function Details({ ticket, onChanged }: DetailsProps) {
  const { t } = useLingui();
  const format = useFormats();
  const { sponsor } = route.useSearch();
  const { can } = useViewer();
  const place = usePlaceWords();
  const { word, tone } = useTicketStand()(ticket);
  const { performance, holder, distribution, price } = ticket;
  return (
    <div className={classes.details}>
      <header className={classes.head}>
        <h3>{performance?.name ?? ticket.product.name}</h3>
        {performance && (
          <p className="dimmed">{format.dateTime(performance.startsAt, performance.timeZone)}</p>
        )}
        <Tag tone={tone}>{word}</Tag>
        {ticket.removal?.state === 'REQUESTED' && (
          <p className={classes.reason}>
            <IconInfoCircle size={17} stroke={1.7} />
            <span>
              <Trans>
                The wallet was asked to give it up on {format.dateTime(ticket.removal.requestedAt)}.
                Until it answers, nothing else can be done with it.
              </Trans>{' '}
              {ticket.removal.canCancel && (
                <CancelRemoval ticketId={ticket.id} onDone={onChanged} />
              )}
            </span>
          </p>
        )}
        {ticket.removal?.state === 'CANCELLED' && (
          <p className={classes.reason}>
            <IconInfoCircle size={17} stroke={1.7} />
            <span>
              <Trans>The last take-back did not succeed.</Trans> {ticket.removal.problem?.message}
            </span>
          </p>
        )}
        {ticket.replacedBy && (
          <p className={classes.reason}>
            <IconInfoCircle size={17} stroke={1.7} />
            <span>
              <Trans>A new ticket took its place, because its code may have been seen.</Trans>{' '}
              <Other id={ticket.replacedBy}>
                <Trans>Show the new ticket</Trans>
              </Other>
            </span>
          </p>
        )}
      </header>
      <dl className={classes.facts}>
        <Fact label={t`Place`}>{place(ticket)}</Fact>
        <Fact label={t`Entrance`}>{ticket.place.entrance}</Fact>
        <Fact label={t`Category`}>{ticket.seatCategory?.name}</Fact>
        <Fact label={t`Tariff`}>{ticket.tariff.name}</Fact>
        <Fact label={t`Price`}>{format.money(Number(price.amount), price.currency)}</Fact>
        <Fact label={t`Contingent`}>{ticket.contingent?.name}</Fact>
        <Fact label={t`File number`}>{ticket.fileNumber}</Fact>
        <Fact label={t`Guest`}>
          {holder && (
            <>
              {holder.firstName} {holder.lastName}
              <br />
              <a href={`mailto:${holder.email}`}>{holder.email}</a>
              {ticket.passedOn && (
                <>
                  <br />
                  <span className="dimmed">
                    <Trans>has passed it on to somebody else</Trans>
                  </span>
                </>
              )}
            </>
          )}
        </Fact>
      </dl>
      <section className={classes.give} aria-label={t`Distribute`}>
        {distribution.allowed ? (
          <DistributeForm
            key={ticket.id}
            ticketId={ticket.id}
            sponsorId={sponsor}
            fields={ticket.guestFields}
            onDone={onChanged}
          />
        ) : (
          <p className={classes.reason}>
            <IconInfoCircle size={17} stroke={1.7} />
            {distribution.message ?? t`This ticket cannot be distributed now.`}
          </p>
        )}
        {can.distribute && (
          <GuestActions
            key={`guest ${ticket.id}`}
            ticket={ticket}
            sponsorId={sponsor}
            onDone={onChanged}
          />
        )}
        {can.useCart && (distribution.allowed || ticket.takeBack.allowed) && (
          <div className={classes.guest}>
            <AddToCartButton tickets={[ticket.id]} variant="default" onDone={onChanged} />
          </div>
        )}
        <TakeBackForm
          key={`back ${ticket.id}`}
          ticket={ticket}
          sponsorId={sponsor}
          onDone={onChanged}
        />
      </section>
      <section>
        <h3>
          <Trans>History</Trans>
        </h3>
        <History entries={ticket.history} />
        {ticket.replaces && (
          <p className={classes.replaces}>
            <Other id={ticket.replaces}>
              <Trans>It took the place of an earlier ticket</Trans>
            </Other>
          </p>
        )}
      </section>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  if (children === null || children === undefined || children === '') return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** To another ticket in the same drawer. */
function Other({ id, children }: { id: string; children: ReactNode }) {
  const { productId } = route.useParams();
  const search = route.useSearch();
  return (
    <Link
      to="/p/distribute/$productId/tickets"
      params={{ productId }}
      search={{ ...search, ticket: id }}
    >
      {children}
    </Link>
  );
}
