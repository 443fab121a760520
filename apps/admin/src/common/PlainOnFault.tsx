import { Component, type ReactNode } from 'react';

/** Props of {@link PlainOnFault}. */
export interface PlainOnFaultProps {
  /** Shown when the children cannot be drawn. */
  readonly plain: ReactNode;
  readonly children: ReactNode;
}

/** Keeps the page when what a stranger wrote makes its drawing fail. */
export class PlainOnFault extends Component<PlainOnFaultProps, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    return this.state.hasFailed ? this.props.plain : this.props.children;
  }
}
