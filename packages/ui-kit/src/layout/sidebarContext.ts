import { createContext } from 'react';

/** Given where the sidebar stands in a drawer: following a link closes it. */
export const SidebarContext = createContext<{ close: () => void } | null>(null);
