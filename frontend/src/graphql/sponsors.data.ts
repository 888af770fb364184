import { graphql } from './graphql.ts';

export const SponsorsQuery = graphql(`
  query Sponsors($search: String, $after: String) {
    sponsors(search: $search, first: 50, after: $after) {
      edges { node { id number name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export const SponsorQuery = graphql(`
  query Sponsor($id: ID!) {
    node(id: $id) {
      id
      ... on Contact { number name }
    }
  }
`);
