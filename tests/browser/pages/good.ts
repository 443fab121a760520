// An extension that uses the SDK as a publisher would. Shows what it gets as text, and obeys its buttons.
import { connect, FrameError } from '@alga/extension-iframe-sdk';

const out = (id: string, text: string) => {
  const element = document.getElementById(id);
  if (element !== null) element.textContent = text;
};
const on = (id: string, action: () => Promise<string> | string) => {
  document.getElementById(id)?.addEventListener('click', () => {
    void perform(action);
  });
};

async function perform(action: () => Promise<string> | string): Promise<void> {
  try {
    out('result', await action());
  } catch (error) {
    out('result', error instanceof FrameError ? `refused: ${error.code}` : `failed: ${String(error)}`);
  }
}

const extension = await connect();
const { api, auth, navigation, theme, context } = extension;

const show = () => {
  out('path', navigation.path);
  out('scheme', theme.current.colorScheme);
};
navigation.subscribe(show);
theme.subscribe(show);
show();
out('context', `${context.extensionId} ${context.user?.name ?? ''} ${context.locale}`);
out('url', location.href);

on('fetch', async () => {
  const response = await api.fetch('/agreements?x=1', { method: 'POST', body: 'hello' });
  return `${response.status} ${JSON.stringify(Object.fromEntries(response.headers))} ${await response.text()}`;
});
on('upload', async () => {
  const seen: number[] = [];
  const response = await api.fetch('/files', {
    method: 'PUT',
    body: new Uint8Array(5_000_000),
    onUploadProgress: ({ loaded }) => seen.push(loaded),
  });
  return `${await response.text()} progress to ${seen.at(-1) ?? 'nothing'}`;
});
on('toast', () => {
  extension.toast('Saved', 'success');
  return 'sent';
});
on('yes', async () => `confirmed: ${await extension.confirm({ title: 'Say yes', message: 'Please.' })}`);
on('no', async () => `confirmed: ${await extension.confirm({ title: 'Say no', message: 'Please.' })}`);
on('token', () => auth.getToken());
on('navigate', () => {
  navigation.navigate('/agreements/8');
  return 'went';
});
on('grow', () => {
  document.body.style.height = '1234px';
  return 'grown';
});
on('reload', () => {
  location.reload();
  return 'reloading';
});
out('result', 'ready');
