import { graphql } from '~/graphql/graphql.ts';

export const PlanDistributionMutation = graphql(`
  mutation PlanDistribution($input: DistributeInput!) {
    planDistribution(input: $input) {
      execution { id number state }
      userErrors { code message path }
    }
  }
`);
