import highlight from '/docs/highlight.js';
import json from '/docs/highlight-json.js';
import sh from '/docs/highlight-sh.js';
import ts from '/docs/highlight-ts.js';

for (const [name, language] of Object.entries({ json, sh, ts })) highlight.registerLanguage(name, language);
for (const code of document.querySelectorAll('article pre code')) highlight.highlightElement(code);
