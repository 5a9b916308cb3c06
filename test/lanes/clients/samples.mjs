// The SDK samples of the document, each in a function of its own, to be compiled.
import { readFileSync } from 'node:fs';

const { paths } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const operations = Object.values(paths).flatMap((methods) => Object.values(methods));
console.log(
  "import { createCiel } from '@ciel/sdk';\n\nconst ciel = createCiel({ url: 'http://localhost:8080' });",
);
for (const { operationId, 'x-codeSamples': samples } of operations) {
  const { source } = samples.find(({ label }) => label === 'SDK');
  console.log(
    `export async function ${operationId}(): Promise<unknown> {\n  ${source}\n  return ${source.startsWith('const answer') ? 'answer' : 'null'};\n}`,
  );
}
