import { Breadcrumb, Breadcrumbs, PageHeader, Stack, type PageHeaderProps } from '@alga/ui-kit';
import { useEffect, type ReactNode } from 'react';
import { texts } from '../texts.ts';

/** Props of {@link Page}. */
export interface PageProps extends Omit<PageHeaderProps, 'breadcrumbs' | 'title'> {
  readonly title: string;
  /** The way here, without this page. */
  readonly trail?: readonly { readonly label: string; readonly href: string }[];
  readonly children: ReactNode;
}

/** A page of the app: its head, its name in the browser's tab, and its content. */
export function Page({ title, trail = [], children, ...header }: PageProps) {
  useEffect(() => {
    document.title = `${title} · ${texts.app.name}`;
  }, [title]);

  return (
    <>
      <PageHeader
        {...header}
        title={title}
        breadcrumbs={
          trail.length > 0 && (
            <Breadcrumbs aria-label={texts.app.whereYouAre}>
              {[
                ...trail.map(({ label, href }) => (
                  <Breadcrumb key={href} href={href}>
                    {label}
                  </Breadcrumb>
                )),
                <Breadcrumb key="here">{title}</Breadcrumb>,
              ]}
            </Breadcrumbs>
          )
        }
      />
      <Stack gap={6}>{children}</Stack>
    </>
  );
}
