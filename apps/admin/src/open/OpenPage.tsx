import { ButtonLink, EmptyState } from '@alga/ui-kit';
import { AppWindow } from 'lucide-react';
import { useVersion } from '../api/catalogue.ts';
import { useInstall } from '../api/installs.ts';
import { Loaded } from '../common/Loaded.tsx';
import { Page } from '../common/Page.tsx';
import { linkTo } from '../routing/route.ts';
import { texts } from '../texts.ts';
import { ExtensionView } from './ExtensionView.tsx';

/** An extension's own pages, at the place that the address names. */
export function OpenPage({ name, path }: { readonly name: string; readonly path: string }) {
  const query = useInstall(name);
  const install = query.data?.install;
  const version = useVersion(name, install?.version);
  const title = version.data?.manifest.displayName ?? name;
  const manage = (
    <ButtonLink size="sm" href={linkTo({ page: 'installation', name, tab: 'overview' })}>
      {texts.open.manage}
    </ButtonLink>
  );

  return (
    <Page title={title} actions={manage}>
      <Loaded query={query}>
        {({ install: loaded }) => (
          <Loaded query={version}>
            {(published) => {
              if (loaded.status !== 'enabled') {
                return (
                  <EmptyState icon={<AppWindow />} title={texts.open.disabled(title)}>
                    {texts.open.disabledText}
                  </EmptyState>
                );
              }
              if (published.ui === null) {
                return (
                  <EmptyState icon={<AppWindow />} title={texts.open.noUi(title)}>
                    {texts.open.noUiText}
                  </EmptyState>
                );
              }
              return (
                <ExtensionView
                  key={loaded.contentHash}
                  install={loaded}
                  title={title}
                  entry={published.ui.entry}
                  path={path}
                />
              );
            }}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}
