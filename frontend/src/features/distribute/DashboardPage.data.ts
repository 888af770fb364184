import { TicketCountsFragment } from '~/components/counts.data.ts';
import { graphql, type ResultOf } from '~/graphql/graphql.ts';

export const DashboardQuery = graphql(
  `
  query TicketingDashboard($productId: ID!, $filter: TicketFilter, $after: String) {
    ticketingDashboard(productId: $productId, filter: $filter) {
      product { id name season { id name } }
      counts { ...TicketCountsParts notFetched }
      contingents { id name }
      seatCategories { id name }
      groups(first: 50, after: $after) {
        edges {
          node {
            performance { id name startsAt venueName timeZone }
            hasSeatMap
            counts { ...TicketCountsParts }
            types {
              key
              seatCategory { id code name }
              tariff { id code name }
              counts { ...TicketCountsParts }
            }
          }
        }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`,
  [TicketCountsFragment],
);

export type Dashboard = NonNullable<ResultOf<typeof DashboardQuery>['ticketingDashboard']>;
export type Group = Dashboard['groups']['edges'][number]['node'];
export type TicketType = Group['types'][number];
