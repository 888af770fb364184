import { graphql } from '~/graphql/graphql.ts';

export const GuestFieldsQuery = graphql(`
  query GuestFields($id: ID!) {
    node(id: $id) {
      id
      ... on Ticket { guestFields }
    }
  }
`);

export const PlanDistributionMutation = graphql(`
  mutation PlanDistribution($input: DistributeInput!) {
    planDistribution(input: $input) {
      execution { id number state }
      userErrors { code message path }
    }
  }
`);
