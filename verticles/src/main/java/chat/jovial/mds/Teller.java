package chat.jovial.mds;

import chat.jovial.contract.mds.Push;

/**
 * Tells the devices of those concerned; everything that MDS tells them goes through here. Best
 * effort, and only after what is told is stored and those who caused it have their answers.
 */
@FunctionalInterface
interface Teller {
  void tell(Push push);
}
