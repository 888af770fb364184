import { graphql } from '~/graphql/graphql.ts';

export const SignInMutation = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) {
      viewer { user { id language } }
      userErrors { code message path }
    }
  }
`);
