package chat.jovial.mds.push;

import chat.jovial.contract.mds.Push;

/**
 * Publisher of events to the devices of members; everything that MDS sends them goes through here.
 * Best effort, and only after what is published is stored and its senders have their replies.
 */
@FunctionalInterface
public interface PushPublisher {
  void publish(Push push);
}
