import { createElement as h, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { createCiel, type Media, type UserCard } from '../../sdk/src/index.ts';
import { CielAvatar, CielImage, CielProvider } from '../../sdk/src/react.ts';

const ID = '01993a4e-7c1b-7b52-9a52-0d2b1f6c8e11';
const HOUR_AGO = new Date(Date.now() - 3_600_000);

const photo: Media = {
  id: ID,
  status: 'completed',
  width: 1600,
  height: 800,
  altText: 'Snow',
  thumbhash: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
  dominantColor: '#6b7f99',
  camera: {},
  copyright: null,
  creator: null,
  license: null,
  noAi: false,
  isHdr: false,
  variants: [
    {
      name: 'large',
      type: 'image/webp',
      url: 'https://ciel.example.org/large.webp',
      expiresAt: HOUR_AGO,
      width: 1600,
      height: 800,
      bytes: 1,
    },
  ],
};
const user: Pick<UserCard, 'id' | 'avatar'> = {
  id: ID,
  avatar: {
    url: 'https://ciel.example.org/thumb.webp',
    expiresAt: HOUR_AGO,
    thumbhash: photo.thumbhash!,
  },
};

/** As on a server. */
function rendered(children: ReactNode): string {
  const refused = async () => {
    throw new Error('A server reads nothing while it renders');
  };
  const ciel = createCiel({ url: 'https://ciel.example.org', fetch: refused });
  return renderToString(h(CielProvider, { ciel, children }));
}

test('a photograph is rendered on a server, as what it was given, whatever the time is there', () => {
  const html = rendered(h(CielImage, { photo, sizes: '100vw' }));
  expect(html).toContain('src="https://ciel.example.org/large.webp"');
  expect(html).toContain('sizes="100vw"');
  expect(html).toContain('alt="Snow"');
  expect(html).toContain('aspect-ratio:1600 / 800');
  expect(html).toContain('data:image/png');
  expect(html.indexOf('loading="lazy"')).toBeLessThan(html.indexOf(' src='));
  expect(html).not.toContain('button');
});

test('a photograph is rendered as a picture: each type once, the best first, and the layout that of its img', () => {
  const [webp] = photo.variants;
  const of = (type: Media['variants'][number]['type'], name: string) => ({
    ...webp!,
    type,
    url: `https://ciel.example.org/${name}`,
  });
  const variants = [of('image/jpeg', 'large.jpeg'), webp!, of('image/avif', 'large.avif')];
  const html = rendered(h(CielImage, { photo: { ...photo, variants }, sizes: '50vw' }));
  const at = (text: string) => html.indexOf(text);
  expect(
    [...html.matchAll(/<source type="([^"]*)" srcSet="([^"]*)" sizes="([^"]*)"/g)].map((found) =>
      found.slice(1),
    ),
  ).toEqual([
    ['image/avif', 'https://ciel.example.org/large.avif 1600w', '50vw'],
    ['image/webp', 'https://ciel.example.org/large.webp 1600w', '50vw'],
    ['image/jpeg', 'https://ciel.example.org/large.jpeg 1600w', '50vw'],
  ]);
  expect(html).toContain('<picture style="display:contents">');
  expect(at('<img')).toBeGreaterThan(at('image/jpeg'));
  expect(html.slice(at('<img'))).toContain('src="https://ciel.example.org/large.jpeg"');
});

test('a photograph without variants says why', () => {
  const said = (change: Partial<Media>) =>
    rendered(h(CielImage, { photo: { ...photo, variants: [], ...change }, sizes: '100vw' }));
  expect(said({ status: 'processing' })).toContain('Processing…');
  expect(said({ status: 'failed' })).toContain('This photograph cannot be used');
  expect(said({})).toContain('This photograph is not available');
  const texts = { unavailable: 'Nicht verfügbar' };
  expect(rendered(h(CielImage, { photo: { ...photo, variants: [] }, sizes: '', texts }))).toContain(
    'Nicht verfügbar',
  );
});

test('the layout is left to who has a class of their own', () => {
  const html = rendered(h(CielImage, { photo, sizes: '100vw', className: 'mine' }));
  expect(html).toContain('class="ciel-image mine"');
  expect(html).not.toContain('position:');
  expect(html).not.toContain('aspect-ratio');
});

test('an avatar is an image, or what is shown instead', () => {
  expect(rendered(h(CielAvatar, { user, size: 36 }))).toContain('src="https://ciel.example.org/thumb.webp"');
  const none = { user: { ...user, avatar: null }, size: 36, fallback: h('b', {}, 'A') };
  expect(rendered(h(CielAvatar, none))).toBe('<b>A</b>');
});

test('a photograph that failed says why, which only its owner is given', () => {
  const failed: Media = { ...photo, status: 'failed', variants: [] };
  const mine = { ...failed, reason: 'The file is damaged: it cannot be decoded' };
  const shown = (of: Media) => rendered(h(CielImage, { photo: of, sizes: '100vw' }));
  expect(shown(mine)).toContain('This photograph cannot be used. The file is damaged: it cannot be decoded');
  expect(shown(failed)).toContain('>This photograph cannot be used<');
});
