import { graphql } from '~/graphql/graphql.ts';
import { ProgressFragment } from '~/graphql/progress.data.ts';

export const CancelRemovalMutation = graphql(
  `
  mutation CancelRemoval($input: CancelRemovalInput!) {
    cancelRemoval(input: $input) {
      execution { ...ExecutionProgressParts }
      userErrors { code message path }
    }
  }
`,
  [ProgressFragment],
);
