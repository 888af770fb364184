import { graphql, type ResultOf } from '~/graphql/graphql.ts';

export const TicketRowFragment = graphql(`
  fragment TicketRow on Ticket {
    id
    number
    performance { id name startsAt timeZone }
    seatCategory { id name }
    tariff { id name }
    contingent { id name }
    place { entrance area row seat }
    item
    state
    location
    holder { email firstName lastName }
    distributedAt
  }
`);

export const TicketsQuery = graphql(
  `
  query Tickets($filter: TicketFilter, $orderBy: TicketOrder, $after: String) {
    tickets(filter: $filter, orderBy: $orderBy, first: 100, after: $after) {
      edges { node { ...TicketRow } }
      pageInfo { hasNextPage endCursor }
    }
  }
`,
  [TicketRowFragment],
);

export const TicketCountQuery = graphql(`
  query TicketCount($filter: TicketFilter) {
    tickets(filter: $filter, first: 1) {
      totalCount
    }
  }
`);

export const TicketsProductQuery = graphql(`
  query TicketsProduct($productId: ID!, $filter: TicketFilter) {
    ticketingDashboard(productId: $productId, filter: $filter) {
      product { id name }
      contingents { id name }
      seatCategories { id name }
    }
  }
`);

export const TakeBackHintsQuery = graphql(`
  query TakeBackHints($ids: [ID!]!) {
    nodes(ids: $ids) {
      id
      ... on Ticket { takeBack { allowed reason message setting } }
    }
  }
`);

type Hint = Extract<
  NonNullable<ResultOf<typeof TakeBackHintsQuery>['nodes'][number]>,
  { takeBack: unknown }
>;
export type Possibility = Hint['takeBack'];

export type TicketRow = ResultOf<typeof TicketsQuery>['tickets']['edges'][number]['node'];
