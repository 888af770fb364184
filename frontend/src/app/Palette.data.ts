import { graphql } from '~/graphql/graphql.ts';

export const PaletteProductsQuery = graphql(`
  query PaletteProducts($sponsorId: ID) {
    heldProducts(sponsorId: $sponsorId) {
      product { id name season { id name } }
    }
  }
`);

export const PaletteExecutionsQuery = graphql(`
  query PaletteExecutions {
    executions(first: 8) {
      edges { node { id number function state fileName } }
    }
  }
`);
