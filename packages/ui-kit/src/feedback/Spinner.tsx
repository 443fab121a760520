import { ProgressBar } from 'react-aria-components';
import { join } from '../internal/className.ts';
import { useMessages } from '../theme/messages.ts';

export interface SpinnerProps {
  /** What is being waited for; "Loading" unless given. */
  label?: string;
  /** `sm` 16 px, `md` 20 px (unless given), `lg` 32 px. */
  size?: 'sm' | 'md' | 'lg';
  className?: string;
}

/** Something takes an unknown time. */
export function Spinner({ label, size = 'md', className }: SpinnerProps) {
  const messages = useMessages();
  return (
    <ProgressBar
      isIndeterminate
      aria-label={label ?? messages.loading}
      className={join('alga-Spinner', className)}
      data-size={size}
    >
      <svg viewBox="0 0 20 20" fill="none" aria-hidden="true">
        <circle cx="10" cy="10" r="8" stroke="currentColor" strokeWidth="2.5" opacity="0.22" />
        <path d="M18 10a8 8 0 0 0-8-8" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
      </svg>
    </ProgressBar>
  );
}
