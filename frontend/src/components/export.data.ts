import { graphql } from '~/graphql/graphql.ts';

export const ExportTicketDetailsMutation = graphql(`
  mutation ExportTicketDetails($input: ExportTicketDetailsInput!) {
    exportTicketDetails(input: $input) {
      url
      ticketCount
      userErrors { code message path }
    }
  }
`);
