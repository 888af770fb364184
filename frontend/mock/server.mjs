// A stand-in for the server while screens are drawn: the real contract, invented data, in memory.
// node mock/server.mjs [--dist]   with --dist it serves the built files under the policy of production.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { buildSchema, graphql, parse, subscribe } from 'graphql';
import { users } from './data.mjs';
import { root } from './resolvers.mjs';

const here = import.meta.dirname;
const schema = buildSchema(readFileSync(join(here, '../../schema.graphql'), 'utf8'));
const dist = process.argv.includes('--dist') ? join(here, '../dist') : null;
const port = Number(process.env.PORT ?? 8080);
const delay = Number(process.env.MOCK_DELAY ?? 120);
const allowed = dist && JSON.parse(readFileSync(join(dist, 'documents.json'), 'utf8'));
const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const studio =
  "default-src 'none'; script-src 'self'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

async function body(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const raw = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return JSON.parse(raw.toString());
  const form = await new Response(raw, { headers: { 'content-type': type } }).formData();
  const operations = JSON.parse(form.get('operations'));
  for (const [name, paths] of Object.entries(JSON.parse(form.get('map')))) {
    for (const path of paths) {
      const keys = path.split('.');
      const last = keys.pop();
      keys.reduce((at, key) => at[key], operations)[last] = form.get(name);
    }
  }
  return operations;
}

async function answer(request, response) {
  const { query, variables } = await body(request);
  const email = /user=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  const context = {
    viewer: users.find((user) => user.email === decodeURIComponent(email ?? '')) ?? null,
    signIn: (user) =>
      response.setHeader('set-cookie', `user=${encodeURIComponent(user.email)}; Path=/; HttpOnly`),
    signOut: () => response.setHeader('set-cookie', 'user=; Path=/; Max-Age=0'),
  };
  const staff = context.viewer && context.viewer.role !== 'PORTAL_USER';
  const hash = createHash('sha256').update(query).digest('hex');
  if (allowed && !allowed[hash] && !staff && !query.includes('__schema')) {
    console.error('not on the allow-list:', query);
    return json(response, 400, {
      errors: [
        {
          message: 'The document is not on the allow-list.',
          extensions: { code: 'DOCUMENT_NOT_ALLOWED', reference: hash.slice(0, 8) },
        },
      ],
    });
  }
  if ((request.headers.accept ?? '').includes('text/event-stream'))
    return stream(query, variables, context, response);
  await new Promise((resolve) => setTimeout(resolve, delay));
  const result = await graphql({
    schema,
    source: query,
    rootValue: root,
    contextValue: context,
    variableValues: variables,
  });
  for (const error of result.errors ?? [])
    console.error(error.message, error.originalError?.stack ?? '');
  json(response, 200, result);
}

async function stream(query, variables, context, response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const events = await subscribe({
    schema,
    document: parse(query),
    rootValue: root,
    contextValue: context,
    variableValues: variables,
  });
  response.on('close', () => events.return?.());
  for await (const result of events)
    response.write(`event: next\ndata: ${JSON.stringify(result)}\n\n`);
  response.end('event: complete\ndata:\n\n');
}

function json(response, status, value) {
  response.writeHead(status, { 'content-type': 'application/graphql-response+json' });
  response.end(JSON.stringify(value));
}

function file(path, response) {
  if (path.startsWith('/files/')) {
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${path.slice(7)}"`,
    });
    return response.end('mock');
  }
  const wanted = join(dist ?? '', normalize(path));
  const found =
    dist && extname(wanted) && existsSync(wanted) ? wanted : join(dist ?? '', 'index.html');
  if (!dist) return response.writeHead(404).end();
  response.writeHead(200, {
    'content-type': types[extname(found)] ?? 'application/octet-stream',
    'content-security-policy': path.startsWith('/a/graphql') ? studio : policy,
  });
  response.end(readFileSync(found));
}

createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://mock');
  const work = pathname === '/graphql' ? answer(request, response) : file(pathname, response);
  Promise.resolve(work).catch((error) => {
    console.error(error);
    if (!response.headersSent)
      json(response, 500, {
        errors: [
          {
            message: 'Something went wrong.',
            extensions: { code: 'INTERNAL', reference: 'mock-0500' },
          },
        ],
      });
  });
}).listen(port, '127.0.0.1', () => console.log(`mock on http://localhost:${port}`));
