/** Parameters of `path` under `template` in template order, or undefined when it does not match. */
export function matchRoute(template: string, path: string): [string, string][] | undefined {
  const wanted = template.split('/');
  const given = path.split('/');
  const params: [string, string][] = [];
  for (const [index, segment] of wanted.entries()) {
    if (segment.startsWith('*')) {
      const rest = given.slice(index).join('/');
      return rest === '' ? undefined : [...params, [segment.slice(1), rest]];
    }
    const value = given[index];
    if (value === undefined || (segment.startsWith(':') ? value === '' : value !== segment)) return undefined;
    if (segment.startsWith(':')) params.push([segment.slice(1), value]);
  }
  return wanted.length === given.length ? params : undefined;
}
