import { texts } from '../texts.ts';

/** Who did something, from `issuer#subject` or `platform:follow`. */
export function readActor(actor: string): { readonly name: string; readonly issuer: string | null } {
  if (actor.startsWith('platform:')) return { name: texts.audit.platform, issuer: null };
  const end = actor.lastIndexOf('#');
  return end < 0
    ? { name: actor, issuer: null }
    : { name: actor.slice(end + 1), issuer: actor.slice(0, end) };
}
