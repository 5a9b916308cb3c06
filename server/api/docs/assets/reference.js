/** The samples of the document, which Swagger UI leaves out, before the answers. */
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

/** Its own way reckons with no bar above the page, and stops below it. */
const arrivals = () => ({
  statePlugins: {
    layout: { wrapActions: { scrollToElement: () => (element) => element.scrollIntoView() } },
  },
});

const docs = window.SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  displayRequestDuration: true,
  // From 150 rows on, Swagger UI draws only those in view, and its deep links miss: subjects open as they are needed.
  docExpansion: 'none',
  defaultModelsExpandDepth: 0,
  persistAuthorization: true,
  tryItOutEnabled: true,
  validatorUrl: null,
  syntaxHighlight: { theme: 'nord' },
  plugins: [codeSamples, arrivals],
});

// A link within the page does not load it again, and Swagger UI looks at the address only once, when it loads.
window.addEventListener('hashchange', () => {
  const { hash } = window.location;
  docs.getSystem().layoutActions.parseDeepLinkHash(hash);
  const [, tag, operation] = decodeURIComponent(hash).split('/');
  const id = operation ? `operations-${tag}-${operation}` : `operations-tag-${tag}`;
  setTimeout(() => document.getElementById(id)?.scrollIntoView(), 200);
});
