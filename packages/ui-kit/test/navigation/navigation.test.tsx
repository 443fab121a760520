import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import {
  Breadcrumb,
  Breadcrumbs,
  CursorPagination,
  Pagination,
  Tab,
  TabList,
  TabPanel,
  Tabs,
} from '@alga/ui-kit';
import { pagesToShow } from '../../src/navigation/pagesToShow.ts';

describe('Tabs', () => {
  it('moves with arrow keys, passes over what is disabled, and shows the panel', async () => {
    render(
      <Tabs>
        <TabList aria-label="Agreement">
          <Tab id="terms">Terms</Tab>
          <Tab id="billing" isDisabled>
            Billing
          </Tab>
          <Tab id="people" badge="4">
            People
          </Tab>
        </TabList>
        <TabPanel id="terms">Two years</TabPanel>
        <TabPanel id="billing">Monthly</TabPanel>
        <TabPanel id="people">Dana and Noor</TabPanel>
      </Tabs>,
    );
    await userEvent.tab();
    await userEvent.keyboard('{ArrowRight}');
    expect(screen.getByRole('tab', { selected: true })).toHaveTextContent('People');
    expect(screen.getByRole('tabpanel')).toHaveTextContent('Dana and Noor');
    await userEvent.keyboard('{ArrowRight}');
    expect(screen.getByRole('tabpanel')).toHaveTextContent('Two years');
  });
});

describe('Breadcrumbs', () => {
  it('is a landmark in which the last one is the page itself', () => {
    render(
      <Breadcrumbs aria-label="Where you are">
        <Breadcrumb href="/extensions">Extensions</Breadcrumb>
        <Breadcrumb>Agreements</Breadcrumb>
      </Breadcrumbs>,
    );
    expect(screen.getByRole('navigation', { name: 'Where you are' })).toBeInTheDocument();
    expect(screen.getByText('Extensions')).not.toHaveAttribute('aria-current');
    expect(screen.getByText('Agreements')).toHaveAttribute('aria-current', 'page');
  });
});

describe('Pagination', () => {
  it('goes to the page that is pressed and marks the current one', async () => {
    const onPageChange = vi.fn();
    render(<Pagination page={2} pageCount={4} onPageChange={onPageChange} />);
    expect(screen.getByRole('button', { name: 'Page 2' })).toHaveAttribute('aria-current', 'page');
    await userEvent.click(screen.getByRole('button', { name: 'Page 4' }));
    await userEvent.click(screen.getByRole('button', { name: 'Previous page' }));
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(onPageChange.mock.calls).toEqual([[4], [1], [3]]);
  });

  it('cannot leave the list at either end', () => {
    const { rerender } = render(<Pagination page={1} pageCount={2} onPageChange={() => undefined} />);
    expect(screen.getByRole('button', { name: 'Previous page' })).toBeDisabled();
    rerender(<Pagination page={2} pageCount={2} onPageChange={() => undefined} />);
    expect(screen.getByRole('button', { name: 'Next page' })).toBeDisabled();
  });
});

describe('CursorPagination', () => {
  it('offers only where there is something to go to', async () => {
    const onNext = vi.fn();
    render(<CursorPagination hasPrevious={false} hasNext onPrevious={() => undefined} onNext={onNext} />);
    expect(screen.getByRole('button', { name: 'Previous page' })).toBeDisabled();
    await userEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(onNext).toHaveBeenCalledOnce();
  });
});

describe('pagesToShow', () => {
  it.each([
    [1, 1, [1]],
    [3, 7, [1, 2, 3, 4, 5, 6, 7]],
    [1, 8, [1, 2, 3, 4, 5, 'gap', 8]],
    [4, 9, [1, 2, 3, 4, 5, 'gap', 9]],
    [5, 9, [1, 'gap', 4, 5, 6, 'gap', 9]],
    [6, 9, [1, 'gap', 5, 6, 7, 8, 9]],
    [9, 9, [1, 'gap', 5, 6, 7, 8, 9]],
    [1, 0, []],
  ])('shows for page %i of %i: %j', (page, pageCount, expected) => {
    expect(pagesToShow(page, pageCount)).toEqual(expected);
  });

  it('never lets a gap stand for a single page, and always shows the current one', () => {
    for (let count = 1; count <= 30; count++) {
      for (let page = 1; page <= count; page++) {
        const entries = pagesToShow(page, count);
        expect(entries).toContain(page);
        entries.forEach((entry, index) => {
          if (entry !== 'gap') return;
          expect(Number(entries[index + 1]) - Number(entries[index - 1])).toBeGreaterThan(2);
        });
      }
    }
  });
});
