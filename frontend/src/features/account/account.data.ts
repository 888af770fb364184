import { graphql, type ResultOf } from '~/graphql/graphql.ts';

export const TokensQuery = graphql(`
  query Tokens {
    viewer {
      tokens { id name prefix scopes createdAt expiresAt lastUsedAt revokedAt }
    }
  }
`);

export type Token = NonNullable<ResultOf<typeof TokensQuery>['viewer']>['tokens'][number];

export const CreateApiTokenMutation = graphql(`
  mutation CreateApiToken($input: CreateApiTokenInput!) {
    createApiToken(input: $input) {
      token { id }
      secret
      userErrors { code message path }
    }
  }
`);

export const RevokeApiTokenMutation = graphql(`
  mutation RevokeApiToken($input: RevokeApiTokenInput!) {
    revokeApiToken(input: $input) {
      token { id revokedAt }
      userErrors { code message path }
    }
  }
`);

export const ChangePasswordMutation = graphql(`
  mutation ChangePassword($input: ChangePasswordInput!) {
    changePassword(input: $input) {
      userErrors { code message path }
    }
  }
`);
