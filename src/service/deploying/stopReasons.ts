import { ProductError } from '../../core/errors';

/** Reasons to abort a run's signal, told apart by identity; whoever throws the signal's reason throws a cancellation. */
export const stoppedByPerson = new ProductError('general/cancelled');
/** What runs is interrupted and can be resumed: nothing is cleaned up. */
export const serviceEnds = new ProductError('general/cancelled');
