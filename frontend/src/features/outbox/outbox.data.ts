import { graphql, type ResultOf } from '~/graphql/graphql.ts';

export const MailsQuery = graphql(`
  query Mails($states: [MailState!], $search: String, $executionId: ID, $after: String) {
    mails(states: $states, search: $search, executionId: $executionId, first: 100, after: $after) {
      edges {
        node {
          id
          to
          subject
          class
          state
          language
          createdAt
          sentAt
          attempts
          executionNumber
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export type MailLine = ResultOf<typeof MailsQuery>['mails']['edges'][number]['node'];

export const MailStatesQuery = graphql(`
  query MailStates {
    mailStates { state count }
  }
`);

export const MailQuery = graphql(`
  query Mail($id: ID!) {
    node(id: $id) {
      id
      ... on Mail {
        to
        subject
        class
        state
        language
        createdAt
        sentAt
        nextAttemptAt
        attempts
        serverAnswer
        executionNumber
        text
        html
      }
    }
  }
`);

type Node = NonNullable<ResultOf<typeof MailQuery>['node']>;
export type MailDetails = Extract<Node, { html: string }>;

export const ResendMailsMutation = graphql(`
  mutation ResendMails($input: ResendMailsInput!) {
    resendMails(input: $input) {
      mails { id state }
      userErrors { code message path }
    }
  }
`);
