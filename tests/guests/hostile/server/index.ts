import { createApp } from '@alga/extension-sdk';
import { deniedHttp, deniedNamespace, deniedSecrets } from './denied.ts';
import { secret, unreachable } from './granted.ts';
import { context, counter, deep, echo, half, random, request, web } from './honest.ts';
import { loop, memory, recursion, regex, throwError, trap } from './hostile.ts';
import { countOnce, readNote, removeNote, writeNote } from './notes.ts';

export default createApp()
  .get('/throw', throwError)
  .get('/trap', trap)
  .get('/loop', loop)
  .get('/memory', memory)
  .get('/regex', regex)
  .get('/recursion', recursion)
  .get('/random', random)
  .get('/counter', counter)
  .get('/deep', deep)
  .get('/half', half)
  .get('/web', web)
  .get('/context', context)
  .post('/echo', echo)
  .get('/request/:first/*rest', request)
  .get('/denied-http', deniedHttp)
  .get('/denied-secrets', deniedSecrets)
  .get('/denied-namespace', deniedNamespace)
  .get('/secret', secret)
  .get('/unreachable', unreachable)
  .get('/storage/:key', readNote)
  .put('/storage/:key', writeNote)
  .delete('/storage/:key', removeNote)
  .post('/count/:operation', countOnce);
