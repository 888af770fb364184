import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './graphql-env.d.ts';

/**
 * Types every document by the published contract. Documents live in `*.data.ts` files beside the
 * component that shows them, so that the build can collect each of them (see documents.ts).
 */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  disableMasking: true;
  scalars: { Time: string; Long: number; Upload: File; Packed: string };
}>();

export type { FragmentOf, ResultOf, VariablesOf } from 'gql.tada';
