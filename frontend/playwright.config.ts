import { defineConfig } from '@playwright/test';

/** The end-to-end tests run against a server that is already there, built SPA and all. */
export default defineConfig({
  testDir: 'e2e',
  workers: 1,
  // Generous: the machine that runs it may have two cores and much other work.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  use: {
    baseURL: process.env.GRADIN_URL ?? 'http://localhost:8080',
    viewport: { width: 1440, height: 900 },
    actionTimeout: 60_000,
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
