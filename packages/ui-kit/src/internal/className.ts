import { composeRenderProps } from 'react-aria-components';

type Name = string | false | null | undefined;

/** Joins class names, leaving out what is empty. */
export function join(...names: Name[]): string {
  return names.filter(Boolean).join(' ');
}

type ClassName<T> = string | ((values: T & { defaultClassName: string | undefined }) => string) | undefined;

/** Puts the kit's class before the caller's, which may be a function of the component's state. */
export function withClass<T>(own: string, className: ClassName<T>) {
  return composeRenderProps(className, (name) => join(own, name));
}
