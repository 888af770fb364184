import { graphql, type ResultOf } from '~/graphql/graphql.ts';

export const AuditQuery = graphql(`
  query Audit($filter: AuditFilter, $after: String) {
    auditEntries(filter: $filter, first: 100, after: $after) {
      edges {
        node {
          sequence
          at
          userId
          actor
          address
          verb
          objectId
          changes { field before after }
          detail
          hash
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export type AuditLine = ResultOf<typeof AuditQuery>['auditEntries']['edges'][number]['node'];
