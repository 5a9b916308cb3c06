import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Run by `npm publish`: refuses while `repository` is not where the package is built, because the registry then refuses its
 * provenance, with an answer that does not say so.
 */
const { repository } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, CI_PROJECT_URL } = process.env;

const named = plain(repository.url);
const built = plain(
  CI_PROJECT_URL || (GITHUB_REPOSITORY && `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`) || remote(),
);
if (named !== built) {
  console.error(
    `@ciel/sdk is not published: "repository" of its package.json is ${named}, and it is built from ${built || 'a clone without a remote'}. Name there, and in "homepage" and "bugs", where the sources are.`,
  );
  process.exitCode = 1;
}

/** Of this clone. */
function remote() {
  try {
    return execFileSync('git', ['remote', 'get-url', 'origin'], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return '';
  }
}

/** `git@host:name` and `https://host/name.git` are the same place. */
function plain(url) {
  return url
    .trim()
    .replace(/^git\+|\.git$|\/$/g, '')
    .replace(/^(?:ssh:\/\/)?git@([^:/]+)[:/]/, 'https://$1/')
    .toLowerCase();
}
