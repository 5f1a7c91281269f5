import * as assert from 'node:assert/strict';
import { isProductError, type ErrorCode } from '../../../../src/core/errors';
import type { Repository } from '../../../../src/service/repository/repository';
import { importSample, sampleBytes, sampleDeployment, sampleHost } from '../samples';

/** The repository of the test that runs now. */
export interface ContractSession {
  readonly repository: Repository;
  /** Closes and opens it. */
  reopen(): Promise<void>;
}

/** Asserts that something is refused with a product error of that code. */
export async function refuses(code: ErrorCode, work: Promise<unknown>): Promise<void> {
  await assert.rejects(work, (error) => {
    if (!isProductError(error)) throw error;
    assert.equal(error.code, code);
    return true;
  });
}

/** A deployment that has begun, with its host and package. */
export async function startedDeployment({ repository }: ContractSession) {
  const host = await repository.addHost(sampleHost('alpha'));
  const summary = await importSample(repository, sampleBytes(10, 'deployment'));
  const deployment = await repository.addDeployment(sampleDeployment(summary, [host]));
  return { host, summary, deployment };
}
