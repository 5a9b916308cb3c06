import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makePhotograph } from '../support/photograph.ts';
import { ownThings } from './own.ts';
import { type AppUnderTest, canOpenApp, openApp } from './visitors.ts';

const PASSWORD = 'a bench under snow';

/** One story, step by step: a user signs up, posts, is liked, reported, taken down and blocked. */
describe.skipIf(!canOpenApp)('the app, in Chromium', () => {
  let app: AppUnderTest;
  let alice: Page;
  let grace: Page;

  beforeAll(async () => {
    app = await openApp();
  }, 120_000);
  afterAll(() => app?.close(), 60_000);

  const picture = async (seed: number) => ({
    name: `${seed}.jpg`,
    mimeType: 'image/jpeg',
    buffer: await makePhotograph(seed, { width: 1200, height: 900 }),
  });

  test('a demo user signs in with one click and creates an invite', async () => {
    alice = await app.demoPerson('alice');
    await alice.getByRole('article').first().waitFor();
    await alice.getByRole('link', { name: 'Settings' }).click();
    await alice.getByRole('button', { name: 'New invite' }).click();
    await alice.getByRole('button', { name: 'Copy the link' }).waitFor();
  });

  test('an invited visitor signs up; errors appear at their fields', async () => {
    const code = await alice.locator('.invites code').textContent();
    grace = await app.visitor();
    await grace.goto(`${app.url}/app/sign-up?invite=${code}`);
    await grace.getByLabel('Your name').fill('Grace Gold');
    await grace.getByLabel('Handle').fill('alice');
    await grace.getByLabel('E-mail').fill('not an address');
    await grace.getByLabel('Password').fill(PASSWORD);
    await grace.getByRole('button', { name: 'Sign up' }).click();
    const email = grace.getByLabel('E-mail');
    await grace.getByText('must be an email address').waitFor();
    expect(await email.getAttribute('aria-invalid')).toBe('true');
    expect(await grace.evaluate('document.activeElement.name')).toBe('email');

    await email.fill('grace@example.org');
    await grace.getByRole('button', { name: 'Sign up' }).click();
    await grace.locator('.note.error, .problem').waitFor();
    await grace.getByLabel('Handle').fill('grace');
    await grace.getByRole('button', { name: 'Sign up' }).click();
    await grace.getByRole('heading', { name: 'It is quiet here' }).waitFor();
  });

  test('a photograph uploads while its caption is written, with its progress shown', async () => {
    await alice.goto(`${app.url}/app/@/grace`);
    await alice.getByRole('button', { name: 'Follow grace' }).click();
    await alice.getByRole('button', { name: 'Following grace' }).waitFor();
    await alice.getByRole('link', { name: 'Home', exact: true }).click();

    await grace.getByRole('link', { name: 'New', exact: true }).click();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await grace.route('**/files/**', async (route) => {
      await held;
      await route.continue();
    });
    await grace.getByLabel('Choose photographs').setInputFiles(await picture(1));
    await grace.getByRole('progressbar', { name: 'Sending 1.jpg' }).waitFor();
    await grace.getByLabel('Description').fill('Stripes of many colours');
    await grace.getByLabel('Caption').fill('My first, for @alice #stripes');
    release();
    await grace.getByText('Sent', { exact: true }).waitFor();
    await grace.getByRole('button', { name: 'Share' }).click();
    await grace.getByText('Shared.').waitFor();
    await grace.getByRole('article', { name: 'Post of Grace Gold' }).waitFor();
  });

  test('it comes to the feed of a follower as it happens, described', async () => {
    await alice.getByRole('button', { name: '1 new post' }).click();
    const post = alice.getByRole('article', { name: 'Post of Grace Gold' });
    await post.getByRole('img', { name: 'Stripes of many colours' }).waitFor();
    expect(await post.getByRole('link', { name: '#stripes' }).getAttribute('href')).toBe('/app/tags/stripes');
  });

  test('a like and a comment appear as notifications at once', async () => {
    const post = alice.getByRole('article', { name: 'Post of Grace Gold' });
    await post.getByRole('button', { name: /^Like/ }).click();
    await post.getByRole('button', { name: 'Like, 1 like', pressed: true }).waitFor();
    await post.getByRole('link', { name: /^Comment/ }).click();
    await alice.getByLabel('Your comment').fill('Lovely stripes');
    await alice.getByRole('button', { name: 'Send' }).click();
    await alice.locator('.comment', { hasText: 'Lovely stripes' }).waitFor();

    await grace.getByRole('link', { name: /^Activity, \d+ new$/ }).click();
    await grace.getByText('likes your photograph').waitFor();
    await grace.getByText('Lovely stripes').waitFor();
    await grace.getByRole('link', { name: 'Activity', exact: true }).waitFor();
  });

  test('a story has a ring until it is seen, and can be reacted to', async () => {
    await grace.goto(`${app.url}/app/new?story`);
    await grace.getByLabel('Choose photographs').setInputFiles(await picture(2));
    await grace.getByLabel('Caption').fill('Only today');
    await grace.getByLabel('Who sees it').selectOption('public');
    await grace.getByText('Sent', { exact: true }).waitFor();
    await grace.getByRole('button', { name: 'Share' }).click();
    await grace.getByRole('link', { name: 'You: 1 story' }).waitFor();

    await alice.goto(`${app.url}/app`);
    await expect
      .poll(
        async () => {
          await alice.reload();
          return alice
            .getByRole('link', { name: 'grace: 1 story, new' })
            .waitFor({ timeout: 1500 })
            .then(yes, no);
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    await alice.getByRole('link', { name: 'grace: 1 story, new' }).click();
    await alice.getByText('Only today').waitFor();
    await alice.getByRole('button', { name: 'Applause' }).click();
    await alice.getByRole('button', { name: 'Applause', pressed: true }).waitFor();
    await alice.keyboard.press('Escape');
    await alice.getByRole('link', { name: 'grace: 1 story', exact: true }).waitFor();

    await grace.getByRole('link', { name: 'You: 1 story' }).click();
    await grace.getByRole('button', { name: '1 view' }).click();
    await grace.getByRole('dialog').getByText('👏').waitFor();
    await grace.keyboard.press('Escape');
    await grace.keyboard.press('Escape');
  });

  test('a post is reported, once', async () => {
    await alice.goto(`${app.url}/app/@/grace`);
    await alice.getByRole('link', { name: /Stripes of many colours/ }).click();
    for (const answer of ['A moderator will review it.', 'You have reported this already']) {
      await alice.getByRole('button', { name: 'More about the post of Grace Gold' }).click();
      await alice.getByRole('button', { name: 'Report the post' }).click();
      await alice.getByLabel('What is wrong?').selectOption('violence');
      await alice.getByLabel('Details').fill('Stripes hurt');
      await alice.getByRole('button', { name: 'Report', exact: true }).click();
      await alice.getByText(answer).waitFor();
    }
  });

  test('an operator sees a picture only on purpose, and resolves with a rule and a reason', async () => {
    const desk = await app.visitor();
    const seen: string[] = [];
    desk.on('request', (request) => {
      if (request.url().includes('/files/')) seen.push(request.url());
    });
    await desk.goto(`${app.url}/app/operator`);
    await desk.getByLabel('Admin token').fill('a guess that is long enough to be one');
    await desk.getByRole('button', { name: 'Continue' }).click();
    await desk.getByText('This is not the token.').waitFor();
    await desk.getByLabel('Admin token').fill(app.adminToken);
    await desk.getByLabel('Your name, for the log').fill('olga');
    await desk.getByRole('button', { name: 'Continue' }).click();

    await desk.getByRole('button', { name: /A post of @grace/ }).click();
    await desk.getByText('Stripes hurt').waitFor();
    await desk.getByRole('img', { name: 'Hidden photograph' }).waitFor();
    expect(seen).toEqual([]);
    await desk.getByRole('button', { name: 'Show the photograph' }).click();
    await desk.getByRole('img', { name: 'Stripes of many colours' }).waitFor();

    await desk.getByLabel('Action').selectOption('takedown');
    await desk.getByRole('button', { name: 'Resolve', exact: true }).click();
    await desk.locator('[name=rule][aria-invalid=true]').waitFor();
    await desk.getByLabel('Rule').fill('No violence');
    await desk.getByLabel('Reason').fill('Stripes of this kind hurt');
    await desk.getByRole('button', { name: 'Resolve', exact: true }).click();
    await desk.getByText('Resolved.', { exact: true }).waitFor();
    expect(await desk.evaluate('JSON.stringify([localStorage, sessionStorage])')).not.toContain(
      app.adminToken,
    );
    await desk.reload();
    await desk.getByLabel('Admin token').waitFor();
  });

  test('the author reads the reason, and nobody else sees the post', async () => {
    await grace.goto(`${app.url}/app/activity`);
    await grace.getByText('A moderation decision about your account or content').waitFor();
    await grace.getByText('Stripes of this kind hurt').waitFor();
    await alice.reload();
    await alice.getByRole('heading', { name: 'Nothing here' }).waitFor();
  });

  test('a blocked user disappears until they are unblocked', async () => {
    await alice.goto(`${app.url}/app/@/grace`);
    await alice.getByRole('button', { name: 'More about @grace' }).click();
    await alice.getByRole('button', { name: 'Block', exact: true }).click();
    await alice.getByRole('dialog', { name: 'Block @grace?' }).getByRole('button', { name: 'Block' }).click();
    await alice.getByText('You blocked @grace.').waitFor();
    await grace.goto(`${app.url}/app/@/alice`);
    await grace.getByRole('heading', { name: 'Nobody here' }).waitFor();
    await alice.getByRole('link', { name: 'Settings' }).click();
    await alice.getByRole('button', { name: 'Unblock grace' }).click();
    await grace.reload();
    await grace.getByRole('heading', { name: 'Alice Arnold' }).waitFor();
  });

  test('the feed reads on as its end comes near', async () => {
    await alice.getByRole('link', { name: 'Home', exact: true }).click();
    await expect
      .poll(async () => {
        await alice.mouse.wheel(0, 5000);
        return alice.getByRole('article').count();
      })
      .toBeGreaterThan(8);
  });

  test('a private person is asked, and lets somebody in', async () => {
    await alice.goto(`${app.url}/app/@/erin`);
    await alice.getByRole('heading', { name: 'This account is private' }).waitFor();
    await alice.getByRole('button', { name: 'Follow erin' }).click();
    await alice.getByRole('button', { name: 'Requested erin' }).waitFor();
    const erin = await app.demoPerson('erin');
    await erin.goto(`${app.url}/app/activity`);
    await erin.getByRole('button', { name: 'Accept alice' }).click();
    await erin.getByRole('button', { name: 'Accept alice' }).waitFor({ state: 'detached' });
    await alice.reload();
    await alice.getByRole('link', { name: /White spray in front of a grey sky/ }).waitFor();
  });

  test('a banned user reads the reason and appeals', async () => {
    await alice.goto(`${app.url}/app/@/grace`);
    await alice.getByRole('button', { name: 'More about @grace' }).click();
    await alice.getByRole('button', { name: 'Report', exact: true }).click();
    await alice.getByRole('button', { name: 'Report', exact: true }).click();
    await alice.getByText('A moderator will review it.').waitFor();

    const desk = await app.visitor();
    await desk.goto(`${app.url}/app/operator`);
    await desk.getByLabel('Admin token').fill(app.adminToken);
    await desk.getByRole('button', { name: 'Continue' }).click();
    await desk.getByRole('button', { name: /The account of @grace/ }).click();
    await desk.getByLabel('Action').selectOption('ban');
    await desk.getByLabel('Days').fill('2');
    await desk.getByLabel('Rule').fill('No stripes');
    await desk.getByLabel('Reason').fill('Stripes again and again');
    await desk.getByRole('button', { name: 'Resolve', exact: true }).click();
    await desk.getByText('Resolved.', { exact: true }).waitFor();

    await grace.goto(`${app.url}/app`);
    await grace.getByLabel('Handle or e-mail').fill('grace');
    await grace.getByLabel('Password').fill(PASSWORD);
    await grace.getByRole('button', { name: 'Sign in' }).click();
    await grace.getByRole('heading', { name: 'Your account is banned' }).waitFor();
    await grace.getByText('Stripes again and again').waitFor();
    await grace.getByLabel('Why this is wrong').fill('They were beautiful');
    await grace.getByRole('button', { name: 'Appeal' }).click();
    await grace.getByText('Your appeal was sent.').waitFor();
  });

  test('who banned does not decide on the appeal, somebody else does, and the log has it', async () => {
    const desk = await app.visitor();
    const enter = async (name: string) => {
      await desk.goto(`${app.url}/app/operator`);
      await desk.getByLabel('Admin token').fill(app.adminToken);
      await desk.getByLabel('Your name, for the log').fill(name);
      await desk.getByRole('button', { name: 'Continue' }).click();
      await desk.getByRole('radio', { name: 'Appeals' }).check();
      await desk.getByRole('button', { name: /^@grace/ }).click();
      await desk.getByText('They were beautiful').waitFor();
      await desk.getByLabel('Outcome').selectOption('overturn');
      await desk.getByLabel('Reason').fill('Indeed they were');
      await desk.getByRole('button', { name: 'Decide' }).click();
    };
    await enter('admin');
    await desk.getByText('Another operator must decide this.').waitFor();
    await enter('yan');
    await desk.getByText('Overturned by yan: Indeed they were').waitFor();
    await desk.getByText('No open appeals.').waitFor();

    await desk.getByRole('radio', { name: 'Log' }).check();
    await desk.getByRole('button', { name: 'appeal.resolve' }).click();
    await desk.getByRole('button', { name: 'Only appeal.resolve: remove this filter' }).waitFor();
    await desk.locator('.log li', { hasText: 'No stripes: Indeed they were' }).waitFor();
    expect(await desk.locator('.log li').count()).toBe(1);
    await desk.getByRole('button', { name: 'Only appeal.resolve: remove this filter' }).click();
    await desk.getByRole('button', { name: 'case.resolve' }).first().waitFor();

    await grace.reload();
    await grace.getByRole('heading', { name: 'Home' }).waitFor({ state: 'attached' });
  });

  describe('your own account and content', () => ownThings(() => app));

  test('nothing went wrong in any page', () => {
    expect(app.troubles).toEqual([]);
  });
});

const yes = () => true;
const no = () => false;
