import { fileURLToPath } from 'node:url';
import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { linguiMacro } from './vite/lingui-macro.ts';
import { texts } from './vite/texts.ts';
import { themeVariables } from './vite/theme-variables.ts';

const server = process.env.GRADIN_URL ?? 'http://localhost:8080';

export default defineConfig({
  plugins: [linguiMacro(), themeVariables(), react(), lingui(), texts()],
  resolve: { alias: { '~': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    proxy: Object.fromEntries(['/graphql', '/files', '/d/', '/t/'].map((path) => [path, server])),
  },
  build: {
    // Nothing is written into the page itself: the server's policy forbids inline code and styles.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    manifest: true,
  },
  test: { include: ['src/**/*.test.ts', 'vite/**/*.test.ts'], environment: 'node' },
});
