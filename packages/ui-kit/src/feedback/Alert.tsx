import { CircleCheck, CircleX, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '../actions/IconButton.tsx';
import { useMessages } from '../theme/messages.ts';

export type Tone = 'info' | 'success' | 'warning' | 'danger';

export const toneIcons = { info: Info, success: CircleCheck, warning: TriangleAlert, danger: CircleX };

export interface AlertProps {
  /** `info` unless given. */
  tone?: Tone;
  title?: ReactNode;
  children?: ReactNode;
  /** Buttons or links, under the text. */
  actions?: ReactNode;
  /** Shows a close button. */
  onDismiss?: () => void;
  /**
   * Read out as soon as it appears: for what the reader just caused. Leave it out for what was there when the page came.
   */
  isLive?: boolean;
}

/** Something worth knowing, in place. */
export function Alert({ tone = 'info', title, children, actions, onDismiss, isLive = false }: AlertProps) {
  const messages = useMessages();
  const Icon = toneIcons[tone];
  const liveRole = tone === 'danger' ? 'alert' : 'status';
  return (
    <div className="alga-Alert" data-tone={tone} role={isLive ? liveRole : undefined}>
      <Icon className="alga-Alert-icon" aria-hidden="true" />
      <div className="alga-Alert-body">
        {title !== undefined && <div className="alga-Alert-title">{title}</div>}
        {children !== undefined && <div className="alga-Alert-text">{children}</div>}
        {actions !== undefined && <div className="alga-Alert-actions">{actions}</div>}
      </div>
      {onDismiss && (
        <IconButton label={messages.close} size="sm" onPress={onDismiss}>
          <X aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}
