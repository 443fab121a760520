// Holds ports that other frames send, and speaks through them when told to.
const held: MessagePort[] = [];

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  held.push(...event.ports);
  if (event.ports.length > 0) console.log('accomplice', JSON.stringify({ held: held.length }));
});

Object.assign(window, {
  speak: (message: string) => {
    for (const port of held) {
      port.postMessage({ alga: true, version: '2', type: 'toast', payload: { kind: 'info', message } });
    }
    return held.length;
  },
});
console.log('accomplice', JSON.stringify({ held: 0 }));
