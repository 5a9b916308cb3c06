import type { Rule } from './rules.ts';
import type { Source } from './sources.ts';

/** What a file of a domain is there for: its name says so. Files with other names are calculations. */
const ROLES = ['contract', 'queries', 'view', 'public', 'service', 'router'] as const;
type Role = (typeof ROLES)[number];

export const domainOf = (path: string) => /^server\/domains\/(\w+)\//.exec(path)?.[1];
const roleOf = (path: string): Role | undefined => ROLES.find((role) => path.endsWith(`/${role}.ts`));
const inDomains = ({ path }: Source) => domainOf(path) !== undefined;

/** Another domain is reached only through `public.ts`, and its shapes through `contract.ts`. */
export const domainsHaveOneFace: Rule = (sources) =>
  sources.filter(inDomains).flatMap(({ path, imports }) =>
    imports
      .filter(({ target }) => domainOf(target) && domainOf(target) !== domainOf(path))
      .filter(({ target }) => roleOf(target) !== 'public' && roleOf(target) !== 'contract')
      .map(({ target }) => `${path} reaches into another domain: ${target}`),
  );

/** The layers above the domains call services and calculations, never queries; only `api/router.ts` knows routers. */
export const layersAboveCallServices: Rule = (sources) =>
  sources
    .filter((source) => !inDomains(source))
    .flatMap(({ path, imports }) =>
      imports
        .filter(({ target }) => domainOf(target))
        .filter(({ target }) => {
          const role = roleOf(target);
          return role === 'queries' || (role === 'router' && path !== 'server/api/router.ts');
        })
        .map(({ target }) => `${path} reaches into a domain: ${target}`),
    );

/** The domains that each domain imports. */
function domainImports(sources: Source[]): Map<string, Set<string>> {
  const knows = new Map<string, Set<string>>();
  for (const { path, imports } of sources.filter(inDomains)) {
    const domain = domainOf(path)!;
    const others = imports.map(({ target }) => domainOf(target)).filter((other) => other !== domain);
    knows.set(
      domain,
      new Set([...(knows.get(domain) ?? []), ...others.filter((other) => other !== undefined)]),
    );
  }
  return knows;
}

/** Each layer imports only layers before it; domains in a cycle, and those above one, are in none. */
export function domainLayers(sources: Source[]): string[][] {
  const knows = domainImports(sources);
  const layers: string[][] = [];
  const isPlaced = (domain: string) => !knows.has(domain) || layers.some((layer) => layer.includes(domain));
  for (;;) {
    const layer = [...knows.keys()].filter(
      (domain) => !isPlaced(domain) && [...knows.get(domain)!].every(isPlaced),
    );
    if (layer.length === 0) return layers;
    layers.push(layer.sort());
  }
}

/** Domains form layers: each knows only domains below its own. Prints the layering when they do not. */
export const domainsFormLayers: Rule = (sources) => {
  const knows = domainImports(sources);
  const layers = domainLayers(sources);
  const isPlaced = (domain: string) => layers.flat().includes(domain);
  const knot = [...knows.keys()].filter((domain) => !isPlaced(domain));
  if (knot.length === 0) return [];
  const arrows = knot.map((domain) => {
    const others = [...knows.get(domain)!].filter((other) => !isPlaced(other));
    return `${domain} → ${others.join(', ')}`;
  });
  const below = layers.map((layer) => layer.join(', ')).join(' ← ');
  return [`a cycle of domains, and what imports it: ${arrows.join('; ')}. The layers below: ${below}`];
};

const isTable = (target: string) => target.startsWith('server/schema/') || /^drizzle-orm(\/|$)/.test(target);

/** Tables are for `queries.ts` alone, procedures for `router.ts` alone, whatever else a file is called. */
export const placesSayWhatFilesDo: Rule = (sources) =>
  sources.filter(inDomains).flatMap(({ path, imports }) =>
    imports.flatMap(({ target, isTypeOnly }) => {
      if (isTable(target) && !isTypeOnly && roleOf(path) !== 'queries')
        return [`${path} imports ${target}, which is for queries.ts`];
      if (target === 'server/core/procedures.ts' && roleOf(path) !== 'router')
        return [`${path} imports ${target}, which is for router.ts`];
      return [];
    }),
  );

/** What each role may import at run time; shapes and calculations are open to all, and a calculation imports no role. */
const MAY_IMPORT: Record<Role, readonly Role[]> = {
  contract: [],
  queries: ['queries'],
  view: ['queries', 'view', 'public'],
  public: ['queries', 'view', 'public', 'service'],
  service: ['queries', 'view', 'public', 'service'],
  router: ['view', 'public', 'service', 'router'],
};

export const rolesKnowTheirPlace: Rule = (sources) =>
  sources.filter(inDomains).flatMap(({ path, imports }) =>
    imports
      .filter(({ isTypeOnly, target }) => !isTypeOnly && domainOf(target))
      .filter(({ target }) => {
        const [role, imported] = [roleOf(path), roleOf(target)];
        if (!imported || imported === 'contract') return false;
        return !role || !MAY_IMPORT[role].includes(imported);
      })
      .map(({ target }) => `${path} may not import ${target}`),
  );

/** Every name is exported by the file that holds it. */
export const domainsReExportNothing: Rule = (sources) =>
  sources
    .filter(inDomains)
    .filter(({ text }) => /^export\s+(type\s+)?(\*|\{[^}]*\})\s+from\s/m.test(text))
    .map(({ path }) => `${path} re-exports`);

const PASSES_ON =
  /^export (?:const (\w+) = |(?:async )?function (\w+))(?:async )?\(\s*app: App,?([^()]*)\)[^{=]*(?:=>|\{\s*return)\s*(?:await )?(?:\w+\.)?\w+\(app\.db,?([\w\s,]*)\);/gm;
const namesIn = (parameters: string) => [...parameters.matchAll(/(\w+)\??:/g)].map(([, name]) => name);
const words = (list: string) => list.match(/\w+/g) ?? [];

/** A service function does something: what only passes its parameters on to a query is that query. */
export const servicesDoMoreThanQueries: Rule = (sources) =>
  sources
    .filter(({ path }) => domainOf(path) && roleOf(path) === 'service')
    .flatMap(({ path, text }) =>
      [...text.matchAll(PASSES_ON)]
        .filter(([, , , parameters, passed]) => words(passed!).join() === namesIn(parameters!).join())
        .map(([, constant, named]) => `${path}: ${constant ?? named} only passes on to a query`),
    );
