import { expect, test } from 'vitest';
import { makeDataFolder } from '../support/dataFolder.ts';
import { startProgram } from '../support/program.ts';
import { startServices } from '../support/services.ts';
import { inviteFrom, signUp } from '../support/visit.ts';

test('a keyed request whose process died between commit and response is completed by the next process, and happens once', {
  timeout: 60_000,
}, async () => {
  await using folder = await makeDataFolder();
  const services = await startServices();
  const environment = { ...services.forDatabase, ...services.forApi, DATA_DIR: folder.path };
  await using survivor = await startProgram('server/main.ts', environment);
  const { ciel } = await signUp(survivor.url, await inviteFrom(survivor.url), 'persistent');
  const { accessToken } = (await ciel.session.get())!;
  const invite = (url: string) =>
    fetch(`${url}/v1/invites`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${accessToken}`,
        'content-type': 'application/json',
        'idempotency-key': 'once',
      },
      body: JSON.stringify({ daysValid: 1 }),
    });
  const crashing = await startProgram('test/support/crashingProgram.ts', {
    ...environment,
    DIES_AT: 'written',
  });
  await expect(invite(crashing.url)).rejects.toThrow();
  await crashing.ended;
  const [first, second] = [await invite(survivor.url), await invite(survivor.url)];
  expect([first.status, second.status]).toEqual([201, 201]);
  const { items } = await ciel.invites.list();
  expect(items).toHaveLength(1);
  expect(await first.json()).toMatchObject({ code: items[0]!.code });
  expect(await second.json()).toMatchObject({ code: items[0]!.code });
  await services.close();
});
