import { useTemporaryFolder } from '../../support/temporaryFolder';
import { describeRepositoryContract } from './contract/contract';
import { openTestRepository } from './sqljs';

describeRepositoryContract('sql.js', () => {
  const folder = useTemporaryFolder();
  return () => ({ open: () => openTestRepository(folder()) });
});
