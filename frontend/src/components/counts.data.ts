import { type FragmentOf, graphql } from '~/graphql/graphql.ts';

export const TicketCountsFragment = graphql(`
  fragment TicketCountsParts on TicketCounts {
    allocated
    remaining
    inCart
    distributed
    downloaded
    controlled
    takeBackPossible
  }
`);

export type Counts = FragmentOf<typeof TicketCountsFragment>;
