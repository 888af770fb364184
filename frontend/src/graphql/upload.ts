import type { TypedDocumentNode } from '@urql/core';
import { accept, endpoint } from './client.ts';
import { copiedWords, copies } from './copying.ts';
import { documentText } from './documents.ts';

export interface UploadError {
  message: string;
  code: string | null;
  reference: string | null;
}

export type UploadAnswer<Data> = { data: Data } | { error: UploadError };

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string; reference?: string } }[];
}

/**
 * Sends a file with a mutation whose `input.file` it is (GraphQL multipart request specification).
 * Not through urql, because only XMLHttpRequest tells how much has left.
 */
export function upload<Data, Variables extends { input: { file: File } }>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  options: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<UploadAnswer<Data>> {
  const { file, ...input } = variables.input;
  const operations = {
    query: documentText(document),
    variables: { ...variables, input: { ...input, file: null } },
  };
  if (copies(operations)) {
    const error = { message: copiedWords(), code: 'COPIED', reference: null };
    return Promise.resolve({ error });
  }
  const body = new FormData();
  body.set('operations', JSON.stringify(operations));
  body.set('map', JSON.stringify({ 0: ['variables.input.file'] }));
  body.set('0', file, file.name);
  return send<Data>(body, options);
}

function send<Data>(
  body: FormData,
  { onProgress, signal }: { onProgress: (share: number) => void; signal: AbortSignal },
): Promise<UploadAnswer<Data>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const fail = (code: string) => () => resolve({ error: { message: '', code, reference: null } });
    request.open('POST', endpoint);
    request.setRequestHeader('accept', accept);
    request.setRequestHeader('GraphQL-Require-Preflight', '1');
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () => resolve(read<Data>(request));
    request.onerror = fail('NETWORK');
    request.onabort = fail('ABORTED');
    signal.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}

function read<Data>(request: XMLHttpRequest): UploadAnswer<Data> {
  try {
    const answer = JSON.parse(request.responseText) as Answer<Data>;
    if (answer.data) return { data: answer.data };
    const [first] = answer.errors ?? [];
    const { code = null, reference = null } = first?.extensions ?? {};
    return { error: { message: first?.message ?? '', code, reference } };
  } catch {
    const code = request.status === 413 ? 'TOO_LARGE' : 'NETWORK';
    return { error: { message: '', code, reference: null } };
  }
}
