import { Menu } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { Dialog as AriaDialog, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from '../actions/IconButton.tsx';
import { useMediaQuery } from '../theme/useMediaQuery.ts';
import { useMessages } from '../theme/messages.ts';
import { SidebarContext } from './sidebarContext.ts';

export interface AppShellProps {
  /** A `Sidebar`. Under 56 rem of width it moves into a drawer behind a button. */
  sidebar: ReactNode;
  /** What the top bar holds: search, account menu. On a narrow screen it stands beside the navigation's button. */
  header?: ReactNode;
  /** The page; its main landmark. */
  children: ReactNode;
}

/** The frame of a whole app: navigation at the side, a bar at the top, the page in the middle. */
export function AppShell({ sidebar, header, children }: AppShellProps) {
  const messages = useMessages();
  const isWide = useMediaQuery('(min-width: 56rem)');
  const [isOpen, setOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  return (
    <div className="alga-AppShell">
      <button
        type="button"
        className="alga-AppShell-skip"
        onClick={() => {
          main.current?.focus();
        }}
      >
        {messages.skipToContent}
      </button>
      {isWide && <div className="alga-AppShell-sidebar">{sidebar}</div>}
      <div className="alga-AppShell-column">
        {(!isWide || header !== undefined) && (
          <header className="alga-AppShell-header">
            {!isWide && (
              <IconButton
                label={messages.openNavigation}
                onPress={() => {
                  setOpen(true);
                }}
              >
                <Menu aria-hidden="true" />
              </IconButton>
            )}
            {header}
          </header>
        )}
        <main ref={main} className="alga-AppShell-main" tabIndex={-1}>
          {children}
        </main>
      </div>
      {!isWide && (
        <ModalOverlay
          className="alga-ModalOverlay"
          data-kind="drawer"
          isOpen={isOpen}
          onOpenChange={setOpen}
          isDismissable
        >
          <Modal className="alga-Modal" data-kind="drawer" data-size="sm" data-side="start">
            <AriaDialog className="alga-Dialog" aria-label={messages.navigation}>
              <SidebarContext
                value={{
                  close: () => {
                    setOpen(false);
                  },
                }}
              >
                {sidebar}
              </SidebarContext>
            </AriaDialog>
          </Modal>
        </ModalOverlay>
      )}
    </div>
  );
}
