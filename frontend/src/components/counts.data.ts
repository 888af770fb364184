import { type FragmentOf, graphql } from '~/graphql/graphql.ts';

export const TicketCountsFragment = graphql(`
  fragment TicketCountsParts on TicketCounts {
    allocated
    remaining
    distributed
    downloaded
    controlled
  }
`);

export type Counts = FragmentOf<typeof TicketCountsFragment>;
