import { createApp } from '@alga/extension-sdk';
import { create, get, list, remove, update } from './agreements.ts';
import { customerRenamed } from './customer-renamed.ts';
import { summarise } from './summary.ts';
import { sync } from './sync.ts';

export default createApp()
  .get('/agreements', list)
  .post('/agreements', create)
  .get('/agreements/:id', get)
  .put('/agreements/:id', update)
  .delete('/agreements/:id', remove)
  .get('/summary', summarise)
  .post('/sync', sync)
  .on('customer.renamed', customerRenamed);
