import type { TypedDocumentNode } from '@urql/core';
import { documentText, operationName } from './documents.ts';

type Module = Record<string, unknown>;

const modules = import.meta.glob<Module>('../**/*.data.ts', { eager: true });

export interface SentDocument {
  name: string;
  text: string;
  document: TypedDocumentNode;
}

function isDocument(value: unknown): value is TypedDocumentNode {
  return typeof value === 'object' && value !== null && 'definitions' in value;
}

/** Every operation of the application with the text in which it is sent; for the build and tests. */
export function sentDocuments(): SentDocument[] {
  const found: SentDocument[] = [];
  for (const module of Object.values(modules)) {
    for (const document of Object.values(module)) {
      if (!isDocument(document)) continue;
      const name = operationName(document);
      if (name) found.push({ name, text: documentText(document), document });
    }
  }
  return found.sort((a, b) => a.name.localeCompare(b.name));
}
