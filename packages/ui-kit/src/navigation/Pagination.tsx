import { ChevronLeft, ChevronRight } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import { IconButton } from '../actions/IconButton.tsx';
import { useMessages } from '../theme/messages.ts';
import { pagesToShow } from './pagesToShow.ts';

export interface PaginationProps {
  /** From 1. */
  page: number;
  pageCount: number;
  onPageChange: (page: number) => void;
}

/** Pages with numbers, for lists whose length is known. */
export function Pagination({ page, pageCount, onPageChange }: PaginationProps) {
  const messages = useMessages();
  return (
    <nav className="alga-Pagination" aria-label={messages.pagination}>
      <IconButton
        label={messages.previousPage}
        size="sm"
        isDisabled={page <= 1}
        onPress={() => {
          onPageChange(page - 1);
        }}
      >
        <ChevronLeft aria-hidden="true" />
      </IconButton>
      <span className="alga-Pagination-short">{messages.pageOf(page, pageCount)}</span>
      <ul className="alga-Pagination-pages">
        {pagesToShow(page, pageCount).map((entry, index) =>
          entry === 'gap' ? (
            <li key={`gap-${index}`} className="alga-Pagination-gap" aria-hidden="true">
              …
            </li>
          ) : (
            <li key={entry}>
              <AriaButton
                className="alga-Button alga-Pagination-page"
                data-variant="ghost"
                data-size="sm"
                aria-label={messages.goToPage(entry)}
                aria-current={entry === page ? 'page' : undefined}
                onPress={() => {
                  onPageChange(entry);
                }}
              >
                {entry}
              </AriaButton>
            </li>
          ),
        )}
      </ul>
      <IconButton
        label={messages.nextPage}
        size="sm"
        isDisabled={page >= pageCount}
        onPress={() => {
          onPageChange(page + 1);
        }}
      >
        <ChevronRight aria-hidden="true" />
      </IconButton>
    </nav>
  );
}

export interface CursorPaginationProps {
  hasPrevious: boolean;
  hasNext: boolean;
  onPrevious: () => void;
  onNext: () => void;
}

/** Back and forth only, for lists that are paged by cursor. */
export function CursorPagination({ hasPrevious, hasNext, onPrevious, onNext }: CursorPaginationProps) {
  const messages = useMessages();
  return (
    <nav className="alga-Pagination" aria-label={messages.pagination}>
      <IconButton
        label={messages.previousPage}
        variant="secondary"
        size="sm"
        isDisabled={!hasPrevious}
        onPress={onPrevious}
      >
        <ChevronLeft aria-hidden="true" />
      </IconButton>
      <IconButton
        label={messages.nextPage}
        variant="secondary"
        size="sm"
        isDisabled={!hasNext}
        onPress={onNext}
      >
        <ChevronRight aria-hidden="true" />
      </IconButton>
    </nav>
  );
}
