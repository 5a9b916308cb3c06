/** Shows the document's code samples, which Swagger UI ignores, above the responses. */
const codeSamples = () => ({
  wrapComponents: {
    responses:
      (Responses, { React, specSelectors }) =>
      (props) => {
        const { path, method } = props;
        const samples = specSelectors.specJson().getIn(['paths', path, method, 'x-codeSamples']);
        const boxes = (samples ? samples.toJS() : []).map(({ label, source }) =>
          React.createElement(
            'details',
            { key: label, className: 'sample' },
            React.createElement('summary', null, label),
            React.createElement('pre', null, React.createElement('code', null, source)),
          ),
        );
        return React.createElement(
          React.Fragment,
          null,
          boxes.length ? React.createElement('div', { className: 'samples' }, ...boxes) : null,
          React.createElement(Responses, props),
        );
      },
  },
});

/** Swagger UI's own scrolling ignores the page's bar and stops underneath it. */
const scrolling = () => ({
  statePlugins: {
    layout: { wrapActions: { scrollToElement: () => (element) => element.scrollIntoView() } },
  },
});

const docs = window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  displayRequestDuration: true,
  // From 150 rows on, Swagger UI renders only those in view and deep links miss their targets; so tags start collapsed.
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  persistAuthorization: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  syntaxHighlight: { theme: 'nord' },
  plugins: [codeSamples, scrolling],
});

// Swagger UI reads the hash only once, when it loads; links within the page don't reload it.
window.addEventListener('hashchange', () => {
  const { hash } = window.location;
  docs.getSystem().layoutActions.parseDeepLinkHash(hash);
  const [, tag, operation] = decodeURIComponent(hash).split('/');
  const id = operation ? `operations-${tag}-${operation}` : `operations-tag-${tag}`;
  setTimeout(() => document.getElementById(id)?.scrollIntoView(), 200);
});
