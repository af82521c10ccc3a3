import { findBrowsers, installMissing } from './browsers.mjs';

/** `npm run browsers`: sees to the three engines, or says in one sentence what to do. */
const missing = await installMissing();
console.table(await findBrowsers());
if (missing.length) {
  console.error(
    `Missing: ${missing.join(', ')}. On Debian install chromium-headless-shell, firefox-esr, webkit2gtk-driver and xvfb; elsewhere run ` +
      '"npx playwright install chromium" and set FIREFOX_PATH; WebKit runs on Linux only.',
  );
  process.exit(1);
}
