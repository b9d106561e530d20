import { Problems } from '../../core/problems';

/** SageMaker answers InvokeEndpoint and InvokeEndpointAsync each for its own kind of endpoint. `asynchronous` is undefined where the kind is not known: that passes. */
export function checkCallKind(asynchronous: boolean | undefined, call: 'invoke' | 'invokeAsync', problems: Problems): void {
  problems.check(call !== 'invoke' || asynchronous !== true, 'this endpoint is asynchronous: use invokeAsyncTask / grants.invokeAsync');
  problems.check(call !== 'invokeAsync' || asynchronous !== false, 'this endpoint is not asynchronous: use invokeTask / grants.invoke, or host it with Hosting.asynchronous');
}
