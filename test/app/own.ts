import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { createCiel } from '../../sdk/src/index.ts';
import { makePhotograph } from '../support/photograph.ts';
import { inviteFrom, PASSWORD, signUp } from '../support/visit.ts';
import type { AppUnderTest } from './visitors.ts';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';

const NEXT_PASSWORD = 'a lamp in the fog';

const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true }).click();

/** What people do with what is theirs: posts, comments, sessions, the account. */
export function ownThings(open: () => AppUnderTest): void {
  let app: AppUnderTest;
  let bob: Page;
  let carol: Page;
  let hugo: Page;
  let postId: string;

  beforeAll(async () => {
    app = open();
    const ciel = createCiel({ url: app.url });
    await ciel.signIn('bob', 'demo-bob-photographs');
    const mediaIds = await Promise.all(
      [21, 22].map(async (seed) => ciel.upload(new Blob([await makePhotograph(seed)]), { wait: true })),
    );
    const post = await ciel.posts.create({ mediaIds, caption: 'Two of a knid', visibility: 'public' });
    postId = post.id;
    bob = await app.demoPerson('bob');
    carol = await app.demoPerson('carol');
  }, 60_000);

  test('a post is edited: its words, its order, and who may comment', async () => {
    await bob.goto(`${app.url}/app/p/${postId}`);
    await press(bob, 'More about the post of Bob Baker');
    await press(bob, 'Edit the post');
    await bob.getByLabel('Caption').fill('Two of a kind');
    await bob.getByLabel('Description').nth(0).fill('Was the first');
    await bob.getByLabel('Description').nth(1).fill('Was the second');
    await press(bob, 'Move photograph 1 down');
    // What was pressed can go no further down: its other way has the focus.
    expect(await bob.evaluate('document.activeElement.ariaLabel')).toBe('Move photograph 2 up');
    await bob.getByLabel('Who may comment').selectOption('nobody');
    await press(bob, 'Save');
    await bob.getByText('Saved.').waitFor();
    await bob.getByText('Two of a kind').waitFor();
    await bob.locator('.whole .quiet', { hasText: 'edited' }).waitFor();

    await carol.goto(`${app.url}/app/p/${postId}`);
    await carol.getByText('Comments are turned off.').waitFor();
    const first = carol.locator('.slide').first();
    await first.getByRole('img', { name: 'Was the second' }).waitFor();
    await carol.goto(`${app.url}/app/edit/${postId}`);
    await carol.getByRole('heading', { name: 'Nothing here' }).waitFor();
  });

  test('you see who likes a post, and get back to where you were', async () => {
    await carol.goto(`${app.url}/app/@/alice`);
    await carol.getByRole('link', { name: /tall waterfall/ }).click();
    await press(carol, '4 likes');
    const dialog = carol.getByRole('dialog', { name: 'Likes' });
    await dialog.locator('.person').nth(3).waitFor();
    await dialog.getByRole('button', { name: 'Follow dan' }).waitFor();
    await carol.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await carol.evaluate('document.activeElement.innerText')).toBe('4 likes');
  });

  test('a comment is edited, and deleted after a confirmation', async () => {
    await carol.getByLabel('Your comment').fill('Teh light!');
    await press(carol, 'Send');
    const comment = carol.locator('.comment', { hasText: 'light!' });
    const more = comment.getByRole('button', { name: 'More about the comment of carol' });
    await more.click();
    await press(carol, 'Edit the comment');
    const dialog = carol.getByRole('dialog');
    await dialog.getByLabel('Your comment').fill('');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.locator('[aria-invalid=true]').waitFor();
    await dialog.getByLabel('Your comment').fill('The light!');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await carol.locator('.comment', { hasText: 'The light!' }).getByText('edited').waitFor();

    await more.click();
    await press(carol, 'Delete the comment');
    await press(carol, 'Cancel');
    expect(await comment.count()).toBe(1);
    await more.click();
    await press(carol, 'Delete the comment');
    await press(carol, 'Delete');
    await carol.getByText('Comment deleted.').waitFor();
    await comment.waitFor({ state: 'detached' });
    expect(await carol.evaluate('document.activeElement.id')).toBe('comments');
  });

  test('a post is deleted after a confirmation', async () => {
    await press(bob, 'More about the post of Bob Baker');
    await press(bob, 'Delete the post');
    await bob.getByRole('dialog', { name: 'Delete the post?' }).waitFor();
    await press(bob, 'Delete');
    await bob.getByText('Post deleted.').waitFor();
    await bob.getByRole('heading', { name: 'Bob Baker', exact: true }).waitFor();
    await carol.goto(`${app.url}/app/p/${postId}`);
    await carol.getByRole('heading', { name: 'Nothing here' }).waitFor();
  });

  test('you see your sessions by device name, and end one', async () => {
    await signUp(app.url, await inviteFrom(app.url, app.adminToken, 1), 'hugo');
    const phone = await app.visitor({ userAgent: IPHONE });
    hugo = await app.visitor();
    for (const page of [hugo, phone]) {
      await page.goto(`${app.url}/app`);
      await page.getByLabel('Handle or e-mail').fill('hugo');
      await page.getByLabel('Password').fill(PASSWORD);
      await press(page, 'Sign in');
      await page.getByRole('navigation', { name: 'Main' }).waitFor();
    }
    await hugo.goto(`${app.url}/app/activity`);
    await hugo.getByText('Safari on iPhone').waitFor();
    await hugo.goto(`${app.url}/app/settings`);
    await hugo.locator('.sessions li', { hasText: 'Chrome on Linux' }).getByText('this device').waitFor();
    await press(hugo, 'Sign out of Safari on iPhone');
    await hugo.getByText('Safari on iPhone').waitFor({ state: 'detached' });
    expect(await hugo.evaluate('document.activeElement.id')).toBe('sessions');
    await phone.reload();
    await phone.getByRole('button', { name: 'Sign in' }).waitFor();
    // The one that the account was made in.
    await hugo.getByRole('button', { name: 'Sign out of node' }).waitFor();
    await press(hugo, 'Sign out everywhere else');
    await hugo.getByText('You are signed out everywhere else.', { exact: true }).waitFor();
    await hugo.getByRole('button', { name: 'Sign out of node' }).waitFor({ state: 'detached' });
    expect(await hugo.locator('.sessions li').count()).toBe(1);
  });

  test('you choose who may comment and what you are notified of, and the choice is kept', async () => {
    await hugo.getByLabel('Who can comment on your posts').selectOption('followers');
    await hugo.getByText('Notifications').click();
    await hugo.getByLabel('Likes your photograph').selectOption('nobody');
    const preferences = hugo.locator('section', { hasText: 'Preferences' });
    await preferences.getByRole('button', { name: 'Save' }).click();
    await hugo.getByText('Saved.').waitFor();
    await hugo.reload();
    const chosen = hugo.getByLabel('Likes your photograph');
    await chosen.waitFor({ state: 'attached' });
    expect([
      await hugo.getByLabel('Who can comment on your posts').inputValue(),
      await chosen.inputValue(),
    ]).toEqual(['followers', 'nobody']);
  });

  test('a password is changed with the current one; a wrong one is reported at its field', async () => {
    await press(hugo, 'Change the password');
    await hugo.getByLabel('Current password').fill('a guess');
    await hugo.getByLabel('New password').fill(NEXT_PASSWORD);
    await press(hugo, 'Change it');
    await hugo.getByText('is not your password').waitFor();
    expect(await hugo.evaluate('document.activeElement.name')).toBe('currentPassword');
    await hugo.getByLabel('Current password').fill(PASSWORD);
    await press(hugo, 'Change it');
    await hugo.getByText('Your password is changed.').waitFor();
    await hugo.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('you change your handle, but not to one that is taken', async () => {
    const profile = hugo.locator('section', { hasText: 'Your handle' });
    await hugo.getByLabel('Your handle').fill('alice');
    await profile.getByRole('button', { name: 'Save' }).click();
    await profile.locator('[name=handle][aria-invalid=true]').waitFor();
    await hugo.getByLabel('Your handle').fill('hugo_b');
    const saved = hugo.waitForResponse(
      (response) => response.url().includes('users.updateMe') && response.ok(),
    );
    await profile.getByRole('button', { name: 'Save' }).click();
    await saved;
    await profile.locator('[name=handle][aria-invalid=true]').waitFor({ state: 'detached' });
    await carol.goto(`${app.url}/app/@/hugo_b`);
    await carol.getByRole('heading', { name: 'hugo', exact: true }).waitFor();
  });

  test('you export your data and delete your account', async () => {
    const saved = hugo.waitForEvent('download');
    await press(hugo, 'Download it');
    const file = await saved;
    expect(file.suggestedFilename()).toBe('ciel-hugo_b.json');
    const entries = JSON.parse(await readFile(await file.path(), 'utf8')) as { section: string }[];
    expect(entries.map(({ section }) => section)).toEqual(expect.arrayContaining(['account', 'sessions']));

    await press(hugo, 'Delete the account');
    await hugo.getByLabel('Your password').fill(PASSWORD);
    await press(hugo, 'Delete everything');
    await hugo.getByText('is not your password').waitFor();
    await hugo.getByLabel('Your password').fill(NEXT_PASSWORD);
    await press(hugo, 'Delete everything');
    await hugo.getByText('Your account is deleted.').waitFor();
    await hugo.getByRole('button', { name: 'Sign in' }).waitFor();
    await carol.goto(`${app.url}/app/@/hugo_b`);
    await carol.getByRole('heading', { name: 'Nobody here' }).waitFor();
  });
}
