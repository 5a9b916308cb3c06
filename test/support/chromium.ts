import { existsSync } from 'node:fs';

/** How a Chromium is launched that tells nobody of itself. */
export const CHROMIUM = {
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

export const hasChromium = existsSync(CHROMIUM.executablePath);
