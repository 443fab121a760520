/**
 * A record's own member. Names come from publishers and from the API: one that is called like a member of every object, such as
 * `constructor`, must not find that.
 */
export function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
