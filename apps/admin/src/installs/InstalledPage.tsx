import { ButtonLink, EmptyState, SearchInput, Skeleton, Stack } from '@alga/ui-kit';
import { Puzzle } from 'lucide-react';
import { useState } from 'react';
import { useInstalls } from '../api/installs.ts';
import { useQuotas } from '../api/quotas.ts';
import { Loaded } from '../common/Loaded.tsx';
import { Page } from '../common/Page.tsx';
import { linkTo } from '../routing/route.ts';
import { useRights } from '../session/SessionContext.ts';
import { texts } from '../texts.ts';
import { InstallRow } from './InstallRow.tsx';
import { RestorableList } from './RestorableList.tsx';
import { QuotaCard } from './usage/QuotaCard.tsx';
import { useInstalledVersions } from './useInstalledVersions.ts';

const SEARCHED_FROM = 8;

/** What the tenant has installed, and what it may still restore. */
export function InstalledPage() {
  const { isAdmin } = useRights();
  const installs = useInstalls();
  const versions = useInstalledVersions(installs.data ?? []);
  const quotas = useQuotas(isAdmin);
  const [q, setQ] = useState('');
  const fits = (name: string) =>
    [name, versions.get(name)?.manifest.displayName ?? ''].some((text) =>
      text.toLowerCase().includes(q.trim().toLowerCase()),
    );

  return (
    <Page
      title={texts.installed.title}
      description={texts.installed.description}
      actions={<ButtonLink href={linkTo({ page: 'catalogue' })}>{texts.installed.browse}</ButtonLink>}
    >
      <Loaded query={installs} placeholder={<Placeholders />}>
        {(loaded) =>
          // With its limits or without: a row has its height at once.
          isAdmin && quotas.isPending ? (
            <Placeholders />
          ) : loaded.length === 0 ? (
            <EmptyState
              icon={<Puzzle />}
              title={texts.installed.emptyTitle}
              actions={
                isAdmin && (
                  <ButtonLink variant="primary" href={linkTo({ page: 'catalogue' })}>
                    {texts.installed.browse}
                  </ButtonLink>
                )
              }
            >
              {isAdmin ? texts.installed.empty : texts.installed.emptyUser}
            </EmptyState>
          ) : (
            <Stack gap={4}>
              {loaded.length >= SEARCHED_FROM && (
                <SearchInput
                  aria-label={texts.installed.filter}
                  placeholder={texts.installed.filter}
                  value={q}
                  onChange={setQ}
                />
              )}
              <ul className="Rows">
                {loaded
                  .filter(({ name }) => fits(name))
                  .map((install) => (
                    <InstallRow
                      key={install.installId}
                      install={install}
                      version={versions.get(install.name)}
                      quota={quotas.data?.extensions.find(({ name }) => name === install.name)?.use}
                    />
                  ))}
              </ul>
            </Stack>
          )
        }
      </Loaded>
      {isAdmin && (
        <>
          <QuotaCard />
          <RestorableList />
        </>
      )}
    </Page>
  );
}

function Placeholders() {
  return (
    <Stack gap={2}>
      {Array.from({ length: 4 }, (_, index) => (
        <Skeleton key={index} shape="box" height="4.5rem" />
      ))}
    </Stack>
  );
}
