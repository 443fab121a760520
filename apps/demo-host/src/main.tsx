import { extUiFrameSource } from '@alga/host-bridge';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { loadConfig, restrictFrames } from './config.ts';
import { applyTheme, preferredScheme, THEMES } from './theme.ts';
import './styles.css';

const element = document.getElementById('root');
if (element === null) throw new Error('The page has no #root.');
const root = createRoot(element);
applyTheme(THEMES[preferredScheme()]);

try {
  const config = await loadConfig();
  restrictFrames(extUiFrameSource(config.runnerPublicBase));
  root.render(
    <StrictMode>
      <App config={config} />
    </StrictMode>,
  );
} catch (error) {
  root.render(
    <p className="note" role="alert">
      The demo host cannot start: {error instanceof Error ? error.message : String(error)}
    </p>,
  );
}
