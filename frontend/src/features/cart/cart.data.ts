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
              tariff { id name }
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

export const AskedFieldsQuery = graphql(`
  query AskedFields($ids: [ID!]!) {
    nodes(ids: $ids) { ... on Ticket { id guestFields } }
  }
`);

export const CartGuestsQuery = graphql(`
  query CartGuests($userId: ID) {
    cart(userId: $userId) {
      id
      guests { email firstName lastName ticketCount }
    }
  }
`);

export const CartsQuery = graphql(`
  query Carts {
    carts { id userId ownerName mine lineCount }
  }
`);

export const BookQuery = graphql(`
  query BookOfTheCart($search: String, $after: String) {
    addressBook(search: $search, first: 100, after: $after) {
      edges { node { id email firstName lastName company } }
      pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
      totalCount
    }
  }
`);

export const PastedQuery = graphql(`
  query PastedGuests($text: String!) {
    pastedGuests(text: $text) { line text email firstName lastName valid }
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

export const SpreadMutation = graphql(`
  mutation SpreadCart($input: SpreadCartInput!) {
    spreadCart(input: $input) {
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

export const KeepGuestMutation = graphql(`
  mutation KeepGuest($input: SaveAddressBookEntryInput!) {
    saveAddressBookEntry(input: $input) {
      entry { id }
      userErrors { code message path }
    }
  }
`);

export type Line = ResultOf<typeof CartQuery>['cart']['lines']['edges'][number]['node'];
export type Entry = ResultOf<typeof BookQuery>['addressBook']['edges'][number]['node'];
export type Pasted = ResultOf<typeof PastedQuery>['pastedGuests'][number];
