// Fails the build when what the first page needs has grown past the budget (gzip).
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budget = { js: 220_000, css: 45_000 };

const manifest = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));
const scripts = new Set();
const styles = new Set();

function take(name) {
  const chunk = manifest[name];
  if (scripts.has(chunk.file)) return;
  scripts.add(chunk.file);
  for (const style of chunk.css ?? []) styles.add(style);
  for (const needed of chunk.imports ?? []) take(needed);
}

const entry = Object.keys(manifest).find((name) => manifest[name].isEntry);
take(entry);
// The heaviest language comes on top of it, and the shell is never without one.
const languages = Object.keys(manifest).filter((name) => name.endsWith('.po'));
const size = (file) => gzipSync(readFileSync(`dist/${file}`), { level: 9 }).length;
const sum = (files) => [...files].reduce((total, file) => total + size(file), 0);
const heaviest = Math.max(0, ...languages.map((name) => size(manifest[name].file)));

const spent = { js: sum(scripts) + heaviest, css: sum(styles) };
for (const kind of ['js', 'css']) {
  const share = Math.round((spent[kind] / budget[kind]) * 100);
  console.log(
    `initial ${kind}: ${(spent[kind] / 1000).toFixed(1)} kB of ${budget[kind] / 1000} kB (${share} %)`,
  );
}
if (spent.js > budget.js || spent.css > budget.css) {
  console.error('over the budget');
  process.exit(1);
}
