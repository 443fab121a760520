// Attacks, one at a time: the URL's `path` names it, its query gives the arguments. Each says on the console what came
// of it, which is how a test knows that it has run.
import { attempt, type Attack, report, settle } from './attack.ts';
import * as messages from './attack-messages.ts';
import * as network from './attack-network.ts';
import * as windows from './attack-windows.ts';

const attacks: Readonly<Record<string, Attack>> = { ...windows, ...network, ...messages };

const wanted = new URL(new URLSearchParams(location.search).get('path') ?? '/idle', 'http://attack');
const name = wanted.pathname.slice(1);
const attack = attacks[name];

if (attack === undefined) report(name, { loaded: true });
else {
  report(`start ${name}`, {});
  const result = await attempt(() => attack(wanted.searchParams), 30_000);
  await settle();
  report(name, result);
}
