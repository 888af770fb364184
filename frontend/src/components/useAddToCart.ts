import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMutation } from 'urql';
import type { VariablesOf } from '~/graphql/graphql.ts';
import { AddToCartMutation } from './cart.data.ts';
import { toast } from './toast.ts';

type Addition = VariablesOf<typeof AddToCartMutation>['input'];

/** Puts tickets into the viewer's cart, and says how many went in and which stay out. */
export function useAddToCart(): {
  adding: boolean;
  /** Puts several lots in one after the other; true when nothing went wrong. */
  add: (...lots: Addition[]) => Promise<boolean>;
} {
  const { t } = useLingui();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const [, addLot] = useMutation(AddToCartMutation);

  async function add(...lots: Addition[]) {
    const sum = { added: 0, elsewhere: 0, refused: 0 };
    setAdding(true);
    for (const input of lots) {
      const { data, error } = await addLot({ input });
      const [problem] = data?.addToCart.userErrors ?? [];
      if (!data || problem) {
        setAdding(false);
        const said = problem?.message ?? error?.graphQLErrors[0]?.message;
        const message = said ?? t`The server cannot be reached.`;
        const title = sum.added
          ? t`Only ${sum.added} tickets were put into the cart`
          : t`Nothing was put into the cart`;
        toast({ tone: 'bad', title, message });
        return false;
      }
      sum.added += data.addToCart.added ?? 0;
      sum.elsewhere += data.addToCart.elsewhere ?? 0;
      sum.refused += data.addToCart.refused ?? 0;
    }
    setAdding(false);
    tell(sum);
    return true;
  }

  function tell({
    added,
    elsewhere,
    refused,
  }: {
    added: number;
    elsewhere: number;
    refused: number;
  }) {
    const out = [
      elsewhere &&
        t`${plural(elsewhere, { one: '# lies in a cart already', other: '# lie in a cart already' })}`,
      refused &&
        t`${plural(refused, { one: '# cannot be given or taken back', other: '# cannot be given or taken back' })}`,
    ].filter(Boolean);
    toast({
      tone: added ? 'good' : 'info',
      title: t`${plural(added, { one: '# ticket was put into the cart', other: '# tickets were put into the cart' })}`,
      message: out.join('; '),
      action: { label: t`Open the cart`, onClick: () => navigate({ to: '/p/cart' }) },
    });
  }
  return { adding, add };
}
