import { graphql, type ResultOf } from '~/graphql/graphql.ts';

export const ProductRulesQuery = graphql(`
  query ProductRules($after: String) {
    productRules(first: 100, after: $after) {
      edges {
        node {
          id
          product { id code name family season { id name } }
          opensMinutes
          closesMinutes
          guestLimit
          guestFields
        }
      }
      pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
    }
  }
`);

export const PerformanceRulesQuery = graphql(`
  query PerformanceRules($productId: ID!, $after: String) {
    performanceRules(productId: $productId, first: 100, after: $after) {
      edges { node { id name startsAt opensMinutes closesMinutes guestLimit } }
      pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
    }
  }
`);

export const UpdateProductRulesMutation = graphql(`
  mutation UpdateProductRules($input: UpdateProductRulesInput!) {
    updateProductRules(input: $input) {
      productRules { id opensMinutes closesMinutes guestLimit guestFields }
      userErrors { code message path }
    }
  }
`);

export const UpdatePerformanceRulesMutation = graphql(`
  mutation UpdatePerformanceRules($input: UpdatePerformanceRulesInput!) {
    updatePerformanceRules(input: $input) {
      performanceRules { id opensMinutes closesMinutes guestLimit }
      userErrors { code message path }
    }
  }
`);

export type ProductRules = ResultOf<
  typeof ProductRulesQuery
>['productRules']['edges'][number]['node'];
export type PerformanceRules = ResultOf<
  typeof PerformanceRulesQuery
>['performanceRules']['edges'][number]['node'];

/** What is limited of a product or of one of its performances. */
export interface Rules {
  opensMinutes: number | null;
  closesMinutes: number | null;
  guestLimit: number | null;
  guestFields: ProductRules['guestFields'];
}
