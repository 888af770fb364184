import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Checkbox, Modal, SegmentedControl, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useQuery } from 'urql';
import { Foot } from '~/components/Foot.tsx';
import { GuestFields, readGuest } from '~/components/GuestFields.tsx';
import { Notice } from '~/components/Notice.tsx';
import { BookPicker } from './BookPicker.tsx';
import classes from './Cart.module.css';
import { AskedFieldsQuery, type Line } from './cart.data.ts';
import { PasteList } from './PasteList.tsx';
import type { Assigned } from './useCart.ts';

interface Props {
  /** The lines that were selected. */
  lines: Line[];
  busy: boolean;
  onClose: () => void;
  /** Keep is whether the one typed guest belongs into the address book. */
  onGive: (guests: Assigned[], each: number, keep: boolean) => void;
}

type Source = 'typed' | 'book' | 'list';

/** Whom the selected tickets are for: typed, from the address book or pasted; spread over several (CA-2). */
export function GuestsDialog({ lines, busy, onClose, onGive }: Props) {
  const { t } = useLingui();
  const [source, setSource] = useState<Source>('typed');
  const [found, setFound] = useState<Assigned[]>([]);
  const [each, setEach] = useState<number | null>(null);
  const [keep, setKeep] = useState(true);
  const fields = useAskedFields(lines);
  const guests = source === 'typed' ? 1 : found.length;
  const share =
    guests > 1 ? (each ?? Math.max(1, Math.floor(lines.length / guests))) : lines.length;
  const given = guests * share;

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (busy) return;
    const form = new FormData(event.currentTarget);
    if (source === 'typed') onGive([readGuest(form)], share, keep);
    else if (guests > 0 && given <= lines.length) onGive(found, share, false);
  }
  function turn(to: string) {
    setSource(to as Source);
    setFound([]);
    setEach(null);
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <Plural value={lines.length} one="Whom is # ticket for?" other="Whom are # tickets for?" />
      }
      size={560}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form onSubmit={submit} className={classes.form}>
        <SegmentedControl
          fullWidth
          aria-label={t`Where the guests come from`}
          value={source}
          onChange={turn}
          data={[
            { value: 'typed', label: t`Type a guest` },
            { value: 'book', label: t`Address book` },
            { value: 'list', label: t`Paste a list` },
          ]}
        />
        {source === 'typed' && (
          <>
            <GuestFields fields={fields} />
            <Checkbox
              checked={keep}
              onChange={(event) => setKeep(event.currentTarget.checked)}
              label={t`Keep in my address book`}
            />
          </>
        )}
        {source === 'book' && <BookPicker chosen={found} onChoose={setFound} />}
        {source === 'list' && <PasteList onRead={setFound} />}
        {source !== 'typed' && fields.length > 0 && <AskedFor />}
        {guests > 1 && (
          <div className={classes.spread}>
            <TextInput
              type="number"
              min={1}
              max={lines.length}
              label={t`Tickets for each`}
              value={share || ''}
              onChange={(event) => setEach(Math.floor(Number(event.currentTarget.value)))}
            />
            <Spread tickets={lines.length} guests={guests} given={given} />
          </div>
        )}
        <Foot
          busy={busy}
          disabled={guests === 0 || share < 1 || given > lines.length}
          onCancel={onClose}
        >
          <Plural value={given} one="Assign # ticket" other="Assign # tickets" />
        </Foot>
      </form>
    </Modal>
  );
}

/** What the organisers of the products ask of a guest; the product decides, so one ticket of each is enough. */
function useAskedFields(lines: Line[]) {
  const one = new Map(lines.map(({ ticket }) => [ticket.product.id, ticket.id]));
  const ids = [...one.values()].slice(0, 50);
  const [{ data }] = useQuery({ query: AskedFieldsQuery, variables: { ids } });
  const asked = data?.nodes.flatMap((node) =>
    node && 'guestFields' in node ? node.guestFields : [],
  );
  return [...new Set(asked)];
}

/** What spreading does, in words: neighbours stay together, what is left over stays in the cart. */
function Spread({ tickets, guests, given }: { tickets: number; guests: number; given: number }) {
  const left = tickets - given;
  if (left < 0) {
    return (
      <p className={classes.short} role="alert">
        <Trans>
          {guests} guests would need {given} tickets; {tickets} are selected.
        </Trans>
      </p>
    );
  }
  return (
    <p className="dimmed">
      <Trans>Neighbouring seats stay together.</Trans>{' '}
      {left > 0 && (
        <Plural
          value={left}
          one="# ticket stays without a guest."
          other="# tickets stay without a guest."
        />
      )}
    </p>
  );
}

function AskedFor() {
  return (
    <Notice tone="warn">
      <Trans>
        The organiser asks for more than a name. Type these guests one by one, or use the workbook.
      </Trans>
    </Notice>
  );
}
