// Fails the build when what the first page needs has grown past the budget (gzip).
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budget = { js: 190_000, css: 45_000, page: 260_000 };

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));
const size = (file) => gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length;
const sum = (files) => [...files].reduce((total, file) => total + size(file), 0);

/** What is fetched for some modules of the manifest: their scripts and styles, each once. */
function closure(names) {
  const scripts = new Set();
  const styles = new Set();
  const take = (name) => {
    const chunk = manifest[name];
    if (!chunk) throw new Error(`${name} is not in the manifest`);
    if (scripts.has(chunk.file)) return;
    scripts.add(chunk.file);
    for (const style of chunk.css ?? []) styles.add(style);
    for (const needed of chunk.imports ?? []) take(needed);
  };
  for (const name of names) take(name);
  return { js: sum(scripts), css: sum(styles) };
}

/** The heaviest language's texts of an area: nothing is shown without them. */
function texts(area) {
  const files = Object.entries(manifest).filter(([name]) => name.endsWith(`/${area}.js`));
  if (files.length !== 3) throw new Error(`the texts of ${area} are not in three languages`);
  return Math.max(...files.map(([, { file }]) => size(file)));
}

const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);
const first = closure([entry]);
// The page most people land on, with the frame around it.
const landing = closure([entry, 'src/app/Shell.tsx', 'src/features/distribute/ProductsPage.tsx']);

const spent = {
  js: first.js + texts('shared'),
  css: first.css,
  page: landing.js + texts('shared') + texts('distribute'),
};
const names = { js: 'initial js', css: 'initial css', page: 'js of the first page in the portal' };
for (const kind of Object.keys(budget)) {
  const share = Math.round((spent[kind] / budget[kind]) * 100);
  console.log(
    `${names[kind]}: ${(spent[kind] / 1000).toFixed(1)} kB of ${budget[kind] / 1000} kB (${share} %)`,
  );
}
if (Object.keys(budget).some((kind) => spent[kind] > budget[kind])) {
  console.error('over the budget');
  process.exit(1);
}
