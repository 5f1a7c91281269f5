import { expectRefusal } from './support/expectRefusal';
import { tarCases } from './support/tarCases';

describe('a hostile or damaged tar.gz is refused, by name and place', () => {
  for (const hostile of tarCases) it(hostile.title, () => expectRefusal(hostile));
});
