import { TicketCountsFragment } from '~/components/counts.data.ts';
import { graphql, type ResultOf } from '~/graphql/graphql.ts';

export const HeldProductsQuery = graphql(
  `
  query HeldProducts($sponsorId: ID, $seasonId: ID) {
    heldProducts(sponsorId: $sponsorId, seasonId: $seasonId) {
      product { id code name family season { id name } }
      counts { ...TicketCountsParts }
      performanceCount
      nextStartsAt
    }
    seasons { id name }
  }
`,
  [TicketCountsFragment],
);

export type Held = ResultOf<typeof HeldProductsQuery>['heldProducts'][number];
