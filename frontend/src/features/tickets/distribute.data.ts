import { graphql } from '~/graphql/graphql.ts';
import { ProgressFragment } from '~/graphql/progress.data.ts';

export const DistributeMutation = graphql(
  `
  mutation Distribute($input: DistributeInput!) {
    distribute(input: $input) {
      execution { ...ExecutionProgressParts }
      userErrors { code message path }
    }
  }
`,
  [ProgressFragment],
);

export const ReclaimMutation = graphql(
  `
  mutation Reclaim($input: ReclaimInput!) {
    reclaim(input: $input) {
      execution { ...ExecutionProgressParts }
      userErrors { code message path }
    }
  }
`,
  [ProgressFragment],
);

export const RefusalQuery = graphql(`
  query Refusal($id: ID!) {
    execution(id: $id) {
      id
      rows(first: 1, outcomes: [REFUSED]) {
        edges { node { rowNumber problem { code message } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`);
