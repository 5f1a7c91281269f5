import type { ServiceEventName, ServiceEvents, ServiceMethodName, ServiceParams, ServiceResult } from '../protocol/service';

/** `idle`: nothing has asked for the service yet; it is never started without a reason. */
export type ConnectionState = 'idle' | 'connecting' | 'online' | 'offline';

/** The package service as the rest of the extension sees it. */
export interface PackageService {
  readonly state: ConnectionState;
  /** Why the service could not be reached, while `offline`. */
  readonly problem: unknown;
  onStateChanged(listener: () => void): () => void;
  onEvent<N extends ServiceEventName>(name: N, listener: (event: ServiceEvents[N]) => void): () => void;
  /**
   * Sends a request; connects first, and starts the service, where needed.
   * @param signal takes the request back
   * @throws ProductError; `general/cancelled` when it was taken back in time
   */
  request<N extends ServiceMethodName>(name: N, params: ServiceParams<N>, signal?: AbortSignal): Promise<ServiceResult<N>>;
  /** Connects and starts the service where needed. @throws ProductError when it cannot be reached */
  connect(): Promise<void>;
}
