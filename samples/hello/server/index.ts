import { createApp } from '@alga/extension-sdk';
import { forget, greet, listGreetings } from './greetings.ts';

export default createApp()
  .get('/greetings', listGreetings)
  .get('/greetings/:name', greet)
  .delete('/greetings/:name', forget);
