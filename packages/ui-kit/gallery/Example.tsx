import { Card } from '@alga/ui-kit';
import { useId, type ReactNode } from 'react';

interface ExampleProps {
  title: string;
  children: ReactNode;
  /** Without a card around: for what brings its own surface. */
  isBare?: boolean;
}

export function Example({ title, children, isBare = false }: ExampleProps) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="gallery-example-title">
        {title}
      </h2>
      {isBare ? children : <Card>{children}</Card>}
    </section>
  );
}

export function Examples({ children }: { children: ReactNode }) {
  return <div className="gallery-examples">{children}</div>;
}
