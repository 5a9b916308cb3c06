const LENGTH = 200;

/** Each also claims to be those below it, so the first match counts. */
const BROWSERS: [token: RegExp, name: string][] = [
  [/\bEdg(?:e|A|iOS)?\//, 'Edge'],
  [/\bOPR\/|\bOPT\/|\bOpera\b/, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bVivaldi\//, 'Vivaldi'],
  [/\bYaBrowser\//, 'Yandex'],
  [/\bDuckDuckGo\/|\bDdg\//, 'DuckDuckGo'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bCriOS\/|Chrome\//, 'Chrome'],
  [/\bVersion\/[\d.]+ (?:Mobile\/\w+ )?Safari\//, 'Safari'],
];

const SYSTEMS: [token: RegExp, name: string][] = [
  [/\biPhone\b|\biPod\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bLinux\b|\bX11\b/, 'Linux'],
];

/**
 * A name by which users recognise their device: for a browser its name and system, without the version that changes every month;
 * for anything else its user agent.
 */
export function deviceName(userAgent = ''): string {
  const said = userAgent.replace(/[^\x20-\x7e]/g, '').slice(0, LENGTH);
  const browser = said.startsWith('Mozilla/') ? nameIn(BROWSERS, said) : null;
  if (!browser) return said;
  const system = nameIn(SYSTEMS, said);
  return system ? `${browser} on ${system}` : browser;
}

const nameIn = (names: typeof BROWSERS, said: string): string | null =>
  names.find(([token]) => token.test(said))?.[1] ?? null;
