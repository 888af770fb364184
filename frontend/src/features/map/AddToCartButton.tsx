import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconShoppingCart } from '@tabler/icons-react';
import { useMutation } from 'urql';
import { toast } from '~/components/toast.ts';
import { AddToCartMutation } from './map.data.ts';

interface Props {
  /** The ids of the tickets. */
  tickets: string[];
  onDone: () => void;
}

/** Puts the selected tickets into the viewer's cart, and says which stay out. */
export function AddToCartButton({ tickets, onDone }: Props) {
  const { t } = useLingui();
  const [{ fetching }, add] = useMutation(AddToCartMutation);

  async function put() {
    const { data, error } = await add({ input: { ticketIds: tickets } });
    const [problem] = data?.addToCart.userErrors ?? [];
    if (!data || problem) {
      const said = problem?.message ?? error?.graphQLErrors[0]?.message;
      const message = said ?? t`The server cannot be reached.`;
      return toast({ tone: 'bad', title: t`Nothing was put into the cart`, message });
    }
    const { added, elsewhere, refused } = data.addToCart;
    const out = [
      elsewhere &&
        t`${plural(elsewhere, { one: '# lies in a cart already', other: '# lie in a cart already' })}`,
      refused &&
        t`${plural(refused, { one: '# cannot be given or taken back', other: '# cannot be given or taken back' })}`,
    ].filter(Boolean);
    toast({
      tone: added ? 'good' : 'info',
      title: t`${plural(added ?? 0, { one: '# ticket was put into the cart', other: '# tickets were put into the cart' })}`,
      message: out.join('; '),
    });
    onDone();
  }

  return (
    <Button
      variant="subtle"
      leftSection={<IconShoppingCart size={15} />}
      loading={fetching}
      onClick={put}
    >
      <Trans>Add to cart</Trans>
    </Button>
  );
}
