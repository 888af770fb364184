import { graphql, type ResultOf } from '~/graphql/graphql.ts';
import { TicketRowFragment } from './tickets.data.ts';

export const TicketQuery = graphql(
  `
  query Ticket($id: ID!) {
    node(id: $id) {
      id
      ... on Ticket {
        ...TicketRow
        fileNumber
        quantity
        price { amount currency }
        product { id name }
        owner { id name }
        injectedAt
        downloadedAt
        controlledAt
        passedOn
        endedAt
        replacedBy
        replaces
        guestFields
        distribution { allowed reason message }
        takeBack { allowed reason message setting needsApproval }
        removal { state answer requestedAt endedAt canCancel problem { message } }
        history { at event via from to actor executionNumber }
      }
    }
  }
`,
  [TicketRowFragment],
);

type Node = NonNullable<ResultOf<typeof TicketQuery>['node']>;
export type TicketDetails = Extract<Node, { __typename?: 'Ticket'; number: number }>;
export type HistoryEntry = TicketDetails['history'][number];
