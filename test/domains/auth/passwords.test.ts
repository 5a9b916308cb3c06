import { describe, expect, it } from 'vitest';
import { test } from '../../support/fixtures.ts';
import { codeOf, refusal } from '../../support/refusal.ts';
import type { World } from '../../support/world.ts';

let world: World;

test.beforeAll(({ world: worldOfFile }) => {
  world = worldOfFile;
});

let count = 0;
function register(password: string, handle?: string) {
  count += 1;
  const name = handle ?? `person_${count}`;
  const person = { handle: name, email: `${name}@example.org`, displayName: 'Someone', password };
  return world.anonymous.users.register(person);
}

const login = (identifier: string, password: string) =>
  codeOf(world.anonymous.auth.login({ identifier, password }));

describe('A password', () => {
  it.each([
    ['of 8 characters', 'qx7 vß2k'],
    ['of 64 characters', 'long word '.repeat(7).slice(0, 64)],
    ['of 128 characters', 'long word '.repeat(13).slice(0, 128)],
    ['of 128 characters that take 512 bytes', '𝒳𝒴🌨𝒵'.repeat(32)],
    ['of 8 snowmen', '⛄⛄⛄⛄⛄⛄⛄⛄'],
    ['of letters only', 'hjtrewqplkmn'],
    ['of spaces and letters', '  snow   falls  '],
    ['with NUL in it', 'before\0and after'],
  ])('%s is taken, and signs in', async (_, password) => {
    const { user } = await register(password);
    expect(await login(user.handle, password)).toBe('ok');
  });

  it.each([
    ['of 7 characters', 'qx7 vß2'],
    ['of 129 characters', 'long word '.repeat(13).slice(0, 129)],
    ['with a lone surrogate', 'snow \ud800 falls'],
    ['that is the most common of all', 'password'],
    ['that is common', '1q2w3e4r'],
    ['that is common but for its case', 'PassWord1'],
    ['of the name of the service', 'ciel2026!'],
    ['of the own handle', 'snowdrop99', 'snowdrop'],
    ['of the own handle and a common password', 'Snow_Drop123456', 'snow_drop'],
    ['of the own e-mail name twice', 'winter_johnwinter_john', 'winter_john'],
  ])('%s is refused', async (_, password, handle?: string) => {
    const { code, errors } = await refusal(register(password, handle));
    expect(code).toBe('invalid_input');
    expect(errors.map(({ field }) => field)).toStrictEqual(['password']);
  });

  it.each([
    ['cut at 72 bytes', `${'p'.repeat(72)}uvw xyz`, 'p'.repeat(72)],
    ['cut at NUL', 'before\0and after', 'before\0and other'],
    [
      'changed at its last character',
      `${'long word '.repeat(12)}12345678`,
      `${'long word '.repeat(12)}12345679`,
    ],
    ['in another case', 'Bench Under Snow', 'bench under snow'],
    ['trimmed', ' bench under snow ', 'bench under snow'],
    ['composed', 'bench under ne\u0301ve\u0301', 'bench under n\u00e9v\u00e9'],
  ])('%s is another password', async (_, password, other) => {
    const { user } = await register(password);
    expect(await login(user.handle, other)).toBe('invalid_credentials');
    expect(await login(user.handle, password)).toBe('ok');
  });
});

describe('Changing the password', () => {
  it('needs the current password, and takes effect at once', async () => {
    const { changer } = await world.people('changer');
    const change = (currentPassword: string, newPassword: string) =>
      world.as(changer).auth.changePassword({ currentPassword, newPassword });
    expect(await codeOf(change('wrong', 'a lake under fog'))).toBe('invalid_credentials');
    await change(changer.password, 'a lake under fog');
    expect(await login('changer', changer.password)).toBe('invalid_credentials');
    expect(await login('changer', 'a lake under fog')).toBe('ok');
  });

  it('names the field of a new password that is too easy to guess', async () => {
    const { lazy_bones: lazy } = await world.people('lazy_bones');
    for (const newPassword of ['short', 'Password1', 'lazy_bones1']) {
      const change = { currentPassword: lazy.password, newPassword };
      const { code, errors } = await refusal(world.as(lazy).auth.changePassword(change));
      expect(code).toBe('invalid_input');
      expect(errors.map(({ field }) => field)).toStrictEqual(['newPassword']);
    }
    expect(await login('lazy_bones', lazy.password)).toBe('ok');
  });

  it('requested twice at once with the same current password happens once', async () => {
    const { twice } = await world.people('twice');
    const news = ['a lake under fog', 'a hill under rain'];
    const codes = await Promise.all(
      news.map((newPassword) =>
        codeOf(world.as(twice).auth.changePassword({ currentPassword: twice.password, newPassword })),
      ),
    );
    expect(codes.toSorted()).toStrictEqual(['invalid_credentials', 'ok']);
    expect(await login('twice', news[codes.indexOf('ok')]!)).toBe('ok');
  });
});
