import { Skeleton } from '../feedback/Skeleton.tsx';

const widths = ['70%', '45%', '60%', '35%'];

/** Five rows of placeholders. */
export function DataTableSkeleton({ columnCount }: { columnCount: number }) {
  return (
    <div className="alga-DataTable-skeleton">
      {Array.from({ length: 5 }, (_, row) => (
        <div key={row} className="alga-DataTable-skeletonRow">
          {Array.from({ length: columnCount }, (_, column) => (
            <div key={column}>
              <Skeleton width={widths[(row + column) % widths.length]} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
