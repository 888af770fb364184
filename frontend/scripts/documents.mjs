// Writes dist/documents.json: the SHA-256 of every document the application sends, and its name.
// The server admits only these from a browser's session (API-10).
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { createServer } from 'vite';

const vite = await createServer({
  server: { middlewareMode: true, ws: false },
  optimizeDeps: { noDiscovery: true },
  logLevel: 'error',
});
const { sentDocuments } = await vite.ssrLoadModule('/src/graphql/registry.ts');
const documents = {};
for (const { name, text } of sentDocuments()) {
  if (Object.values(documents).includes(name)) throw new Error(`two operations are called ${name}`);
  documents[createHash('sha256').update(text).digest('hex')] = name;
}
await vite.close();
writeFileSync('dist/documents.json', `${JSON.stringify(documents, null, 2)}\n`);
console.log(`${Object.keys(documents).length} documents on the allow-list`);
