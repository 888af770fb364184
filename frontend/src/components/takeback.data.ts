import { graphql } from '~/graphql/graphql.ts';

export const PlanReclaimMutation = graphql(`
  mutation PlanReclaim($input: ReclaimInput!) {
    planReclaim(input: $input) {
      execution { id number state }
      userErrors { code message path }
    }
  }
`);
