import { graphql, type ResultOf } from '~/graphql/graphql.ts';

export const AddressBookQuery = graphql(`
  query AddressBook($search: String, $after: String) {
    addressBook(search: $search, first: 100, after: $after) {
      edges { node { id email firstName lastName company note linked } }
      pageInfo { hasNextPage endCursor hasPreviousPage startCursor }
      totalCount
    }
  }
`);

export const SaveEntryMutation = graphql(`
  mutation SaveAddressBookEntry($input: SaveAddressBookEntryInput!) {
    saveAddressBookEntry(input: $input) {
      entry { id email firstName lastName company note linked }
      userErrors { code message path }
    }
  }
`);

export const DeleteEntriesMutation = graphql(`
  mutation DeleteAddressBookEntries($input: DeleteAddressBookEntriesInput!) {
    deleteAddressBookEntries(input: $input) {
      deleted
      userErrors { code message path }
    }
  }
`);

export type Entry = ResultOf<typeof AddressBookQuery>['addressBook']['edges'][number]['node'];
