import type { AnyTRPCRouter } from '@trpc/server';
import type { OpenApiDocument, Operation } from '../../api/openapi/document.ts';
import { type Endpoint, endpointsOf, operationId } from '../../api/rest/endpoints.ts';
import { REST_PREFIX } from '../../api/rest/routes.ts';
import type { Deprecated } from '../../core/procedures.ts';
import { FeedEvent } from '../../domains/events/contract.ts';
import { comment, createTypeWriter, indented, sentence, type TypeWriter } from './zodToTypeScript.ts';

/**
 * The types of every procedure as clients see them in an editor: outputs have names, and everything has the descriptions of the
 * contracts. `test/sdk/routerTypes.test.ts` makes the compiler check that they equal the router's types.
 */
export function clientTypes(router: AnyTRPCRouter, document: OpenApiDocument): string {
  const writer = createTypeWriter();
  const samples = samplesOf(document);
  const domains = Map.groupBy(endpointsOf(router), ({ name }) => name.split('.')[0]!);
  const about = new Map(
    (document.tags as { name: string; description: string }[]).map((tag) => [tag.name, tag.description]),
  );
  const interfaces = [...domains].map(([domain, endpoints]) => {
    const procedures = endpoints.map((endpoint) => procedureText(endpoint, samples, writer));
    return `${comment([sentence(about.get(domain))])}export interface ${interfaceOf(domain)} {\n${indented(procedures.join('\n'))}\n}\n`;
  });
  const list = [...domains.keys()].map(
    (domain) => `${comment([sentence(about.get(domain))])}${domain}: ${interfaceOf(domain)};`,
  );
  const event = `/** A message on the live event stream. */\nexport type FeedEvent = ${writer.typeOf(FeedEvent, 'output')};\n`;
  const named = [...writer.declarations].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  const api = `/** Every procedure, with its input and output. */\nexport interface Api {\n${indented(list.join('\n'))}\n}\n`;
  return [api, ...interfaces, event, ...named].join('\n');
}

const interfaceOf = (domain: string) => `${domain[0]!.toUpperCase()}${domain.slice(1)}Procedures`;

function procedureText(endpoint: Endpoint, samples: Map<string, string>, { typeOf }: TypeWriter): string {
  const { name, meta, type, method, path, input, output } = endpoint;
  const own = meta.errors?.length
    ? `Fails with ${meta.errors.map((code) => `\`${code}\``).join(', ')}.`
    : undefined;
  const sample = samples.get(operationId(name));
  const text = comment([
    sentence(meta.summary),
    meta.description,
    [
      ...(meta.access === 'admin' ? ['For operators.'] : []),
      ...(own ? [own] : []),
      `\`${method} ${REST_PREFIX}${path}\``,
    ].join(' '),
    [
      ...(meta.deprecated ? [deprecation(meta.deprecated)] : []),
      ...(sample ? [`@example\n${sample}`] : []),
    ].join('\n') || undefined,
  ]);
  const kind = type === 'query' ? 'Query' : 'Mutation';
  return `${text}${name.split('.')[1]}: ${kind}<${typeOf(input, 'input')}, ${typeOf(output, 'output')}>;`;
}

const deprecation = ({ since, sunset, instead }: Deprecated) =>
  `@deprecated since ${since}${sunset ? `, may be gone from ${sunset}` : ''}${instead ? `; use \`${instead}\`` : ''}`;

/** The SDK sample of each operation, by its id. */
function samplesOf(document: OpenApiDocument): Map<string, string> {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  return new Map(operations.map((operation) => [operation.operationId, sampleOf(operation)]));
}

const sampleOf = (operation: Operation) =>
  (operation['x-codeSamples'] as { label: string; source: string }[]).find(({ label }) => label === 'SDK')!
    .source;
