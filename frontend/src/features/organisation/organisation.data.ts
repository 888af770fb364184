import { graphql, type ResultOf } from '~/graphql/graphql.ts';

export const OrganisationQuery = graphql(`
  query OrganisationSettings {
    organisationSettings {
      id
      organisation { id name language mark { width height image } }
      alertAddresses
    }
  }
`);

export type Settings = ResultOf<typeof OrganisationQuery>['organisationSettings'];

export const UpdateOrganisationMutation = graphql(`
  mutation UpdateOrganisation($input: UpdateOrganisationInput!) {
    updateOrganisation(input: $input) {
      settings { id organisation { id name language } alertAddresses }
      userErrors { code message path }
    }
  }
`);

export const UpdateMarkMutation = graphql(`
  mutation UpdateOrganisationMark($input: UpdateOrganisationMarkInput!) {
    updateOrganisationMark(input: $input) {
      organisation { id }
      userErrors { code message path }
    }
  }
`);

export const RemoveMarkMutation = graphql(`
  mutation RemoveOrganisationMark($input: RemoveOrganisationMarkInput!) {
    removeOrganisationMark(input: $input) {
      organisation { id mark { width height image } }
      userErrors { code message path }
    }
  }
`);
