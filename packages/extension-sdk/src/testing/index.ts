/** Tests of an extension under Node, without a sandbox. */
export { call, callAsync, TestResponse, type CallOptions } from './call.ts';
export { deliver, type Delivery, type TestEvent } from './deliver.ts';
export { FakeStorage } from './fake-storage.ts';
export { OutgoingRequest, type FetchAnswerer, type IncomingAnswer } from './outgoing.ts';
export {
  createTestHost,
  TestHost,
  type LogLine,
  type Measurement,
  type TestHostOptions,
} from './test-host.ts';
