import { formatDocument, stringifyDocument, type TypedDocumentNode } from '@urql/core';

/**
 * The text in which a document is sent, byte for byte. Everything that talks to the server by
 * itself (uploads, the stream of progress) and the build step that hashes the documents for the
 * server's allow-list go through here; documents.test.ts proves that urql sends the same.
 */
export function documentText<Data, Variables>(
  document: TypedDocumentNode<Data, Variables>,
): string {
  return stringifyDocument(formatDocument(document));
}

interface Definition {
  kind: string;
  name?: { value: string };
}

/** The name of a document's operation; null for a mere fragment. */
export function operationName(document: { definitions: readonly unknown[] }): string | null {
  const [first] = document.definitions as Definition[];
  return first?.kind === 'OperationDefinition' ? (first.name?.value ?? null) : null;
}
