import { X } from 'lucide-react';
import {
  Text,
  Button as AriaButton,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastRegion as AriaToastRegion,
} from 'react-aria-components';
import { useMessages } from '../theme/messages.ts';
import { toneIcons } from './Alert.tsx';
import { toastQueue } from './toastQueue.ts';

/** Where toasts appear; `UIProvider` holds one. F6 moves the focus there. */
export function ToastRegion() {
  const messages = useMessages();
  return (
    <AriaToastRegion queue={toastQueue} className="alga-ToastRegion">
      {({ toast }) => {
        const { tone, title, description, action } = toast.content;
        const Icon = toneIcons[tone];
        return (
          <AriaToast toast={toast} className="alga-Toast" data-tone={tone}>
            <Icon className="alga-Toast-icon" aria-hidden="true" />
            <ToastContent className="alga-Toast-content">
              <Text slot="title" className="alga-Toast-title">
                {title}
              </Text>
              {description !== undefined && (
                <Text slot="description" className="alga-Toast-description">
                  {description}
                </Text>
              )}
            </ToastContent>
            {action && (
              <AriaButton
                className="alga-Button"
                data-variant="secondary"
                data-size="sm"
                onPress={() => {
                  action.onPress();
                  toastQueue.close(toast.key);
                }}
              >
                {action.label}
              </AriaButton>
            )}
            <AriaButton
              slot="close"
              aria-label={messages.close}
              className="alga-Button alga-IconButton"
              data-variant="ghost"
              data-size="sm"
            >
              <X aria-hidden="true" />
            </AriaButton>
          </AriaToast>
        );
      }}
    </AriaToastRegion>
  );
}
