import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { chromium } from 'playwright';

/** Debian's Chromium as root, without the requests that a closed network would refuse one by one. */
export const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const miniBrowsers = ['x86_64', 'aarch64'].map((arch) => `/usr/lib/${arch}-linux-gnu/webkit2gtk-4.1/MiniBrowser`);
const debianPackages = ['chromium-headless-shell', 'firefox-esr', 'webkit2gtk-driver', 'xvfb', 'fonts-liberation'];

const first = (paths) => paths.find((path) => path && existsSync(path)) ?? null;
const onPath = (name) => first((process.env.PATH ?? '').split(':').map((folder) => `${folder}/${name}`));

/** Each engine's executable or null: a path in the environment first, then Playwright's own, then the system's. */
export async function findBrowsers() {
  const webkit = onPath('WebKitWebDriver') && onPath('Xvfb') ? first(miniBrowsers) : null;
  return {
    // The shell is the same engine without a window's compositing: end-to-end tests take two thirds of the time.
    chromium:
      first([process.env.CHROMIUM_PATH, chromium.executablePath()]) ??
      onPath('chromium-headless-shell') ??
      onPath('chromium') ??
      onPath('google-chrome'),
    firefox: first([process.env.FIREFOX_PATH]) ?? onPath('firefox-esr') ?? onPath('firefox'),
    webkit: first([process.env.WEBKIT_PATH]) ?? webkit,
  };
}

/** Installs what is missing where that is possible without asking. @returns the engines that are still missing */
export async function installMissing() {
  const missing = async () => Object.entries(await findBrowsers()).filter(([, path]) => !path).map(([name]) => name);
  const isRootOnDebian = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if ((await missing()).length && isRootOnDebian) {
    const apt = (...args) => execFileSync('apt-get', args, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
    apt('update', '-q');
    apt('install', '-y', '-q', '--no-install-recommends', ...debianPackages);
  }
  return missing();
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

async function untilListening(port, child) {
  for (const deadline = Date.now() + 15_000; Date.now() < deadline; ) {
    if (child.exitCode !== null) throw new Error('WebKitWebDriver ended before it listened.');
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('WebKitWebDriver did not listen within 15 s.');
}

/** Starts a driver of this run's own under Xvfb: one allows a single session, a leaked one would block the next run. */
export async function startWebKitDriver(binary) {
  const port = await freePort();
  const display = `:${100 + (process.pid % 800)}`;
  const xvfb = spawn('Xvfb', [display, '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: 'ignore' });
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], { stdio: 'ignore', env: { ...process.env, DISPLAY: display } });
  process.once('exit', () => {
    driver.kill('SIGKILL');
    xvfb.kill('SIGKILL');
  });
  await untilListening(port, driver);
  return { port, binary };
}
