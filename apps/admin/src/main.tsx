import '@alga/ui-kit/styles.css';
import './styles.css';
import { extUiFrameSource } from '@alga/host-bridge';
import { UIProvider } from '@alga/ui-kit';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { loadConfig, restrictFrames } from './config.ts';
import { CannotStart } from './session/CannotStart.tsx';
import { SignIn } from './session/session.ts';
import { restoreTheme } from './shell/theme.ts';

const element = document.getElementById('root');
if (element === null) throw new Error('The page has no #root.');
const root = createRoot(element);
restoreTheme();

try {
  const config = await loadConfig();
  restrictFrames(extUiFrameSource(config.runnerPublicBase));
  root.render(
    <StrictMode>
      <UIProvider>
        <App config={config} signIn={new SignIn(config)} />
      </UIProvider>
    </StrictMode>,
  );
} catch (error) {
  root.render(<CannotStart error={error} />);
}
