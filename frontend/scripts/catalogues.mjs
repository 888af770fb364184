// Fails when a catalogue lacks a translation, or one that forgets or invents a placeholder.
import { readFileSync } from 'node:fs';
import { formatter } from '@lingui/format-po';

const po = formatter();
const placeholders = (text) =>
  [...new Set(text.match(/\{\w+[},]|<\/?\d+>/g))].sort().join(' ').replaceAll(',', '}');
const problems = [];
let count = 0;

for (const locale of ['en', 'fr', 'de']) {
  const text = readFileSync(`src/locales/${locale}.po`, 'utf8');
  const catalogue = await po.parse(text, { locale, sourceLocale: 'en', filename: '' });
  for (const { message = '', translation } of Object.values(catalogue)) {
    count++;
    if (!translation) problems.push(`${locale}: “${message}” is not translated`);
    else if (placeholders(message) !== placeholders(translation)) {
      problems.push(`${locale}: “${message}” and “${translation}” have different placeholders`);
    }
  }
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(`${count} messages in three catalogues are complete`);
