import { defineConfig } from '@playwright/test';
import shared from '../playwright.config.ts';

const port = 18080;

/** Looks at every page of the built application, served by the stand-in. Build first. */
export default defineConfig({
  ...shared,
  testDir: '.',
  use: { ...shared.use, baseURL: `http://localhost:${port}` },
  webServer: {
    command: 'node server.mjs --dist',
    port,
    env: { PORT: String(port), MOCK_DELAY: '20' },
    reuseExistingServer: true,
  },
});
