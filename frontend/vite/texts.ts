import { readFile } from 'node:fs/promises';
import { createCompiledCatalog } from '@lingui/cli/api';
import { formatter } from '@lingui/format-po';
import type { Plugin } from 'vite';

const name = 'virtual:texts';
const shared = 'shared';
const languages = ['en', 'fr', 'de'];
const po = formatter();

/** The feature that alone says something, or "shared" when several parts of the product do. */
export function areaOf(origins: readonly string[]): string {
  const areas = new Set(origins.map((file) => file.match(/^src\/features\/(\w+)\//)?.[1]));
  const [only] = areas;
  return areas.size === 1 && only ? only : shared;
}

/**
 * Parts the texts of a language by where they are said, so that a page fetches its own and not the
 * whole product's. Translators keep one file per language: the origins in it tell the areas.
 */
export function texts(): Plugin {
  return {
    name: 'gradin:texts',
    resolveId: (id) => (id === name || id.startsWith(`${name}/`) ? `\0${id}.js` : null),
    async load(id) {
      if (!id.startsWith(`\0${name}`)) return null;
      const [, language = '', area = ''] = id.slice(1, -'.js'.length).split('/');
      const file = `src/locales/${language || 'en'}.po`;
      this.addWatchFile(file);
      const said = await read(file, language);
      if (!area) return loaders([...new Set([shared, ...said.map(({ area }) => area)])].sort());
      const own = said.filter((text) => text.area === area).map(({ id, text }) => [id, text]);
      const { source, errors } = createCompiledCatalog(language, Object.fromEntries(own), {
        namespace: 'es',
      });
      if (errors.length > 0) throw new Error(`${file}: ${JSON.stringify(errors)}`);
      return source;
    },
  };
}

async function read(file: string, language: string) {
  const context = { locale: language, sourceLocale: 'en', filename: file };
  const catalogue = await po.parse(await readFile(file, 'utf8'), context);
  return Object.entries(catalogue).map(([id, { message, translation, origin = [] }]) => ({
    id,
    text: translation || message,
    area: areaOf(origin.map(([origin]) => origin)),
  }));
}

function loaders(areas: string[]): string {
  const of = (area: string) =>
    languages.map((language) => `${language}: () => import('${name}/${language}/${area}')`);
  return `export const texts = { ${areas.map((area) => `${area}: { ${of(area)} }`)} };`;
}
