import { graphql, type ResultOf } from '~/graphql/graphql.ts';

export const IndividualsQuery = graphql(`
  query Individuals($search: String, $after: String) {
    individuals(search: $search, first: 100, after: $after) {
      edges {
        node { id number name email createdAt anonymisedAt }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

export type Individual = ResultOf<typeof IndividualsQuery>['individuals']['edges'][number]['node'];

export const IndividualQuery = graphql(`
  query Individual($id: ID!) {
    individual(id: $id) {
      id
      number
      name
      email
      createdAt
      anonymisedAt
      tickets { id number name startsAt timeZone state has }
    }
  }
`);

export type Person = NonNullable<ResultOf<typeof IndividualQuery>['individual']>;

export const ExportPersonalDataMutation = graphql(`
  mutation ExportPersonalData($input: ExportPersonalDataInput!) {
    exportPersonalData(input: $input) {
      url
      userErrors { code message path }
    }
  }
`);

export const PlanAnonymisationMutation = graphql(`
  mutation PlanAnonymisation($input: PlanAnonymisationInput!) {
    planAnonymisation(input: $input) {
      anonymisation {
        possible
        needed
        obstacles
        tickets
        links
        rows
        files
        mails
        addressBookEntries
        cartLines
        account
        auditEntries
      }
      userErrors { code message path }
    }
  }
`);

export type Anonymisation = NonNullable<
  ResultOf<typeof PlanAnonymisationMutation>['planAnonymisation']['anonymisation']
>;

export const AnonymiseContactMutation = graphql(`
  mutation AnonymiseContact($input: AnonymiseContactInput!) {
    anonymiseContact(input: $input) {
      individual { id number name email anonymisedAt }
      userErrors { code message path }
    }
  }
`);
