import { graphql, type ResultOf } from '~/graphql/graphql.ts';

export const CartQuery = graphql(`
  query Cart($userId: ID, $first: Int, $after: String) {
    cart(userId: $userId) {
      id
      mine
      ownerName
      lineCount
      readyCount
      guestCount
      lines(first: $first, after: $after) {
        edges {
          node {
            id
            toMe
            outcome
            guest { email firstName lastName }
            problem { code message }
            ticket {
              id
              number
              product { id name }
              performance { id name startsAt timeZone }
              seatCategory { id name }
              place { area row seat }
              item
            }
          }
        }
        pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
      }
    }
  }
`);

export const CartsQuery = graphql(`
  query Carts {
    carts { id userId ownerName mine lineCount }
  }
`);

export const AssignMutation = graphql(`
  mutation AssignCartLines($input: AssignCartLinesInput!) {
    assignCartLines(input: $input) {
      assigned
      userErrors { code message path }
    }
  }
`);

export const RemoveMutation = graphql(`
  mutation RemoveFromCart($input: RemoveFromCartInput!) {
    removeFromCart(input: $input) {
      removed
      userErrors { code message path }
    }
  }
`);

export const PlanCartMutation = graphql(`
  mutation PlanCart($input: PlanCartInput!) {
    planCart(input: $input) {
      execution { id }
      userErrors { code message path }
    }
  }
`);

export type Line = ResultOf<typeof CartQuery>['cart']['lines']['edges'][number]['node'];
