import { Trans } from '@lingui/react/macro';
import { Button } from '@mantine/core';
import { IconShoppingCart } from '@tabler/icons-react';
import { useAddToCart } from './useAddToCart.ts';

interface Props {
  /** The ids of the tickets. */
  tickets: string[];
  variant?: 'subtle' | 'default';
  onDone: () => void;
}

/** Puts tickets into the viewer's cart. */
export function AddToCartButton({ tickets, variant = 'subtle', onDone }: Props) {
  const { adding, add } = useAddToCart();
  return (
    <Button
      variant={variant}
      leftSection={<IconShoppingCart size={15} />}
      loading={adding}
      onClick={async () => (await add({ ticketIds: tickets })) && onDone()}
    >
      <Trans>Add to cart</Trans>
    </Button>
  );
}
