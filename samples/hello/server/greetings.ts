import {
  HttpError,
  log,
  metrics,
  storage,
  type ExtensionResponse,
  type RequestContext,
} from '@alga/extension-sdk';

interface Counter {
  readonly count: number;
}

const counters = storage.namespace<Counter>('greetings');

/** Greets and counts. Two callers at once both count: the loser of the race reads again and adds to the new number. */
export function greet(ctx: RequestContext<'name'>): ExtensionResponse {
  const name = checkName(ctx.params.name);
  const { tenantId, config } = ctx.invocation;
  const { count } = counters.update(name, (current) => ({ count: (current?.count ?? 0) + 1 })).value;

  log.info('greeted', { name, count });
  metrics.count('greetings');
  return ctx.json({ greeting: `${config['salutation'] ?? 'Hello'}, ${name}!`, count, tenantId });
}

/** Everybody who was greeted, by name. */
export function listGreetings(ctx: RequestContext): ExtensionResponse {
  const greetings = Array.from(counters.entries(), ({ key, value }) => ({ name: key, count: value.count }));
  return ctx.json({ greetings, tenantId: ctx.invocation.tenantId });
}

/** Starts a name's count again. */
export function forget(ctx: RequestContext<'name'>): ExtensionResponse {
  const name = checkName(ctx.params.name);
  if (!counters.delete(name)) throw new HttpError(404, 'not_greeted', `${name} has not been greeted.`);
  log.info('forgotten', { name });
  return ctx.empty();
}

function checkName(name: string): string {
  if (/^[\p{L}\p{N}][\p{L}\p{N} .'-]{0,79}$/u.test(name)) return name;
  throw new HttpError(
    400,
    'invalid_name',
    'A name has 1 to 80 letters, digits, spaces, dots, apostrophes or hyphens, and starts with a letter or digit.',
  );
}
