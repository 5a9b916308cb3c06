import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Runs before `npm publish`. Stops unless `repository` is where the package is built, because the registry would refuse its provenance
 * with an unclear error.
 */
const { repository } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const { GITHUB_SERVER_URL, GITHUB_REPOSITORY, CI_PROJECT_URL } = process.env;

const named = plain(repository.url);
const built = plain(
  CI_PROJECT_URL || (GITHUB_REPOSITORY && `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY}`) || remote(),
);
if (named !== built) {
  console.error(
    `@ciel/sdk is not published: "repository" in package.json is ${named}, and it is built from ${built || 'a clone without a remote'}. Set "repository", "homepage" and "bugs" to where the sources are.`,
  );
  process.exitCode = 1;
}

/** The remote of this clone; empty when there is none. */
function remote() {
  try {
    return execFileSync('git', ['remote', 'get-url', 'origin'], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return '';
  }
}

/** Normalises the URL: `git@host:name` and `https://host/name.git` are the same place. */
function plain(url) {
  return url
    .trim()
    .replace(/^git\+|\.git$|\/$/g, '')
    .replace(/^(?:ssh:\/\/)?git@([^:/]+)[:/]/, 'https://$1/')
    .toLowerCase();
}
