import { expect, it } from 'vitest';
import { linkTo, parseRoute, type Route } from '../../src/routing/route.ts';

const places: readonly Exclude<Route, { page: 'unknown' }>[] = [
  { page: 'catalogue' },
  { page: 'extension', name: 'com.acme.reports' },
  { page: 'extension', name: 'com.acme.reports', version: '1.0.0-rc.1+build/7' },
  { page: 'install', name: 'com.acme.reports', version: '1.0.0' },
  { page: 'installed' },
  { page: 'installation', name: 'com.acme.reports', tab: 'overview' },
  { page: 'installation', name: 'com.acme.reports', tab: 'danger' },
  { page: 'execution', name: 'com.acme.reports', executionId: '01936b2e' },
  { page: 'open', name: 'com.acme.reports', path: '/' },
  { page: 'open', name: 'com.acme.reports', path: '/a%2Fb/c?d=e/f' },
  { page: 'audit' },
  { page: 'audit', target: 'com.acme.reports@1.0.0' },
  { page: 'keys', publisher: 'acme' },
  { page: 'revocation', name: 'com.acme.reports' },
];

it.each(places)('the link to a place leads there: %j', (place) => {
  expect(parseRoute(linkTo(place))).toEqual(place);
});

it.each(['', '#', '#/'])('the empty place %j is the list of installs', (hash) => {
  expect(parseRoute(hash)).toEqual({ page: 'installed' });
});

it.each([
  '#/nowhere',
  '#/installed/x/nothing',
  '#/installed/x/usage/more',
  '#/audit/a/b',
  '#/installed/a/b/c/d',
])('a place that is not there is unknown: %s', (hash) => {
  expect(parseRoute(hash)).toEqual({ page: 'unknown' });
});

it('a part that is no encoding stands for itself', () => {
  expect(parseRoute('#/catalogue/%E0%A4%A')).toEqual({ page: 'extension', name: '%E0%A4%A' });
});
