import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { CartsQuery } from './cart.data.ts';

/** The carts of the relays of the same structure, where any of them holds something (CA-1). */
export function Colleagues({ owner }: { owner: string | null }) {
  const navigate = useNavigate({ from: '/p/cart' });
  const [{ data }] = useQuery({ query: CartsQuery, requestPolicy: 'cache-and-network' });
  const carts = data?.carts ?? [];
  if (carts.length < 2) return null;
  return (
    <Button.Group>
      {carts.map(({ userId, ownerName, mine, lineCount }) => {
        const open = mine ? !owner : owner === userId;
        return (
          <Button
            key={userId}
            size="xs"
            variant={open ? 'light' : 'default'}
            aria-pressed={open}
            onClick={() =>
              navigate({ search: (now) => ({ ...now, owner: mine ? undefined : userId }) })
            }
          >
            {mine ? <Trans>My cart</Trans> : ownerName} · {lineCount}
          </Button>
        );
      })}
    </Button.Group>
  );
}
