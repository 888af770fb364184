import { graphql } from '~/graphql/graphql.ts';
import { ProgressFragment } from '~/graphql/progress.data.ts';

export const RemindGuestsMutation = graphql(`
  mutation RemindGuests($input: RemindGuestsInput!) {
    remindGuests(input: $input) {
      reminder { id tickets mails spared }
      userErrors { code message path }
    }
  }
`);

export const PlanAddressCorrectionMutation = graphql(`
  mutation PlanAddressCorrection($input: CorrectAddressInput!) {
    planAddressCorrection(input: $input) {
      execution {
        id
        totals { distribute redistribute refused mails }
        rows(first: 1, outcomes: [REFUSED]) {
          edges { node { rowNumber problem { code message } } }
          pageInfo { hasNextPage endCursor }
        }
      }
      userErrors { code message path }
    }
  }
`);

export const ApplyCorrectionMutation = graphql(
  `
  mutation ApplyCorrection($input: ApplyPlanInput!) {
    applyPlan(input: $input) {
      execution { ...ExecutionProgressParts }
      userErrors { code message path }
    }
  }
`,
  [ProgressFragment],
);
