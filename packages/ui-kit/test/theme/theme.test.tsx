import { act, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { setTheme, useMediaQuery, useTheme } from '@alga/ui-kit';
import { matchMediaStub } from '../matchMedia.ts';

const dark = '(prefers-color-scheme: dark)';

function Shown() {
  const { theme, preference } = useTheme();
  return (
    <p>
      {theme}, asked for {preference}
    </p>
  );
}

describe('useTheme', () => {
  it('follows the system while nothing is set', () => {
    render(<Shown />);
    expect(screen.getByText('light, asked for system')).toBeInTheDocument();
    act(() => {
      matchMediaStub.set(dark, true);
    });
    expect(screen.getByText('dark, asked for system')).toBeInTheDocument();
  });

  it('lets the attribute on the root win over the system', () => {
    matchMediaStub.set(dark, true);
    document.documentElement.dataset['theme'] = 'light';
    render(<Shown />);
    expect(screen.getByText('light, asked for light')).toBeInTheDocument();
  });

  it('notices when somebody else, such as the host, sets the attribute', async () => {
    render(<Shown />);
    document.documentElement.dataset['theme'] = 'dark';
    expect(await screen.findByText('dark, asked for dark')).toBeInTheDocument();
  });

  it('goes back to the system when the preference is taken back', async () => {
    setTheme('dark');
    render(<Shown />);
    setTheme('system');
    expect(await screen.findByText('light, asked for system')).toBeInTheDocument();
    expect(document.documentElement).not.toHaveAttribute('data-theme');
  });

  it('takes an unknown value for no preference', () => {
    document.documentElement.dataset['theme'] = 'sepia';
    render(<Shown />);
    expect(screen.getByText('light, asked for system')).toBeInTheDocument();
  });
});

describe('useMediaQuery', () => {
  it('renders again when the answer changes', () => {
    function Width() {
      return <p>{useMediaQuery('(min-width: 48rem)') ? 'wide' : 'narrow'}</p>;
    }
    render(<Width />);
    expect(screen.getByText('narrow')).toBeInTheDocument();
    act(() => {
      matchMediaStub.set('(min-width: 48rem)', true);
    });
    expect(screen.getByText('wide')).toBeInTheDocument();
  });
});
