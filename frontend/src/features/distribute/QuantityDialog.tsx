import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Foot } from '~/components/Foot.tsx';
import { useAddToCart } from '~/components/useAddToCart.ts';
import classes from './QuantityDialog.module.css';
import type { Chosen } from './selection.ts';

/** As many lots as go into the cart with one press of the button. */
export const mostLots = 20;

interface Props {
  types: Chosen[];
  productId: string;
  onClose: () => void;
  onDone: () => void;
}

/** So many tickets of each ticked kind go into the cart; the engine picks them side by side (CA-2). */
export function QuantityDialog({ types, productId, onClose, onDone }: Props) {
  const { t } = useLingui();
  const { adding, add } = useAddToCart();
  const [wanted, setWanted] = useState<ReadonlyMap<string, number>>(new Map());
  const first = types.find(({ free }) => free > 0);
  const sum = [...wanted.values()].reduce((all, quantity) => all + quantity, 0);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const lots = types.flatMap(({ key, input }) => {
      const quantity = wanted.get(key) ?? 0;
      return quantity > 0 ? [{ filter: { productId, ticketTypes: [input] }, quantity }] : [];
    });
    if (lots.length > 0 && (await add(...lots))) onDone();
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={t`How many go into the cart?`}
      size={560}
      closeButtonProps={{ 'aria-label': t`Close` }}
    >
      <form onSubmit={submit} className={classes.form}>
        <ul className={classes.types}>
          {types.map(({ key, name, remaining, inCart, free }) => (
            <li key={key}>
              <span>
                {name}
                <br />
                <span className="dimmed">
                  <Plural value={remaining} one="# remaining" other="# remaining" />
                  {inCart > 0 && (
                    <>
                      {' · '}
                      <Plural value={inCart} one="# in a cart" other="# in a cart" />
                    </>
                  )}
                </span>
              </span>
              <TextInput
                type="number"
                min={0}
                max={free}
                disabled={free === 0}
                aria-label={t`Tickets of ${name}`}
                value={wanted.get(key) || ''}
                placeholder="0"
                data-autofocus={key === first?.key || undefined}
                onChange={(event) => {
                  const quantity = Math.floor(Number(event.currentTarget.value));
                  setWanted(new Map(wanted).set(key, Math.max(0, quantity)));
                }}
              />
            </li>
          ))}
        </ul>
        <p className="dimmed">
          <Trans>Neighbouring seats are picked where there are any.</Trans>
        </p>
        <Foot busy={adding} disabled={sum === 0} onCancel={onClose}>
          <Plural value={sum} _0="Add to cart" one="Add # to cart" other="Add # to cart" />
        </Foot>
      </form>
    </Modal>
  );
}
