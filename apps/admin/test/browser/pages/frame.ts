// An extension's page as a publisher would write it: shows where it is, and obeys its buttons.
import { connect } from '@alga/extension-iframe-sdk';

const show = (id: string, text: string) => {
  const element = document.getElementById(id);
  if (element !== null) element.textContent = text;
};
const on = (id: string, act: () => void | Promise<void>) => {
  document.getElementById(id)?.addEventListener('click', () => void act());
};

const extension = await connect();
const { api, navigation, theme } = extension;
const showAll = () => {
  show('path', navigation.path);
  show('scheme', theme.current.colorScheme);
};
navigation.subscribe(showAll);
theme.subscribe(showAll);
showAll();

on('go', () => {
  navigation.navigate('/agreements/7');
});
on('toast', () => {
  extension.toast('Saved the report', 'success');
});
on('ask', async () => {
  const yes = await extension.confirm({ title: 'Send the report?', message: 'Twelve people get it.' });
  show('result', yes ? 'sent' : 'kept');
});
on('fetch', async () => {
  const response = await api.fetch('/agreements');
  show('result', await response.text());
});
