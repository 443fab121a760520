import { createContext, useContext } from 'react';

/** The kit's own words. What React Aria says by itself is translated by `locale`. */
export interface Messages {
  cancel: string;
  clear: string;
  close: string;
  /** Read out before the name of the column. */
  columnWidth: string;
  copied: string;
  copy: string;
  copyFailed: string;
  emptyTable: string;
  goToPage: (page: number) => string;
  loading: string;
  moreActions: string;
  navigation: string;
  nextPage: string;
  noMatches: string;
  openCalendar: string;
  openNavigation: string;
  pageOf: (page: number, pages: number) => string;
  pagination: string;
  previousPage: string;
  rowsOf: (first: number, last: number, total: number) => string;
  search: string;
  selectedCount: (count: number) => string;
  showChart: string;
  showTable: string;
  skipToContent: string;
  tryAgain: string;
}

export const defaultMessages: Messages = {
  cancel: 'Cancel',
  clear: 'Clear',
  close: 'Close',
  columnWidth: 'Column width',
  copied: 'Copied',
  copy: 'Copy',
  copyFailed: 'Could not copy',
  emptyTable: 'Nothing here yet',
  goToPage: (page) => `Page ${page}`,
  loading: 'Loading',
  moreActions: 'More actions',
  navigation: 'Main',
  nextPage: 'Next page',
  noMatches: 'No matches',
  openCalendar: 'Open calendar',
  openNavigation: 'Open navigation',
  pageOf: (page, pages) => `Page ${page} of ${pages}`,
  pagination: 'Pages',
  previousPage: 'Previous page',
  rowsOf: (first, last, total) => `${first}–${last} of ${total}`,
  search: 'Search',
  selectedCount: (count) => `${count} selected`,
  showChart: 'Show chart',
  showTable: 'Show table',
  skipToContent: 'Skip to content',
  tryAgain: 'Try again',
};

export const MessagesContext = createContext<Messages>(defaultMessages);

export function useMessages(): Messages {
  return useContext(MessagesContext);
}
