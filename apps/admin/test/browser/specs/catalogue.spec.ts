import { expect, test } from '../support/test.ts';

test('a search finds extensions by the beginnings of words, and can be cleared', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/catalogue');
  const search = page.getByRole('searchbox', { name: 'Search the catalogue' });
  const tiles = page.locator('.Tile');
  await expect(tiles).toHaveCount(7);

  await search.fill('repo');
  await expect(tiles).toHaveCount(1);
  await expect(tiles.getByRole('link', { name: 'Reports' })).toBeVisible();
  await expect(page.getByRole('status').getByText('1 extension')).toBeVisible();

  await search.fill('no such thing');
  await expect(page.getByText('Nothing found for “no such thing”')).toBeVisible();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(tiles).toHaveCount(7);
});

test('an extension shows who signed it, and that the signature says what the catalogue says', async ({
  admin,
}) => {
  const { page, registry } = admin;
  await admin.open('#/catalogue/com.acme.reports');
  await page.getByRole('tab', { name: 'Publisher and signature' }).click();

  await expect(page.getByText('Agrees with the catalogue')).toHaveCount(2);
  await expect(page.getByTitle(registry.data.keyId)).toBeVisible();
});

test('a signature for another content is told', async ({ admin }) => {
  const { page, registry } = admin;
  const [, latest] = registry.data.versions.get('com.acme.reports') ?? [];
  if (latest === undefined) throw new Error('No version.');
  await page.route('**/versions/1.5.0/signature', (route) =>
    route.fulfill({
      json: {
        payloadType: 'x',
        payload: btoa(JSON.stringify({ publisher: 'acme', version: '1.5.0', bundle: { sha256: '00' } })),
        signatures: [{ keyid: 'abc', sig: '' }],
      },
    }),
  );
  await admin.open('#/catalogue/com.acme.reports');
  await page.getByRole('tab', { name: 'Publisher and signature' }).click();

  await expect(page.getByText('Differs from the catalogue')).toBeVisible();
});

test('what its publisher wrote is text and never markup', async ({ admin }) => {
  const { page, registry } = admin;
  const evil = '<img src=x onerror="document.title=\'owned\'">';
  const extension = registry.data.extensions.get('com.globex.notes');
  if (extension === undefined) throw new Error('Not there.');
  registry.data.extensions.set(extension.name, { ...extension, displayName: evil, description: evil });
  await admin.open('#/catalogue');

  await expect(page.getByRole('link', { name: evil })).toBeVisible();
  await expect(page.locator('main img')).toHaveCount(0);
});

test('a withdrawn version says why and cannot be installed', async ({ admin }) => {
  const { page } = admin;
  await admin.open('#/catalogue/com.acme.reports/1.3.0');

  await expect(page.getByText('Sends every mail twice.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Install', exact: true })).toHaveCount(0);
});

test('a registry that does not answer is told, and asked again', async ({ admin }) => {
  const { page, registry } = admin;
  await admin.open('#/installed');
  registry.failNext.set('GET /registry/extensions', { status: 403, code: 'forbidden', detail: 'Not today.' });
  await page.getByRole('link', { name: 'Catalogue', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Not today.');
  await expect(page.getByRole('alert')).toContainText(/Request [0-9a-f-]{36}/);

  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.Tile')).toHaveCount(7);
});
