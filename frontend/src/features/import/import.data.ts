import { graphql } from '~/graphql/graphql.ts';

export const PlanImportMutation = graphql(`
  mutation PlanTicketHoldersImport($input: ImportTicketHoldersInput!) {
    planTicketHoldersImport(input: $input) {
      execution { id number }
      userErrors { code message path }
    }
  }
`);
