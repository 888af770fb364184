import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClient } from './client.ts';
import { ExecutionProgressSubscription } from './progress.data.ts';
import { sentDocuments } from './registry.ts';

const documents = sentDocuments();
const schema = buildSchema(
  readFileSync(new URL('../../../schema.graphql', import.meta.url), 'utf8'),
);

afterEach(() => {
  vi.unstubAllGlobals();
});

/** What really leaves, caught where the browser would send it. */
function wire() {
  const sent: { query: string; accept: string }[] = [];
  const fetch = async (_url: unknown, init?: RequestInit) => {
    const accept = new Headers(init?.headers).get('accept') ?? '';
    sent.push({ query: JSON.parse(String(init?.body)).query, accept });
    return new Response('{"errors":[{"message":"no","extensions":{"code":"TEST"}}]}', {
      headers: { 'content-type': 'application/graphql-response+json' },
    });
  };
  vi.stubGlobal('fetch', fetch);
  return { sent, client: createClient({ onSignedOut: () => undefined, fetch }) };
}

describe('the allow-list of documents', () => {
  it('has every operation once', () => {
    const names = documents.map(({ name }) => name);
    expect(names).toContain('Viewer');
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(documents)('holds $name exactly as it is sent', async ({ text, document }) => {
    const { sent, client } = wire();
    const [definition] = document.definitions;
    const kind = definition?.kind === 'OperationDefinition' ? definition.operation : 'query';
    if (kind === 'subscription') return;
    const run = kind === 'mutation' ? client.mutation(document, {}) : client.query(document, {});
    await run.toPromise();
    expect(sent.map(({ query }) => query)).toEqual([text]);
  });

  it('holds the subscription and the question that stands in for it', async () => {
    const { sent, client } = wire();
    await client.subscription(ExecutionProgressSubscription, { id: 'x', after: 0 }).toPromise();
    const texts = new Set(documents.map(({ text }) => text));
    expect(sent.length).toBeGreaterThan(1);
    expect(sent[0]?.accept).toBe('text/event-stream');
    for (const { query } of sent) expect(texts).toContain(query);
  });

  it.each(documents)('holds only what the contract knows: $name', ({ text }) => {
    expect(validate(schema, parse(text))).toEqual([]);
  });
});
