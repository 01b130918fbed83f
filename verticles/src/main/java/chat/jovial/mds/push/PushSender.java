package chat.jovial.mds.push;

import chat.jovial.cluster.DeviceDirectory;
import chat.jovial.contract.Catalogue;
import chat.jovial.contract.mds.Push;
import io.micrometer.core.instrument.Counter;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Publisher of one MDS verticle's pushes: to this node's edge as they are, to each other node that
 * has devices of the users concerned in one message. Pushes of one conversation arrive in the order
 * in which they were published. Confined to the verticle's event loop.
 */
public final class PushSender implements PushPublisher {
  private static final DeliveryOptions LOCAL = new DeliveryOptions().setLocalOnly(true);

  private final Vertx vertx;
  private final String here;
  private final DeviceDirectory directory;
  private final Counter dropped;

  /** One for each other node; idle ones that have left go when another comes. */
  private final Map<String, NodePushChannel> channels = new HashMap<>();

  public PushSender(Vertx vertx, String here, DeviceDirectory directory, Counter dropped) {
    this.vertx = vertx;
    this.here = here;
    this.directory = directory;
    this.dropped = dropped;
  }

  @Override
  public void publish(Push push) {
    directory
        .nodesOf(push.userIds())
        .onSuccess(nodes -> nodes.forEach((node, userIds) -> send(node, push, userIds)))
        .onFailure(impossible -> dropped.increment());
  }

  private void send(String node, Push push, List<String> userIds) {
    Push part = push.forUsers(userIds);
    if (node.equals(here)) {
      vertx.eventBus().publish(Catalogue.PUSH.address(), part, LOCAL);
    } else {
      channelTo(node).add(part);
    }
  }

  private NodePushChannel channelTo(String node) {
    NodePushChannel channel = channels.get(node);
    if (channel == null) {
      channels.values().removeIf(NodePushChannel::isIdle);
      channel = new NodePushChannel(vertx, node, dropped::increment);
      channels.put(node, channel);
    }
    return channel;
  }
}
