import '@alga/ui-kit/styles.css';
import './styles.css';
import { ExtensionProvider } from '@alga/extension-iframe-sdk/react';
import { Alert, Spinner, UIProvider } from '@alga/ui-kit';
import { createRoot } from 'react-dom/client';
import { NotesPage } from './notes-page.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no #root.');

createRoot(root).render(
  <ExtensionProvider
    fallback={<Spinner label="Loading" />}
    renderError={() => <Alert tone="danger" title="This page works only inside of its host application." />}
  >
    <UIProvider>
      <NotesPage />
    </UIProvider>
  </ExtensionProvider>,
);
