import { graphql } from '~/graphql/graphql.ts';

export const AddToCartMutation = graphql(`
  mutation AddToCart($input: AddToCartInput!) {
    addToCart(input: $input) {
      added
      elsewhere
      refused
      userErrors { code message path }
    }
  }
`);
