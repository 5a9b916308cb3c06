import { expect, test } from 'vitest';
import { differencesOf, type Setup } from '../../../server/domains/processes/differences.ts';

const setup: Setup = {
  version: '1.0.0',
  publicUrl: 'https://ciel.example.org',
  store: 'ciel-media at s3.example.org',
  queue: 'database',
  accessKeys: ['a'],
  refreshKeys: ['r'],
};

test('each aspect in which two processes differ is named, both ways', () => {
  for (const [aspect, other] of [
    ['version', '1.0.1'],
    ['publicUrl', 'https://www.example.org'],
    ['store', 'files'],
    ['queue', 'ciel at sqs.eu-west-1'],
    ['accessKeys', ['b']],
    ['refreshKeys', ['s', 't']],
  ] as const) {
    expect(differencesOf(setup, { ...setup, [aspect]: other })).toEqual([aspect]);
    expect(differencesOf({ ...setup, [aspect]: other }, setup)).toEqual([aspect]);
  }
});

test('what a process does not have is no difference, nor are the keys of a rotation', () => {
  const worker = { ...setup, publicUrl: null, queue: null, accessKeys: [], refreshKeys: [] };
  expect(differencesOf(setup, worker)).toEqual([]);
  expect(differencesOf(worker, worker)).toEqual([]);
  const rotating = { ...setup, accessKeys: ['b', 'a'] };
  expect(differencesOf(setup, rotating)).toEqual([]);
  expect(differencesOf(rotating, { ...setup, accessKeys: ['b'] })).toEqual([]);
});
