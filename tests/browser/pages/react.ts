// An extension on the SDK's React hooks.
import {
  ExtensionProvider,
  useExtension,
  useExtensionContext,
  usePath,
  useTheme,
} from '@alga/extension-iframe-sdk/react';
import { createElement, StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

function App() {
  const { api } = useExtension();
  const { colorScheme } = useTheme();
  const [path, navigate] = usePath();
  const { extensionId } = useExtensionContext();
  const [result, setResult] = useState('ready');
  const load = async () => {
    setResult(String((await api.fetch('/a')).status));
  };
  return createElement(
    'main',
    null,
    createElement('p', { id: 'all' }, `${extensionId} ${path} ${colorScheme} ${result}`),
    createElement(
      'button',
      {
        id: 'navigate',
        onClick: () => {
          navigate('/b');
        },
      },
      'navigate',
    ),
    createElement(
      'button',
      {
        id: 'fetch',
        onClick: () => {
          void load();
        },
      },
      'fetch',
    ),
  );
}

const root = createRoot(document.body.appendChild(document.createElement('div')));
root.render(
  createElement(
    StrictMode,
    null,
    createElement(ExtensionProvider, {
      fallback: createElement('p', { id: 'all' }, 'connecting'),
      renderError: (error: unknown) => createElement('p', { id: 'all' }, String(error)),
      children: createElement(App),
    }),
  ),
);
