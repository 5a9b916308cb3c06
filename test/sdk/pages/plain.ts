import * as sdk from '../../../sdk/src/index.ts';

const scope = globalThis as unknown as {
  sdk: typeof sdk;
  ciel: sdk.Ciel;
  lost: number;
  location: { search: string };
};
const url = new URLSearchParams(scope.location.search).get('server')!;

scope.sdk = sdk;
scope.lost = 0;
scope.ciel = sdk.createCiel({
  url,
  store: sdk.webStore(),
  onSessionLost: () => {
    scope.lost += 1;
  },
});
