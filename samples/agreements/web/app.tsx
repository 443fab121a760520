import { useExtensionContext, usePath } from '@alga/extension-iframe-sdk/react';
import { EmptyState, Link, UIProvider } from '@alga/ui-kit';
import { DetailPage } from './pages/detail.tsx';
import { EditPage } from './pages/edit.tsx';
import { ListPage } from './pages/list.tsx';

/** The extension's pages, by the path that the host's URL keeps. */
export function App() {
  const [path, navigate] = usePath();
  const { locale } = useExtensionContext();
  return (
    <UIProvider locale={locale} navigate={navigate}>
      <main className="page">{pageOf(path)}</main>
    </UIProvider>
  );
}

function pageOf(path: string) {
  const [, section, id, action, ...rest] = (path.split(/[?#]/)[0] ?? '/').split('/');
  if (section === '' && id === undefined) return <ListPage />;
  if (section === 'agreements' && id !== undefined && id !== '' && rest.length === 0) {
    if (id === 'new' && action === undefined) return <EditPage key="new" />;
    if (action === undefined) return <DetailPage key={id} id={id} />;
    if (action === 'edit') return <EditPage key={id} id={id} />;
  }
  return (
    <EmptyState title="There is no such page" actions={<Link href="/">All agreements</Link>}>
      {path}
    </EmptyState>
  );
}
