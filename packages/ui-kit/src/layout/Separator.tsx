import { Separator as AriaSeparator } from 'react-aria-components';

export interface SeparatorProps {
  orientation?: 'horizontal' | 'vertical';
}

/** A thin line between groups. */
export function Separator({ orientation = 'horizontal' }: SeparatorProps) {
  return (
    <AriaSeparator className="alga-Separator" orientation={orientation} data-orientation={orientation} />
  );
}
