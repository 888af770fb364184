// Draws 50,000 seats in headless Chromium on the real component and prints how long frames take
// (SM-2): the time from one animation frame to the next while the window moves at each of them.
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const vite = await createServer({
  root,
  configFile: `${root}/vite.config.ts`,
  server: { port: 0, host: '127.0.0.1' },
  // Only what the map needs, not the playground's editor.
  optimizeDeps: { entries: ['bench/map.html'] },
  logLevel: 'error',
});
await vite.listen();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
page.on('pageerror', (error) => console.error(error.message));
await page.goto(`http://127.0.0.1:${vite.httpServer.address().port}/bench/map.html`);
await page.waitForFunction(() => window.bench?.view()?.size.width > 0);
await page.waitForTimeout(1500);

/** Moves the window once a frame and gives the times between frames. */
function frames(scale, count, move) {
  return page.evaluate(
    async ({ scale, count, move }) => {
      const view = window.bench.view();
      const step = new Function('view', 'i', move);
      view.move({ scale, x: 250 - 600 / scale, y: 250 - 400 / scale });
      const frame = () => new Promise((done) => requestAnimationFrame(done));
      for (let i = 0; i < 10; i++) await frame();
      const times = [];
      let last = await frame();
      for (let i = 0; i < count; i++) {
        step(view, i);
        const now = await frame();
        times.push(now - last);
        last = now;
      }
      return times;
    },
    { scale, count, move },
  );
}

const at = (times, share) => [...times].sort((a, b) => a - b)[Math.floor(times.length * share)];
function tell(what, times) {
  const [median, p95] = [at(times, 0.5), at(times, 0.95)];
  console.log(`${what.padEnd(34)} median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`);
  return median;
}

const around = 'view.pan(6 * Math.cos(i / 8), 6 * Math.sin(i / 8))';
const medians = [
  tell('pan, all 50,000 seats in sight', await frames(1.6, 120, around)),
  tell('pan, mid zoom', await frames(6, 120, around.replaceAll('6 *', '12 *'))),
  tell(
    'pan, seats one by one',
    await frames(14, 120, 'if (i === 0) view.pan(-2600, 0); view.pan(8, 3)'),
  ),
  tell('zoom sweep', await frames(1.6, 120, 'view.zoom(i % 60 < 30 ? 1.07 : 1 / 1.07, 900, 400)')),
];
const select = await page.evaluate(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  window.bench.view().move({ scale: 1.6, x: -125, y: 0 });
  const times = [];
  let most = 0;
  for (let i = 0; i < 20; i++) {
    for (let rest = 0; rest < 4; rest++) await frame();
    const begun = performance.now();
    const found = window.bench.within({ left: 384 + i, top: 196, right: 600, bottom: 291 });
    most = Math.max(most, found.length);
    window.bench.select(found);
    await frame();
    times.push(performance.now() - begun);
  }
  return { times, most };
});
tell(`select ${select.most} seats by rectangle`, select.times);
console.log(`goal: a median of 16.7 ms while moving (60 frames a second)`);
await browser.close();
await vite.close();
if (process.env.GRADIN_BENCH_STRICT && medians.some((median) => median > 17.5)) process.exit(1);
