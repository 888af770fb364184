import { graphql } from '~/graphql/graphql.ts';

export const SaveViewMutation = graphql(`
  mutation SaveView($input: SaveViewInput!) {
    saveView(input: $input) {
      view { id name path query isDefault }
      userErrors { code message path }
    }
  }
`);

export const DeleteViewMutation = graphql(`
  mutation DeleteView($id: ID!) {
    deleteView(input: { id: $id }) {
      deletedId
      userErrors { code message path }
    }
  }
`);
