// Lays a .gz and a .br beside every file of dist that is worth it, for the server to send as it is.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const worth = /\.(html|js|css|svg|json|txt|map)$/;
const smallest = 1024;
let count = 0;

for (const entry of readdirSync('dist', { recursive: true })) {
  const path = join('dist', entry);
  if (!worth.test(path) || !statSync(path).isFile() || path.includes('.vite')) continue;
  const raw = readFileSync(path);
  if (raw.length < smallest) continue;
  const quality = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
  };
  writeFileSync(`${path}.gz`, gzipSync(raw, { level: 9 }));
  writeFileSync(`${path}.br`, brotliCompressSync(raw, { params: quality }));
  count++;
}
console.log(`${count} files compressed`);
