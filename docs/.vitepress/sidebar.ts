import type { DefaultTheme } from 'vitepress';

const page = (text: string, link: string): DefaultTheme.SidebarItem => ({ text, link });

/** All links of a table of contents, also of its inner parts. */
export function linksOf(items: readonly DefaultTheme.SidebarItem[]): string[] {
  return items.flatMap(({ link, items: inner = [] }) => [
    ...(link === undefined ? [] : [link]),
    ...linksOf(inner),
  ]);
}

/**
 * The site's table of contents.
 * @param runbooks Names of the runbooks, which are those of the alerts.
 * @param packages What was made of the npm packages' sources.
 */
export function sidebar(
  runbooks: readonly string[],
  packages: DefaultTheme.SidebarItem[],
): DefaultTheme.SidebarItem[] {
  return [
    {
      text: 'Start',
      items: [
        page('Concepts', '/concepts'),
        page('Quick start', '/quick-start'),
        page('How it compares', '/comparison'),
      ],
    },
    {
      text: 'Write extensions',
      items: [
        page('Write an extension', '/writing-extensions'),
        page('Pages in the host application', '/extension-ui'),
        page('Events and schedules', '/events'),
        page('Publishing and signing', '/publishing'),
        page('Record and replay', '/replay'),
        {
          text: 'Languages',
          link: '/guests/',
          collapsed: true,
          items: [
            page('TypeScript', '/guests/typescript'),
            page('JavaScript on StarlingMonkey', '/guests/javascript'),
            page('C', '/guests/c'),
            page('WebAssembly text', '/guests/wat'),
          ],
        },
        {
          text: 'Samples',
          collapsed: true,
          items: [page('Hello', '/samples/hello/'), page('Agreements', '/samples/agreements/')],
        },
      ],
    },
    {
      text: 'Reference',
      items: [
        page('Manifest', '/reference/manifest'),
        page('Host API', '/reference/host-api'),
        page('Command line', '/reference/command-line'),
        page('Errors', '/errors'),
        page('Limits and quotas', '/limits'),
        page('Formats', '/formats'),
        {
          text: 'HTTP routes',
          collapsed: true,
          items: [
            page('Gateway', '/gateway-api'),
            page('Registry', '/registry-api'),
            page('Registry: every route', '/reference/registry-routes'),
          ],
        },
        {
          text: 'npm packages',
          collapsed: true,
          items: [
            page('Guest SDK', '/packages/extension-sdk/'),
            page('SDK for pages', '/packages/iframe-sdk/'),
            page('UI kit', '/packages/ui-kit/'),
            page('Host bridge', '/packages/host-bridge/'),
            page('Frame protocol', '/packages/iframe-protocol/'),
            page('create-alga-extension', '/packages/create-alga-extension/'),
            { text: 'Every name', collapsed: true, items: packages },
          ],
        },
      ],
    },
    {
      text: 'Operate',
      items: [
        page('Operator guide', '/operator-guide'),
        page('Deployment', '/deployment'),
        page('Configuration', '/configuration'),
        page('Bundle stores', '/bundle-stores'),
        page('Metrics, traces and alerts', '/metrics'),
        page('Scaling', '/scaling'),
        page('Capacity', '/capacity'),
        page('Resilience', '/resilience'),
        {
          text: 'Runbooks',
          collapsed: true,
          items: runbooks.map((name) => page(name, `/runbooks/${name}`)),
        },
      ],
    },
    {
      text: 'Decide',
      items: [
        page('Security model', '/security-model'),
        page('Admin guide', '/admin-guide'),
        page('Threat model of signing', '/threat-model'),
        page('What the sandbox promises', '/runner-container/'),
        page('Reporting a fault', '/SECURITY'),
      ],
    },
    {
      text: 'The project',
      items: [
        page('Architecture', '/architecture'),
        page('Benchmarks', '/benchmarks'),
        page('Dependencies', '/dependencies'),
        page('Contributing', '/CONTRIBUTING'),
        page('Changelog', '/CHANGELOG'),
      ],
    },
  ];
}
