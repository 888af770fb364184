import { graphql, type ResultOf } from '~/graphql/graphql.ts';

export const AlertsQuery = graphql(`
  query Alerts($open: Boolean, $after: String) {
    takeBackAlerts(open: $open, first: 100, after: $after) {
      edges {
        node {
          id
          kind
          ticket { id number }
          sponsor { id name }
          product { id name }
          execution { id number }
          threshold
          recovered
          distributed
          raisedAt
          acknowledgedAt
          acknowledgedBy
          note
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export type Alert = ResultOf<typeof AlertsQuery>['takeBackAlerts']['edges'][number]['node'];

export const TakeBacksQuery = graphql(`
  query TakeBacksByWeek {
    takeBacksByWeek(weeks: 26) {
      from
      takenBack
      byOrganiser
    }
  }
`);

export const AcknowledgeMutation = graphql(`
  mutation AcknowledgeTakeBackAlert($input: AcknowledgeTakeBackAlertInput!) {
    acknowledgeTakeBackAlert(input: $input) {
      alert { id acknowledgedAt acknowledgedBy note }
      userErrors { code message path }
    }
  }
`);
