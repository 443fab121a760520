import { useFormat } from './useFormat.ts';

/** A moment: how long ago, and exactly in its tooltip; with `isExact` the other way round. */
export function When({ at, isExact = false }: { readonly at: string; readonly isExact?: boolean }) {
  const format = useFormat();
  const exact = format.moment(at);
  const relative = format.relative(at);
  return (
    <time dateTime={at} title={isExact ? relative : exact}>
      {isExact ? exact : relative}
    </time>
  );
}
