import { transformAsync } from '@babel/core';
import type { Plugin } from 'vite';

/** Turns Lingui's macros into calls by message id; files without macros are not touched. */
export function linguiMacro(): Plugin {
  return {
    name: 'gradin:lingui-macro',
    enforce: 'pre',
    async transform(code, id) {
      const [path = ''] = id.split('?');
      if (!/\.tsx?$/.test(path) || path.includes('node_modules')) return null;
      if (!/@lingui\/(react|core)\/macro/.test(code)) return null;
      const result = await transformAsync(code, {
        filename: path,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        parserOpts: { plugins: ['typescript', 'jsx'] },
        plugins: ['@lingui/babel-plugin-lingui-macro'],
      });
      return result?.code ? { code: result.code, map: result.map } : null;
    },
  };
}
